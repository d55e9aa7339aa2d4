/** The file of a posted form, read under its limit. */
import type { RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { BodyTooLargeError, readForm } from '$lib/server/form-body';
import { FileProblem } from './file-problem';
import { MOST_BYTES } from './table-file';
import { fileSentence } from './words';

export interface SentFile {
	name: string;
	bytes: Uint8Array;
}

/** The fields and the file, or the status and sentence of what is wrong with it. */
export async function sentFile({
	request
}: Pick<RequestEvent, 'request'>): Promise<
	{ form: FormData; file: SentFile } | { form?: FormData; status: number; sentence: string }
> {
	let form: FormData;
	try {
		form = await readForm(request, MOST_BYTES + 64 * 1024);
	} catch (failure) {
		if (!(failure instanceof BodyTooLargeError)) throw failure;
		return { status: 413, sentence: fileSentence(new FileProblem('too_large')) };
	}
	const file = form.get('file');
	if (!(file instanceof File) || file.size === 0) {
		return { form, status: 422, sentence: m.exchange_import_choose_file() };
	}
	return { form, file: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } };
}
