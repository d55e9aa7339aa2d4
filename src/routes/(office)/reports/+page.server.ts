import { redirect } from '@sveltejs/kit';
import type { SupabaseClient } from '@supabase/supabase-js';
import type { Actions, PageServerLoad } from './$types';
import { compareHref } from '$lib/compare/address';
import { besideFigures } from '$lib/compare/beside';
import type { Comparison } from '$lib/compare/comparison';
import { readComparison } from '$lib/compare/comparison.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { newestWithFigures, nextReport, progressOf, urgencyOf } from '$lib/reports/due/due';
import { listReports, setReminder } from '$lib/reports/due/due.server';
import { refused } from '$lib/reports/refusal.server';
import { OVERALL } from '$lib/scoring/attribution';
import { periodName } from '$lib/transparency/period-label';

/** The period asked for, else the newest reported one; where nothing came before it, the newest closed quarter. */
async function comparisonWithFalls(
	client: SupabaseClient,
	unit: string,
	asked: string | null,
	reported: string | null
): Promise<Comparison | null> {
	const read = (period: string | null) =>
		readComparison(client, { unit, period, before: null, cross: null });
	const first = await read(reported);
	const chosen = first.periods.find(({ code, closed }) => closed && code === asked);
	if (chosen) return read(chosen.code);
	if (reported && first.before) return first;
	const quarter = first.periods.findLast(({ kind, closed }) => kind === 'quarter' && closed);
	return quarter ? read(quarter.code) : null;
}

/** Which reports are due, to whom, and what asks for an explanation? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const place = placeOf(event);
	const found = await listReports(supabase, place.unit.id);
	const query = placeQuery(event);
	const day = (text: string | null) => text && formatDate(text, locale);
	const rowOf = (report: (typeof found.reports)[number]) => ({
		period: report.period,
		name: periodName(report.period, locale),
		days: `${formatDate(report.start, locale)} – ${formatDate(report.end, locale)}`,
		dueOn: formatDate(report.dueOn, locale),
		recipient: report.recipient,
		progress: progressOf(report),
		urgency: urgencyOf(report, found.today),
		preparedOn: day(report.preparedOn),
		sentOn: day(report.sentOn),
		isOver: report.end < found.today,
		figures: report.hasFigures
			? compareHref({ place: query ? place.unit.id : null, period: report.period })
			: null,
		section: report.hasFigures
			? compareHref({ place: query ? place.unit.id : null, period: report.period }, '/section.docx')
			: null
	});
	const next = nextReport(found.reports);
	const comparison = await comparisonWithFalls(
		supabase,
		place.unit.id,
		event.url.searchParams.get('period'),
		newestWithFigures(found.reports, found.today)?.period ?? null
	);
	return {
		query,
		place: query ? place.unit.id : null,
		organisation: inLocale(place.organisation.names, locale),
		done: event.url.searchParams.get('done'),
		mayChange: found.mayChange,
		isReminded: found.isReminded,
		mayExplain: place.roles.includes('leader'),
		next: next ? rowOf(next) : null,
		reports: found.reports.map(rowOf),
		explained: comparison?.period
			? {
					period: comparison.period.code,
					name: periodName(comparison.period.code, locale),
					hasBefore: comparison.before !== null,
					periods: comparison.periods
						.filter(({ closed }) => closed)
						.map(({ code }) => ({ value: code, label: periodName(code, locale) }))
						.reverse(),
					...besideFigures(comparison, [], OVERALL, locale)
				}
			: null
	};
};

export const actions: Actions = {
	remind: async (event) => {
		const form = await event.request.formData();
		const isOn = form.get('on') === 'yes';
		try {
			await setReminder(event.locals.supabase, placeOf(event).organisation.id, isOn);
		} catch (failure) {
			return refused(failure, form);
		}
		const query = placeQuery(event);
		redirect(303, `/reports${query}${query ? '&' : '?'}done=${isOn ? 'reminded' : 'unreminded'}`);
	}
};
