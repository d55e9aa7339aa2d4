/** The form of the reporting plan: per kind of period a tick, days after its end, and to whom. Pure. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { PeriodKind } from '$lib/scoring/period';
import type { Duty } from './due';

export const PLANNED: readonly PeriodKind[] = ['half', 'nine_months', 'year', 'quarter', 'month'];

/** What was asked for, and a sentence for each field that cannot be. Kinds without a tick are left out. */
export function readPlan(form: FormData): { duties: Duty[]; problems: Record<string, string> } {
	const problems: Record<string, string> = {};
	const duties = PLANNED.flatMap<Duty>((kind) => {
		if (form.get(`${kind}_on`) !== 'yes') return [];
		const text = (name: string) => {
			const value = form.get(`${kind}_${name}`);
			return typeof value === 'string' ? value.trim() : '';
		};
		const [days, recipient] = [text('days'), text('recipient')];
		if (!/^\d{1,2}$/.test(days)) problems[`${kind}_days`] = m.reports_days_wrong();
		if (recipient.length < 1 || recipient.length > 200) {
			problems[`${kind}_recipient`] = m.reports_recipient_wrong();
		}
		return [{ kind, dueAfter: Number(days), recipient }];
	});
	return { duties, problems };
}
