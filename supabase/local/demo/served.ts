// How many people the demo's points served: a number for every day that needs one, so that the pages show response
// rates. Owns the model: some five people come for each who answers, more at the gates of Tân Thanh, where the
// rate is low. Numbers have fixed ids: writing them again changes nothing.

import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../src/lib/server/database.types.ts';
import { POINTS, type DemoPoint } from './points.ts';
import { namedId, Random } from './random.ts';
import { ids } from './rows.ts';

export interface ServedDay {
	day: string;
	/** Answers at each point on that day, by its key. */
	answers: Map<string, number>;
	isWorkingDay: boolean;
}

function servedAt(point: DemoPoint, { day, answers, isWorkingDay }: ServedDay): number | undefined {
	const answered = answers.get(point.key) ?? 0;
	if (point.kind === 'link' || (answered === 0 && !isWorkingDay)) return undefined;
	const random = new Random(`served ${point.key} ${day}`);
	const perAnswer = point.unit === 'tanThanh' ? 12 : 4;
	const others = Math.round(Math.max(answered, point.model.perDay) * perAnswer);
	return answered + Math.round(others * (0.7 + 0.6 * random.next()));
}

/** Writes the numbers of these days. */
export async function putServed(client: SupabaseClient<Database>, days: ServedDay[]) {
	const rows = days.flatMap((day) =>
		POINTS.flatMap((point) => {
			const served = servedAt(point, day);
			if (served === undefined) return [];
			return {
				id: namedId(`served ${point.key} ${day.day}`),
				organisation_id: ids.organisation,
				unit_id: ids.unit(point.unit),
				service_point_id: ids.point(point.key),
				day: day.day,
				served,
				entered_via: 'page'
			};
		})
	);
	for (let at = 0; at < rows.length; at += 500) {
		const { error } = await client
			.from('served_counts')
			.upsert(rows.slice(at, at + 500), { onConflict: 'id', ignoreDuplicates: true });
		if (error) throw new Error(`writing served counts: ${error.message}`);
	}
}
