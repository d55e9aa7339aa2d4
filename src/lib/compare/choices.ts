/** What a form of a compare page offers: one entry per select. */
export interface Option {
	value: string;
	name: string;
}

export interface Choice {
	/** Name in the address. */
	name: string;
	label: string;
	chosen: string;
	/** One option is not offered, only kept. */
	options: Option[];
}

/** Units indented as they stand below each other. */
export const unitOptions = (units: readonly { id: string; name: string; depth: number }[]) =>
	units.map(({ id, name, depth }): Option => ({ value: id, name: '\u2003'.repeat(depth) + name }));
