/** What a failed upload is told, in a sentence at the field; failures that are ours are thrown on. */
import { DatabaseError } from '$lib/server/errors';
import { FileProblem } from './file-problem';
import { fileSentence, importRefusal } from './words';

export function uploadRefusal(failure: unknown): { status: number; sentence: string } {
	if (failure instanceof FileProblem) return { status: 422, sentence: fileSentence(failure) };
	const known = failure instanceof DatabaseError ? failure : undefined;
	const sentence = importRefusal(known?.key, known?.details);
	if (!known || !sentence) throw failure;
	return { status: known.status, sentence };
}
