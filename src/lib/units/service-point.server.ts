/**
 * A service point as posters need it: whose it is, what it is called, how long its form takes.
 * Reads the same function as the citizen's form and keeps nothing of the questionnaire but that.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import type { ServicePoint } from './service-point';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });

const formRow = z.object({
	service_point: z.object({ token: z.string(), labels: texts, offers_paper: z.boolean() }),
	unit: z.object({ names: texts }),
	organisation: z.object({
		id: z.uuid(),
		names: texts,
		phone: z.string(),
		is_demo: z.boolean()
	}),
	version: z.object({
		definition: z.object({ seconds: z.union([z.literal(30), z.literal(60), z.literal(120)]) })
	})
});

/**
 * @throws DatabaseError unknown_token (404), point_closed (410, details hold the phone as JSON)
 */
export async function readServicePoint(
	supabase: SupabaseClient,
	token: string
): Promise<ServicePoint> {
	const data = await dataOf('read service point', supabase.rpc('survey_form', { p_token: token }));
	const row = formRow.parse(data);
	return {
		token: row.service_point.token,
		labels: row.service_point.labels,
		unit: row.unit.names,
		organisation: row.organisation.names,
		organisationId: row.organisation.id,
		phone: row.organisation.phone,
		isDemo: row.organisation.is_demo,
		offersPaper: row.service_point.offers_paper,
		seconds: row.version.definition.seconds
	};
}
