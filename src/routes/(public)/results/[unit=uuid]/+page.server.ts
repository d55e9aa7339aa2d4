import type { PageServerLoad } from './$types';
import { subjectName } from '$lib/feedback/comments/comment-words';
import * as notes from '$lib/feedback/comments/notes.server';
import { formatDate } from '$lib/i18n/dates';
import { anonymousClient } from '$lib/server/supabase';
import { readQuery } from '$lib/transparency/address';
import { fallbackNotice } from '$lib/transparency/publication-view';
import { refuse } from '$lib/transparency/refusal';
import { readUnitResults } from '$lib/transparency/results.server';
import { buildUnitPage } from '$lib/transparency/unit-page';

/** Results of one unit and everything below it, down to the five levels of each item. */
export const load: PageServerLoad = async ({ params, url, locals }) => {
	const { period, revision, formula } = readQuery(url.searchParams);
	const { locale } = locals;
	const asked = { period: period ?? null, revision: revision ?? null };
	const results = await readUnitResults(anonymousClient(), params.unit, asked).catch(refuse);
	const result = buildUnitPage(results, formula, locale);
	const done = await notes.readPublic(anonymousClient(), params.unit);
	return {
		result,
		notice: fallbackNotice({ period, revision }, results, locale),
		organisationName: result.organisation.name,
		done: done.map(({ text, doneOn, subject }) => ({
			text,
			day: formatDate(doneOn, locale),
			about: subject ? subjectName(subject, locale) : ''
		}))
	};
};
