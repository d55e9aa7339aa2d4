// A start problem that a person can mend: one sentence that names what is wrong and the way out.
// Whoever catches it prints the sentence and nothing else; every other error is a bug and keeps its stack.

/** Thrown for what the operator can mend; `message` is the whole text that is shown. */
export class StartProblem extends Error {
	override name = 'StartProblem';
}

const code = (error: unknown) => (error as NodeJS.ErrnoException | null)?.code;

/** What a failed child process has written (ServiceFailed, TaskFailed); '' for other errors. */
const outputOf = (error: unknown) => (error as { output?: string } | null)?.output ?? '';

/**
 * The sentence for errors that any file operation can meet (full disk, forbidden folder), or the error itself.
 * @param folder Where it was tried to write.
 */
export function asStartProblem(error: unknown, folder: string): unknown {
	if (/No space left on device|ENOSPC/.test(outputOf(error))) return diskFull(folder);
	switch (code(error)) {
		case 'ENOSPC':
		case 'EDQUOT':
			return diskFull(folder);
		case 'EACCES':
		case 'EPERM':
		case 'EROFS':
			return new StartProblem(
				`${folder} cannot be written: give your user that folder, or choose another with DATA_DIR=/some/folder.`
			);
		case 'ENOTDIR':
		case 'EEXIST':
			return new StartProblem(
				`${folder} is not a folder: remove that file, or choose another place with DATA_DIR=/some/folder.`
			);
		default:
			return error;
	}
}

const NOT_REACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNRESET']);

/** The same, for tools that connect to DATABASE_URL. */
export function asDatabaseProblem(error: unknown, folder: string): unknown {
	const name = code(error) ?? '';
	if (NOT_REACHED.has(name)) {
		return new StartProblem(
			'The database at DATABASE_URL does not answer: check host, port and network.'
		);
	}
	return name.startsWith('28')
		? new StartProblem('DATABASE_URL: the user name or the password is wrong.')
		: asStartProblem(error, folder);
}

export function diskFull(folder: string): StartProblem {
	return new StartProblem(
		`The disk that holds ${folder} is full: free at least 500 MB there, or choose another place with DATA_DIR=/some/folder.`
	);
}

/** Prints what went wrong, in one sentence where a person can mend it, and gives the exit code. */
export function report(error: unknown): 1 {
	const isPlain = error instanceof StartProblem || outputOf(error) !== '';
	if (isPlain) console.error(`\n${(error as Error).message}\n`);
	else console.error(error);
	return 1;
}
