// Gathers what a recount finds different: counts everything, keeps the first few in words.

export class Differences {
	count = 0;
	compared = 0;
	readonly first: string[] = [];

	/** Compares two rows of numbers; a row that is all zeros equals one that is not there. */
	row(
		what: string,
		columns: readonly string[],
		stored: readonly (number | bigint)[] | undefined,
		counted: readonly (number | bigint)[] | undefined
	): void {
		this.compared++;
		const wrong = columns.filter((_, n) => BigInt(stored?.[n] ?? 0) !== BigInt(counted?.[n] ?? 0));
		if (wrong.length === 0) return;
		const words = wrong.map((name) => {
			const n = columns.indexOf(name);
			return `${name} is ${stored?.[n] ?? 'missing'}, counted ${counted?.[n] ?? 'nothing'}`;
		});
		this.add(`${what}: ${words.join('; ')}`);
	}

	add(words: string): void {
		this.count++;
		if (this.first.length < 20) this.first.push(words);
	}

	/** Every key that either side has. */
	maps<T extends number | bigint>(
		what: string,
		columnsOf: (key: string) => readonly string[],
		stored: Map<string, T[]>,
		counted: Map<string, T[]>
	): void {
		for (const key of new Set([...stored.keys(), ...counted.keys()])) {
			this.row(`${what} ${key}`, columnsOf(key), stored.get(key), counted.get(key));
		}
	}
}
