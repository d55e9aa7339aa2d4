/**
 * Counting attempts, in the memory of this process (a restart forgets; one process serves an office).
 * Owns: how a counter is named and asked. Names are keyed hashes, so that no address and no account
 * stands in memory or in a dump of it. Must not know: what is being attempted.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';

const hashKey = randomBytes(32);

/** `points` events per `seconds`, for each name. */
export class Counter {
	private readonly limiter: RateLimiterMemory;
	private readonly points: number;

	constructor(points: number, seconds: number) {
		this.points = points;
		this.limiter = new RateLimiterMemory({ points, duration: seconds });
	}

	private name(parts: string[]): string {
		return createHmac('sha256', hashKey).update(JSON.stringify(parts)).digest('base64url');
	}

	/** Events so far. */
	async count(...parts: string[]): Promise<number> {
		return (await this.limiter.get(this.name(parts)))?.consumedPoints ?? 0;
	}

	/** Seconds to wait when all points are spent, otherwise 0. */
	async wait(...parts: string[]): Promise<number> {
		const state = await this.limiter.get(this.name(parts));
		if (!state || state.consumedPoints < this.points) return 0;
		return Math.max(1, Math.ceil(state.msBeforeNext / 1000));
	}

	/** Notes one event. */
	async add(...parts: string[]): Promise<void> {
		await this.limiter.penalty(this.name(parts));
	}

	/** Forgets the events of a name. */
	async clear(...parts: string[]): Promise<void> {
		await this.limiter.delete(this.name(parts));
	}
}
