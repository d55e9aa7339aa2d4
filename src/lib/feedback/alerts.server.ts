/**
 * Alerts of a unit: reading, answering, and how much a unit wants to hear. SQL decides who hears
 * what; about F2 it lets out how many fives and nothing else.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { isMeasure } from '$lib/scoring/attribution';
import { ALERT_SETTINGS, type AlertSetting } from '$lib/scoring/run-test';
import { dataOf } from '$lib/server/errors';
import { textsRow } from '$lib/transparency/result-rows';
import type { Alert } from './alerts';

export const PAGE_SIZE = 30;

const evidence = z.object({
	value: z.number(),
	centre: z.number(),
	low: z.number().nullable(),
	high: z.number().nullable(),
	months: z.number(),
	persons: z.number()
});
const common = z.object({
	id: z.uuid(),
	first_period: z.string(),
	last_period: z.string(),
	unit: z.object({ id: z.uuid(), names: textsRow }),
	point: z.object({ id: z.uuid(), labels: textsRow }).nullable(),
	acknowledged: z
		.object({ on: z.iso.date(), by: z.string().nullable(), note: z.string().nullable() })
		.nullable(),
	revision: z.number(),
	is_new: z.boolean().default(false)
});
const row = z.discriminatedUnion('rule', [
	common.extend({
		rule: z.enum(['run', 'outside']),
		direction: z.enum(['up', 'down']),
		measure: z.string().refine(isMeasure),
		evidence
	}),
	common.extend({ rule: z.literal('beyond_rules'), evidence: z.object({ at_least: z.number() }) })
]);

const page = z.object({
	setting: z.enum(ALERT_SETTINGS),
	may_set: z.boolean(),
	digest: z.boolean(),
	judged: z.string().nullable(),
	open: z.number(),
	done: z.number(),
	alerts: z.array(row)
});

export interface AlertPage {
	setting: AlertSetting;
	maySet: boolean;
	/** Whether the person gets the weekly mail. */
	digest: boolean;
	/** The newest month that was looked at; null before the first. */
	judged: string | null;
	open: number;
	done: number;
	alerts: Alert[];
}

function alertOf(one: z.infer<typeof row>): Alert {
	const { id, unit, point, acknowledged, revision } = one;
	const base = {
		...{ id, unit, point, acknowledged, revision },
		isNew: one.is_new,
		first: one.first_period,
		last: one.last_period
	};
	return one.rule === 'beyond_rules'
		? { ...base, rule: one.rule, atLeast: one.evidence.at_least }
		: { ...base, rule: one.rule, direction: one.direction, measure: one.measure, ...one.evidence };
}

/** @throws DatabaseError not_allowed */
export async function listAlerts(
	client: SupabaseClient,
	unit: string,
	offset: number
): Promise<AlertPage> {
	const asked = { p_unit: unit, p_offset: offset };
	const { may_set, alerts, ...rest } = page.parse(
		await dataOf('list alerts', client.rpc('list_alerts', asked))
	);
	return { ...rest, maySet: may_set, alerts: alerts.map(alertOf) };
}

/** Notes that the person has looked. */
export async function seeAlerts(client: SupabaseClient, unit: string): Promise<void> {
	await dataOf('see alerts', client.rpc('see_alerts', { p_unit: unit }));
}

/**
 * @param seen the revision on the person's page
 * @throws DatabaseError unknown_alert, not_allowed, impossible_note, changed_meanwhile
 */
export async function acknowledge(
	client: SupabaseClient,
	alert: string,
	note: string,
	seen: number
): Promise<void> {
	const asked = { p_alert: alert, p_note: note, p_seen: seen };
	await dataOf('acknowledge alert', client.rpc('acknowledge_alert', asked));
}

/** @throws DatabaseError not_allowed, unknown_setting */
export async function setSetting(
	client: SupabaseClient,
	unit: string,
	setting: string
): Promise<void> {
	const asked = { p_unit: unit, p_setting: setting };
	await dataOf('set alert setting', client.rpc('set_alert_setting', asked));
}

/** @throws DatabaseError not_allowed */
export async function setDigest(client: SupabaseClient, unit: string, on: boolean): Promise<void> {
	await dataOf('set digest', client.rpc('set_digest', { p_unit: unit, p_on: on }));
}
