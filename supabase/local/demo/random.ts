// Repeatable randomness for demo and test data: the same seed gives the same numbers on every machine.
// Knows nothing of what the numbers are used for; never used where a secret is needed.

import { createHash } from 'node:crypto';

/** A stream of numbers that its seed alone determines. */
export class Random {
	private a: number;
	private b: number;
	private c: number;
	private d: number;

	/** @param seed Any text, for example "Quầy 1 2026-03-02": each text is a stream of its own */
	constructor(seed: string) {
		const bytes = createHash('sha256').update(seed).digest();
		this.a = bytes.readUInt32LE(0);
		this.b = bytes.readUInt32LE(4);
		this.c = bytes.readUInt32LE(8);
		this.d = 1;
	}

	/** At least 0, below 1. The generator sfc32 (Chris Doty-Humphrey, public domain). */
	next(): number {
		const sum = (this.a + this.b + this.d) | 0;
		this.d = (this.d + 1) | 0;
		this.a = this.b ^ (this.b >>> 9);
		this.b = (this.c + (this.c << 3)) | 0;
		this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
		return (sum >>> 0) / 2 ** 32;
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number from 0 to `below` - 1. */
	below(below: number): number {
		return Math.floor(this.next() * below);
	}

	pick<T>(list: readonly T[]): T {
		return list[this.below(list.length)] as T;
	}

	/** One of the keys, as often as its weight says. */
	weighted<T extends string>(weights: Partial<Record<T, number>>): T {
		const entries = Object.entries(weights) as [T, number][];
		let left = this.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
		for (const [key, weight] of entries) {
			left -= weight;
			if (left < 0) return key;
		}
		return (entries.at(-1) as [T, number])[0];
	}

	/** Normally distributed, mean 0, deviation 1 (Box and Muller). */
	normal(): number {
		return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next());
	}

	/** How often something happens that happens `mean` times on average (Knuth; for small means). */
	poisson(mean: number): number {
		const limit = Math.exp(-mean);
		let count = 0;
		for (let product = this.next(); product > limit; product *= this.next()) count++;
		return count;
	}
}

/** The UUID that belongs to a name: the same on every installation, so that loading twice finds its rows again. */
export function namedId(name: string): string {
	const hex = createHash('sha256').update(`lang-nghe demo ${name}`).digest('hex');
	const variant = '89ab'[parseInt(hex.charAt(16), 16) & 3];
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
