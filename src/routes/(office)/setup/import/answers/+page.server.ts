import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { uploadAnswers } from '$lib/exchange/answers.server';
import { sentFile } from '$lib/exchange/sent-file.server';
import { uploadRefusal } from '$lib/exchange/upload-refusal.server';
import type { FormState } from '$lib/forms/parse-form';
import { placeOf } from '$lib/members/place.server';

export const load: PageServerLoad = (event) => ({ unitId: placeOf(event).unit.id });

const back = (sentence: string) =>
	({ back: { values: {}, problems: { file: sentence } } satisfies FormState }) as const;

export const actions: Actions = {
	default: async (event) => {
		const sent = await sentFile(event);
		if (!('file' in sent)) return fail(sent.status, back(sent.sentence));
		const unitId = placeOf(event).unit.id;
		let id: string;
		try {
			id = await uploadAnswers(event.locals.supabase, unitId, sent.file);
		} catch (failure) {
			const { status, sentence } = uploadRefusal(failure);
			return fail(status, back(sentence));
		}
		redirect(303, `/setup/import/answers/${id}?unit=${unitId}`);
	}
};
