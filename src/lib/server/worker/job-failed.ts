// What a job of the worker throws when the database refused.

/** The error of a failed rpc: its code only, since messages may quote values. */
export class JobFailed extends Error {
	override name = 'JobFailed';
	readonly code: string;
	constructor(code: string) {
		super(`the database refused (${code})`);
		this.code = code;
	}
}
