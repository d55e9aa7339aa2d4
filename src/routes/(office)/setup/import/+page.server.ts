import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { FILE_KINDS, isFileKind } from '$lib/exchange/columns';
import { FileProblem } from '$lib/exchange/file-problem';
import * as imports from '$lib/exchange/imports.server';
import { MOST_BYTES } from '$lib/exchange/table-file';
import { fileSentence, importRefusal, kindLabel, kindLine } from '$lib/exchange/words';
import type { FormState } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';
import { BodyTooLargeError, readForm } from '$lib/server/form-body';

const STATES = {
	uploading: m.exchange_state_uploaded,
	uploaded: m.exchange_state_uploaded,
	checked: m.exchange_state_checked,
	queued: m.exchange_state_queued,
	applied: m.exchange_state_applied
};

export const load: PageServerLoad = async (event) => {
	const { locale, supabase } = event.locals;
	const { unit } = placeOf(event);
	const recent = await imports.list(supabase, unit.id);
	return {
		unitId: unit.id,
		kinds: FILE_KINDS.map((kind) => ({ kind, label: kindLabel(kind), line: kindLine(kind) })),
		recent: recent.map(({ id, kind, file, state, summary, asked_on, by }) => ({
			id,
			file,
			by,
			kind: kindLabel(kind),
			state: (summary?.wrong ? m.exchange_state_wrong : STATES[state])(),
			day: formatDate(asked_on, locale)
		}))
	};
};

const back = (values: Record<string, string>, field: string, sentence: string) =>
	({ back: { values, problems: { [field]: sentence } } satisfies FormState }) as const;

/** The chosen kind and file, or what is missing. */
async function chosen({ request }: RequestEvent) {
	const form = await readForm(request, MOST_BYTES + 64 * 1024).catch((failure: unknown) => {
		if (failure instanceof BodyTooLargeError) return new FileProblem('too_large');
		throw failure;
	});
	if (form instanceof FileProblem) return fail(413, back({}, 'file', fileSentence(form)));
	const kind = String(form.get('kind') ?? '');
	const file = form.get('file');
	const values = { kind };
	if (!isFileKind(kind)) {
		return fail(422, back(values, 'kind', m.exchange_import_choose_kind()));
	}
	if (!(file instanceof File) || file.size === 0) {
		return fail(422, back(values, 'file', m.exchange_import_choose_file()));
	}
	return { kind, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

export const actions: Actions = {
	setup: async (event) => {
		const asked = await chosen(event);
		if (!('bytes' in asked)) return asked;
		const unitId = placeOf(event).unit.id;
		let id: string;
		try {
			id = await imports.uploadAndCheck(event.locals.supabase, unitId, asked.kind, asked);
		} catch (failure) {
			if (failure instanceof FileProblem) {
				return fail(422, back({ kind: asked.kind }, 'file', fileSentence(failure)));
			}
			const known = failure instanceof DatabaseError ? failure : undefined;
			const sentence = importRefusal(known?.key, known?.details);
			if (!known || !sentence) throw failure;
			return fail(known.status, back({ kind: asked.kind }, 'file', sentence));
		}
		redirect(303, `/setup/import/${id}?unit=${unitId}`);
	}
};
