import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';
import { pictureHref, readPictureQuery } from '$lib/feedback/address';
import { subjectName } from '$lib/feedback/comments/comment-words';
import * as notes from '$lib/feedback/comments/notes.server';
import { listUnits } from '$lib/feedback/figures.server';
import { newestMonth } from '$lib/hall/hall-page';
import { makeSheet } from '$lib/hall/sheet';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { publicOrigin } from '$lib/server/env';
import { anonymousClient } from '$lib/server/supabase';
import { refuse } from '$lib/transparency/refusal';
import { readUnitResults } from '$lib/transparency/results.server';
import { buildUnitPage } from '$lib/transparency/unit-page';

/** The sheet of one unit and published period; what is on it is read with nobody's rights but the public's. */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const { of, period: asked } = readPictureQuery(event.url.searchParams);
	if (asked === undefined) error(422, { message: m.public_unknown_period() });
	const units = await listUnits(supabase, place.unit.id);
	const unit = units.find(({ id }) => id === (of ?? place.unit.id));
	if (!unit) error(403, { message: m.feedback_unknown_unit() });

	const read = async (period: string | null) =>
		buildUnitPage(
			await readUnitResults(anonymousClient(), unit.id, { period }).catch(refuse),
			'top2',
			'vi'
		);
	let result = await read(asked);
	const periods = result.periods.filter(({ closed }) => closed);
	const period = periods.find(({ code }) => code === asked) ?? newestMonth(periods) ?? null;
	if (period && period.code !== result.period?.code) result = await read(period.code);
	const done = period ? await notes.readPublic(anonymousClient(), unit.id, period) : [];
	const query = placeQuery(event);
	const kept = { place: query ? place.unit.id : null, of: unit.id };
	return {
		unit: { id: unit.id, name: inLocale(unit.names, locale) },
		units: units.map(({ id, names, depth }) => ({ id, name: inLocale(names, locale), depth })),
		place: kept.place,
		period,
		periods,
		hasNotes: done.length > 0,
		links: {
			picture: pictureHref(kept),
			notes: `/comments/notes${query}`,
			wall: `${publicOrigin(event)}/wall/${unit.id}?lang=vi`
		},
		sheet:
			period &&
			makeSheet(
				{ ...result, period },
				done.map(({ text, doneOn, subject }) => ({
					text,
					day: formatDate(doneOn, 'vi'),
					about: subject ? subjectName(subject, 'vi') : ''
				})),
				publicOrigin(event)
			)
	};
};
