import type { Fixture } from '../fixture.ts';
import { NOBODY, SUBTREE, type Cells, type Place } from '../places.ts';
import type { Area } from './area.ts';

/** Who reads what people say about a unit: not who sets it up, nor who checks. */
const READERS: Cells = { officer: SUBTREE, analyst: SUBTREE, leader: SUBTREE };
const atUnit = (place: Place, { units }: Fixture) => ({ p_unit: units[place] });

const atOrganisation = (place: Place, { units }: Fixture) => ({ p_organisation: units[place] });

/** A fresh alert of the unit at the place. */
async function newAlert(place: Place, { owner, units }: Fixture): Promise<string> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into private.alerts (organisation_id, unit_id, subject, rule, direction, setting, first_period, last_period, evidence)
		select organisation_id, id, 'measure:S0', 'run', 'down', 'few', gen_random_uuid()::text, '2026-M01', '{}'
		from units where id = $1 returning id`,
		[units[place]]
	);
	return rows[0]?.id ?? '';
}

export const feedback: Area = {
	reads: {},
	calls: {
		office_results: READERS,
		office_units: READERS,
		list_alerts: READERS,
		see_alerts: READERS,
		acknowledge_alert: READERS,
		set_alert_setting: { leader: SUBTREE },
		office_news: READERS,
		set_digest: READERS,
		// A unit that is no organisation has none: let in, and told so.
		read_webhook: { administrator: SUBTREE },
		set_webhook: { administrator: SUBTREE },
		remove_webhook: { administrator: SUBTREE },
		alert_work: NOBODY,
		alert_series: NOBODY,
		put_alerts: NOBODY,
		finish_alerts: NOBODY,
		queue_digests: NOBODY,
		webhook_target: NOBODY,
		note_webhook: NOBODY
	},
	makers: {
		office_results: atUnit,
		office_units: atUnit,
		list_alerts: atUnit,
		see_alerts: atUnit,
		acknowledge_alert: async (place, fixture) => ({
			p_alert: await newAlert(place, fixture),
			p_note: 'Đã xem',
			p_seen: 1
		}),
		set_alert_setting: (place, fixture) => ({ ...atUnit(place, fixture), p_setting: 'normal' }),
		office_news: atUnit,
		set_digest: (place, fixture) => ({ ...atUnit(place, fixture), p_on: true }),
		read_webhook: atOrganisation,
		set_webhook: (place, fixture) => ({
			...atOrganisation(place, fixture),
			p_url: 'https://example.vn/hook'
		}),
		remove_webhook: atOrganisation,
		webhook_target: atOrganisation,
		note_webhook: atOrganisation,
		alert_series: (place, { units }) => ({ p_organisation: units[place] }),
		put_alerts: () => ({ batch: { items: [] } }),
		finish_alerts: (place, { units }) => ({ p_organisation: units[place], p_month: '2026-M01' })
	}
};
