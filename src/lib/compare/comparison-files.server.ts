/**
 * The files of a comparison: the same reading call as the page, written in Vietnamese. All is read before
 * the answer begins, so that a refusal is a page; Word and Excel are then sent while they are made.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { SupabaseClient } from '@supabase/supabase-js';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report, ReportPart } from '$lib/reports/report';
import { begun, steppedResponse } from '$lib/reports/stepped-response';
import type { Step } from '$lib/reports/steps';
import { streamedExcel } from '$lib/reports/streamed-excel';
import { streamedWord } from '$lib/reports/streamed-word';
import { describeError, log } from '$lib/server/log';
import { loadComparison, suitablePeers } from './compare-page.server';
import { reportOf } from './comparison-report';
import { helpPart } from './help-report';
import { readHelp } from './help.server';
import { sideBySide } from './side-by-side';
import { trendPart } from './trend-report';
import { readTrend } from './trend.server';

const TYPES = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8'
};

type Event = Pick<RequestEvent, 'locals' | 'url' | 'request' | 'route'>;
interface Place {
	unit: { id: string };
}

/** The report of a request, and the code of its period. */
async function readReport(event: Event, place: Place, isWhole: boolean) {
	const { query, comparison } = await loadComparison(event, place);
	const { period } = comparison;
	if (!period) error(404, { message: m.compare_empty() });
	// A CSV is one table of the comparison; trend and help have files of their own.
	const partsOf = isWhole
		? await readParts(event.locals.supabase, comparison.unit.id, period.code)
		: () => [];
	const report = inRequestLocale('vi', () => {
		const side = sideBySide(comparison, suitablePeers(comparison, query.peers));
		return reportOf(side, period, partsOf());
	});
	return { report, code: period.code };
}

/** The first says that nothing is known yet; at the second the file stands, but for its lines. */
const FORM_STANDS = 2;

/** The answer that sends a file while it is made. @throws when its form cannot be made: an outline that is no longer fit */
async function sent(
	event: Event,
	steps: AsyncGenerator<Step>,
	name: string,
	ending: 'docx' | 'xlsx'
): Promise<Response> {
	const named = { type: TYPES[ending], name: `${name}.${ending}` };
	return steppedResponse(event.request, await begun(steps, FORM_STANDS), named, (failure) =>
		log.error({ route: event.route.id, ...describeError(failure) }, 'file broke off')
	);
}

/**
 * Word for a request.
 * @param name of the file without the period and the ending, in ASCII
 * @throws 404 while nothing has been released
 */
export async function comparisonWord(
	event: Event,
	place: Place,
	name: string,
	write: (report: Report) => Promise<Uint8Array>
): Promise<Response> {
	const { report, code } = await readReport(event, place, true);
	const steps = streamedWord(report, (form) => inRequestLocale('vi', () => write(form)));
	return sent(event, steps, `${name}-${code}`, 'docx');
}

/** All tables as Excel. */
export async function comparisonExcel(event: Event, place: Place, name: string): Promise<Response> {
	const { report, code } = await readReport(event, place, true);
	return sent(event, streamedExcel(report), `${name}-${code}`, 'xlsx');
}

/** One table of the comparison as CSV. */
export async function comparisonCsv(
	event: Event,
	place: Place,
	name: string,
	write: (report: Report) => string
): Promise<Response> {
	const { report, code } = await readReport(event, place, false);
	return download(
		inRequestLocale('vi', () => write(report)),
		`${name}-${code}`
	);
}

/** What stands after the comparison in a whole report; its words are made in the file's language. */
async function readParts(
	supabase: SupabaseClient,
	unit: string,
	period: string
): Promise<() => ReportPart[]> {
	const [trend, help] = await Promise.all([
		readTrend(supabase, { unit, measure: null, step: null }),
		readHelp(supabase, { unit, period })
	]);
	return () => [trendPart(trend), helpPart(help)];
}

/** A CSV that the browser saves. */
export function download(body: string, name: string): Response {
	return new Response(body, {
		headers: {
			'content-type': TYPES.csv,
			'content-disposition': `attachment; filename="${name}.csv"`
		}
	});
}
