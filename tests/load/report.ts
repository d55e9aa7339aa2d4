// Prints what was measured: every figure beside its target. Asserts nothing: clocks differ between machines.

export class Report {
	heading(text: string): void {
		console.log(`\n${text}`);
	}

	/** A figure as it was measured. */
	raw(name: string, value: string): void {
		console.log(`  ${name.padEnd(64)} ${value}`);
	}

	/** A ratio or size with the target of issue 2 beside it. */
	target(
		name: string,
		value: number,
		{ atLeast, atMost }: { atLeast?: number; atMost?: number }
	): void {
		const reached =
			(atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
		const words = atLeast === undefined ? `at most ${atMost}` : `at least ${atLeast}`;
		this.raw(name, `${value.toFixed(2)}   target ${words}: ${reached ? 'reached' : 'MISSED'}`);
	}
}
