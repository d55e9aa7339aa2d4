/** The files of a comparison: the same reading call as the page, written in Vietnamese. */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { SupabaseClient } from '@supabase/supabase-js';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report, ReportPart } from '$lib/reports/report';
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

/**
 * The file for a request.
 * @param name of the file without the period and the ending, in ASCII
 * @throws 404 while nothing has been released
 */
export async function comparisonFile(
	event: Pick<RequestEvent, 'locals' | 'url'>,
	place: { unit: { id: string } },
	name: string,
	ending: keyof typeof TYPES,
	write: (report: Report) => Promise<Buffer> | string
): Promise<Response> {
	const { query, comparison } = await loadComparison(event, place);
	const { period } = comparison;
	if (!period) error(404, { message: m.compare_empty() });
	// A CSV is one table of the comparison; trend and help have files of their own.
	const partsOf =
		ending === 'csv'
			? () => []
			: await readParts(event.locals.supabase, comparison.unit.id, period.code);
	const body = await inRequestLocale('vi', () => {
		const side = sideBySide(comparison, suitablePeers(comparison, query.peers));
		return write(reportOf(side, period, partsOf()));
	});
	return download(body, `${name}-${period.code}`, ending);
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

/** A file that the browser saves. */
export function download(
	body: Buffer | string,
	name: string,
	ending: keyof typeof TYPES
): Response {
	return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
		headers: {
			'content-type': TYPES[ending],
			'content-disposition': `attachment; filename="${name}.${ending}"`
		}
	});
}
