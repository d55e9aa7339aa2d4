/**
 * Two people edit the same record: what the later one is shown. Owns: the shape and which lines
 * differ. The action builds it (changed-meanwhile.server.ts), ChangedMeanwhile.svelte shows it.
 */

/** One field of the record in the reader's words. */
export interface ChangedLine {
	label: string;
	/** As it was typed just now. */
	mine: string;
	/** As somebody else has saved it meanwhile. */
	now: string;
}

/** Only the fields in which the two versions differ; texts are compared without blanks around them. */
export function changedLines(lines: ChangedLine[]): ChangedLine[] {
	return lines.filter(({ mine, now }) => mine.trim() !== now.trim());
}
