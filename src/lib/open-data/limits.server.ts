/**
 * How often one address may ask for open data. A whole office or school shares an address, so the limit is wide:
 * 600 answers in ten minutes. "Nothing has changed" (304) is not counted. Whole files are few at a time in the whole
 * process, because each takes minutes of the database.
 */
import { Counter } from '$lib/server/rate-limit';

export const ANSWERS = 600;
export const WINDOW_SECONDS = 600;
export const FILES_AT_ONCE = 4;
/** After how many seconds a refused file may be asked for again. */
export const FILE_WAIT = 15;

export class OpenDataLimits {
	private readonly answers = new Counter(ANSWERS, WINDOW_SECONDS);
	private files = 0;

	/** Counts an answer; resolves to the seconds to wait when there were too many, otherwise 0. */
	async meet(address: string | undefined): Promise<number> {
		if (!address) return 0;
		const wait = await this.answers.wait(address);
		if (wait === 0) await this.answers.add(address);
		return wait;
	}

	/** A place for a file, to be given back once; undefined when all are taken. */
	openFile(): (() => void) | undefined {
		if (this.files >= FILES_AT_ONCE) return undefined;
		this.files += 1;
		let isOpen = true;
		return () => {
			if (isOpen) this.files -= 1;
			isOpen = false;
		};
	}
}

export const limits = new OpenDataLimits();
