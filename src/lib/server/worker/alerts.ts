// Looks for changes that last, once a month has closed: reads the shown figures of every unit, judges them by the run
// test of scoring, and puts what it found. SQL decides what is shown, who hears it, and all about F2.

import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { judgeNewest, type ShownMonth, type Signal } from '../../scoring/run-test.ts';
import type { Database } from '../database.types.ts';
import { JobFailed } from './job-failed.ts';

type Client = SupabaseClient<Database>;

/** Months that are judged looking back when an organisation has never been judged. */
const FIRST_LOOK = 6;

const work = z.array(
	z.object({ organisation_id: z.uuid(), judged: z.string().nullable(), newest: z.string() })
);
const page = z.object({
	last: z.uuid().nullable(),
	more: z.boolean(),
	series: z.array(
		z.object({
			unit_id: z.uuid(),
			service_point_id: z.uuid().nullable(),
			measure: z.string(),
			months: z.array(z.tuple([z.string(), z.number(), z.number(), z.number()]))
		})
	)
});
type Series = z.infer<typeof page>['series'][number];

async function rpc(
	client: Client,
	name: 'alert_work' | 'alert_series' | 'put_alerts' | 'finish_alerts',
	values: Record<string, unknown> = {}
): Promise<unknown> {
	const { data, error } = await client.rpc(name, values as never);
	if (error) throw new JobFailed(error.code);
	return data;
}

/** What was found in one series in the months after `judged`; the newest six when nothing was judged yet. */
export function signalsOf(months: readonly ShownMonth[], judged: string | null): Signal[] {
	const from = judged ?? months.at(-FIRST_LOOK - 1)?.code ?? '';
	return months.flatMap((month, at) =>
		month.code > from ? judgeNewest(months.slice(0, at + 1)) : []
	);
}

function alertsOf({ unit_id, service_point_id, measure, months }: Series, judged: string | null) {
	const shown = months.map(([code, persons, sum, squares]) => ({
		code,
		sums: { persons, sum, squares }
	}));
	return signalsOf(shown, judged).map((signal) => ({
		unit_id,
		service_point_id,
		measure,
		...signal
	}));
}

/** Judges every organisation in which a month has closed; resolves to how many alerts are new. */
export async function lookForChanges(
	client: Client
): Promise<{ organisations: number; alerts: number }> {
	const due = work.parse(await rpc(client, 'alert_work'));
	let alerts = 0;
	for (const { organisation_id, judged, newest } of due) {
		let after: string | null = null;
		do {
			const { series, more, last } = page.parse(
				await rpc(client, 'alert_series', { p_organisation: organisation_id, p_after: after })
			);
			const items = series.flatMap((one) => alertsOf(one, judged));
			if (items.length > 0) {
				alerts += z.number().parse(await rpc(client, 'put_alerts', { batch: { items } }));
			}
			after = more ? last : null;
		} while (after);
		alerts += z
			.number()
			.parse(
				await rpc(client, 'finish_alerts', { p_organisation: organisation_id, p_month: newest })
			);
	}
	return { organisations: due.length, alerts };
}
