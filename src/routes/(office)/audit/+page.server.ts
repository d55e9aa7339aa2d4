import type { PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import * as audit from '$lib/members/audit.server';
import { AUDIT_ACTIONS, AUDIT_RECORDS, changeTexts } from '$lib/members/audit-words';
import { placeOf } from '$lib/members/place.server';
import { formatDate } from '$lib/i18n/dates';

const options = (words: Record<string, () => string>) =>
	Object.entries(words).map(([value, label]) => ({ value, label: label() }));

/** Who did what to which record, when? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const filter = audit.filterOf(event.url.searchParams);
	const { lines, more } = await audit.read(supabase, place.unit.id, filter);
	const query = new URLSearchParams(event.url.searchParams);
	query.set('before', String(lines.at(-1)?.seq ?? ''));
	return {
		unit: inLocale(place.unit.names, locale),
		unitId: place.unit.id,
		filter,
		actions: options(AUDIT_ACTIONS),
		records: options(AUDIT_RECORDS),
		older: more ? `?${query}` : undefined,
		lines: lines.map((line) => ({
			seq: line.seq,
			day: formatDate(line.at.slice(0, 10), locale),
			time: line.at.slice(11),
			who: line.actor
				? line.actor.name || m.audit_somebody()
				: line.actorKind === 'worker'
					? m.audit_worker()
					: m.audit_system(),
			address: line.actor?.email ?? '',
			action: AUDIT_ACTIONS[line.action]?.() ?? line.action,
			record: AUDIT_RECORDS[line.recordType]?.() ?? line.recordType,
			subject: line.subject,
			recordId: line.recordId,
			unit: line.unit ? inLocale(line.unit, locale) : '',
			changes: changeTexts(line.changes, line.action === 'update')
		}))
	};
};
