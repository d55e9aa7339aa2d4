/**
 * Working days of an organisation: the country's list and its own lines; and its office hours.
 * Which days may still be changed, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const hours = z.object({ opens: z.string(), closes: z.string(), revision: z.number() });
const calendar = z
	.object({
		organisation: z.uuid(),
		may_change: z.boolean(),
		hours,
		today: z.string(),
		released_through: z.string().nullable(),
		days: z.array(
			z.object({
				day: z.string(),
				country: z.object({ works: z.boolean(), name: texts }).nullable(),
				own: z.object({ id: z.uuid(), works: z.boolean(), name: texts }).nullable()
			})
		)
	})
	.transform(({ may_change, released_through, ...rest }) => ({
		...rest,
		mayChange: may_change,
		releasedThrough: released_through
	}));

export type Calendar = z.infer<typeof calendar>;
/** When the counters are open, as HH:MM; the record in a refused change. */
export const hoursNow = hours;

export async function read(
	client: SupabaseClient,
	unitId: string,
	year: number
): Promise<Calendar> {
	const asked = { p_unit: unitId, p_year: year };
	return calendar.parse(await dataOf('read calendar', client.rpc('read_calendar', asked)));
}

/** @param works whether the office works on that day, against what it would be otherwise */
export async function put(
	client: SupabaseClient,
	organisationId: string,
	line: { day: string; works: boolean; name: string }
): Promise<void> {
	const asked = {
		p_organisation: organisationId,
		p_day: line.day,
		p_works: line.works,
		p_name: line.name
	};
	await dataOf('put calendar day', client.rpc('put_calendar_day', asked));
}

export async function remove(client: SupabaseClient, lineId: string): Promise<void> {
	await dataOf('remove calendar day', client.rpc('remove_calendar_day', { p_line: lineId }));
}

/** @param revision the state that the person began from; a later one throws `changed_meanwhile` with it */
export async function changeHours(
	client: SupabaseClient,
	organisationId: string,
	revision: number,
	asked: { opens: string; closes: string }
): Promise<void> {
	await dataOf(
		'change office hours',
		client.rpc('change_office_hours', {
			p_organisation: organisationId,
			p_revision: revision,
			p_opens: asked.opens,
			p_closes: asked.closes
		})
	);
}
