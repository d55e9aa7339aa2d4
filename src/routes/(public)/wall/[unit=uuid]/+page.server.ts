import { version } from '$app/environment';
import type { PageServerLoad } from './$types';
import { subjectName } from '$lib/feedback/comments/comment-words';
import * as notes from '$lib/feedback/comments/notes.server';
import { fitNotes, hallFigures, newestPeriod } from '$lib/hall/hall-page';
import { formatDate } from '$lib/i18n/dates';
import { qrShape } from '$lib/posters/qr';
import { publicOrigin } from '$lib/server/env';
import { anonymousClient } from '$lib/server/supabase';
import { refuse } from '$lib/transparency/refusal';
import { readUnitResults } from '$lib/transparency/results.server';
import { buildUnitPage } from '$lib/transparency/unit-page';

/** The column beside the figures, in lines of its words. */
const ROOM = { lines: 12, perLine: 34, mostLines: 4, around: 1.4 };

/** The newest published period of a unit, for a screen that nobody touches. */
export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	const { unit } = event.params;
	const supabase = anonymousClient();
	const read = async (period: string | null) =>
		buildUnitPage(await readUnitResults(supabase, unit, { period }).catch(refuse), 'top2', locale);

	let result = await read(null);
	const newest = newestPeriod(result.periods.filter(({ closed }) => closed));
	if (newest && newest.code !== result.period?.code) result = await read(newest.code);
	let figures = hallFigures(result.figures);
	if (figures.overall?.state === 'hidden' && figures.overall.longerPeriod) {
		result = await read(figures.overall.longerPeriod);
		figures = hallFigures(result.figures);
	}
	const done = (await notes.readPublic(supabase, unit)).map(({ text, doneOn, subject }) => ({
		text,
		day: formatDate(doneOn, locale),
		about: subject ? subjectName(subject, locale) : ''
	}));
	const address = `${publicOrigin(event)}/results/${unit}`;
	return {
		locale,
		build: version,
		unit: result.unit.name,
		organisation: result.organisation.name,
		isRoot: result.unit.parent === null,
		isDemo: result.organisation.isDemo,
		period: newest ? result.period : null,
		...figures,
		done: fitNotes(done, ROOM).shown,
		qr: qrShape(address),
		shortAddress: address.replace(/^https?:\/\//, '')
	};
};
