/** Why a whole file cannot be read; a sentence for each key is in words.ts. Rows have problems of their own. */
export type FileProblemKey =
	| 'empty'
	| 'encoding'
	| 'quotes'
	| 'old_excel'
	| 'not_a_table'
	| 'too_large'
	| 'too_many_rows'
	| 'too_many_columns'
	| 'no_header';

export class FileProblem extends Error {
	override name = 'FileProblem';
	readonly key: FileProblemKey;
	/** What the sentence names: a limit, or the columns that were looked for. */
	readonly detail: string;

	constructor(key: FileProblemKey, detail: string | number = '') {
		super(key);
		this.key = key;
		this.detail = String(detail);
	}
}
