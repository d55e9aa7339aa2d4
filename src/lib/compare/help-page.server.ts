/** What the page of what would help loads: one reading call, then words. */
import type { RequestEvent } from '@sveltejs/kit';
import { inLocale } from '$lib/i18n/localised';
import { measureName } from '$lib/transparency/words';
import { readHelpQuery } from './address';
import { helpRows } from './help';
import { readHelp } from './help.server';
import { associationText, helpSentences, isAssociated, liftText, peersText } from './help-words';
import type { NamedPlace } from './compare-page.server';
import { readNearest, readWithinReach } from './reach.server';

export async function loadHelpPage(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: NamedPlace,
	placeQuery: string
) {
	const { locale, supabase } = event.locals;
	const { query, isCorrected } = readHelpQuery(event.url.searchParams);
	const { found, isMore } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readNearest({ period: query.period }, (wanted) => readHelp(supabase, { unit, ...wanted }))
	);
	const help = found.nearest;
	const rows = helpRows(help);
	return {
		isDemo: help.organisation.isDemo,
		isCorrected: isCorrected || found.isCorrected,
		isMore,
		unit: { id: help.unit.id, name: inLocale(help.unit.names, locale) },
		up: help.unit.id === place.unit.id ? null : inLocale(place.unit.names, locale),
		units: help.units.map(({ id, names, depth }) => ({ id, name: inLocale(names, locale), depth })),
		period: help.period,
		periods: help.periods,
		/** With whom the unit is compared; null where there is nobody. */
		peers: help.peers.items.length > 0 ? peersText(help) : null,
		sentences: help.period ? helpSentences(help, rows, locale) : [],
		rows: rows.map(({ code, texts, measure, persons, own, peers, gain, association }) => ({
			code,
			text: inLocale(texts, locale),
			measure: measure ? measureName(measure) : null,
			persons,
			own,
			peers,
			lift: gain?.lift ? liftText(gain.lift, locale) : null,
			isEstablished: gain?.isEstablished ?? false,
			association: association ? associationText(association, locale) : null,
			isAssociated: isAssociated(association)
		})),
		kept: {
			place: placeQuery ? place.unit.id : null,
			of: help.unit.id === place.unit.id ? null : help.unit.id,
			period: help.period?.code ?? null
		}
	};
}
