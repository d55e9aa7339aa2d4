/**
 * What the pages of a unit's picture load: who asks, for which unit and period, one reading call
 * each for figures and units. Shared by the screen and the print.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { mayOpen } from '$lib/members/pages';
import type { Role } from '$lib/members/roles';
import { DatabaseError } from '$lib/server/errors';
import { pictureHref, readPictureQuery } from './address';
import { listUnits, readPicture } from './figures.server';
import { buildPicture } from './picture';
import { answerSentences } from './sentences';

interface Place {
	unit: { id: string };
	roles: Role[];
}

/** Sentences for what SQL refuses; everything else is passed on. */
function refuse(failure: unknown): never {
	if (failure instanceof DatabaseError) {
		if (failure.key === 'unknown_period') error(422, { message: m.public_unknown_period() });
		if (failure.key === 'not_allowed') error(403, { message: m.feedback_unknown_unit() });
	}
	throw failure;
}

function isUnknownPoint(failure: unknown): boolean {
	return failure instanceof DatabaseError && failure.key === 'unknown_point';
}

/**
 * @param place where the person is, as the gate found it
 * @param placeQuery the person's place where there are several, else empty
 */
export async function loadPicture(
	{ locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
	place: Place,
	placeQuery: string
) {
	const { supabase, locale } = locals;
	const { of, period, point: wanted } = readPictureQuery(url.searchParams);
	if (of === undefined) error(403, { message: m.feedback_unknown_unit() });
	if (wanted === undefined) error(404, { message: m.feedback_unknown_point() });
	if (period === undefined) error(422, { message: m.public_unknown_period() });
	const unitId = of ?? place.unit.id;
	const [results, units] = await Promise.all([
		readPicture(supabase, unitId, period, wanted).catch((failure: unknown) =>
			// The form sends unit and point together: another unit was chosen.
			isUnknownPoint(failure)
				? readPicture(supabase, unitId, period).catch(refuse)
				: refuse(failure)
		),
		listUnits(supabase, place.unit.id).catch(refuse)
	]);
	const named = ({ id, names }: (typeof results.below)[number]) => ({
		id,
		name: inLocale(names, locale)
	});
	const picture = buildPicture(results, locale);
	const points = results.ownPoints.map(({ id, labels }) => ({
		id,
		label: inLocale(labels, locale)
	}));
	const point = points.find(({ id }) => id === wanted) ?? null;
	const kept = { place: placeQuery ? place.unit.id : null, of, point: point?.id ?? null };
	return {
		unit: {
			id: unitId,
			name: inLocale(results.unit.names, locale),
			parent: results.unit.parent && inLocale(results.unit.parent.names, locale),
			receives: results.unit.receives,
			predecessors: results.unit.predecessors.map(named),
			successors: results.unit.successors.map(named)
		},
		organisation: inLocale(results.organisation.names, locale),
		isDemo: results.organisation.isDemo,
		today: results.today,
		receivedToday: results.receivedToday,
		waiting: results.waiting,
		excluded: results.excluded,
		namesUnits: results.below.length > 0,
		period: results.period,
		before: results.before,
		periods: results.periods,
		point,
		...picture,
		ownPoints: points,
		sentences: answerSentences(picture.rows, picture.mended, results.before?.code ?? null, locale),
		units: units.map(({ id, names, depth }) => ({ id, name: inLocale(names, locale), depth })),
		kept,
		links: {
			print: pictureHref({ ...kept, period: results.period?.code ?? null }, '/print'),
			sheet: pictureHref({ place: kept.place, of }, '/sheet'),
			screen: pictureHref({ ...kept, period: results.period?.code ?? null }),
			served: mayOpen('/served', place.roles) ? `/served${placeQuery}` : null,
			comments: `/comments${placeQuery}`
		}
	};
}
