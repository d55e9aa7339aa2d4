import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { FILE_KINDS, isFileKind, type FileKind } from '$lib/exchange/columns';
import * as imports from '$lib/exchange/imports.server';
import { sentFile } from '$lib/exchange/sent-file.server';
import { uploadRefusal } from '$lib/exchange/upload-refusal.server';
import { kindLabel, kindLine } from '$lib/exchange/words';
import type { FormState } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';

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

export const actions: Actions = {
	setup: async (event) => {
		const sent = await sentFile(event);
		const kind = String(sent.form?.get('kind') ?? '');
		if (sent.form && !isFileKind(kind)) {
			return fail(422, back({ kind }, 'kind', m.exchange_import_choose_kind()));
		}
		if (!('file' in sent)) return fail(sent.status, back({ kind }, 'file', sent.sentence));
		const unitId = placeOf(event).unit.id;
		let id: string;
		try {
			id = await imports.uploadAndCheck(event.locals.supabase, unitId, kind as FileKind, sent.file);
		} catch (failure) {
			const { status, sentence } = uploadRefusal(failure);
			return fail(status, back({ kind }, 'file', sentence));
		}
		redirect(303, `/setup/import/${id}?unit=${unitId}`);
	}
};
