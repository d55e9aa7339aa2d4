/** The files of a comparison: the same reading call as the page, written in Vietnamese. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report } from '$lib/reports/report';
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
	const { supabase } = event.locals;
	const unit = comparison.unit.id;
	const { period } = comparison;
	if (!period) error(404, { message: m.compare_empty() });
	const [trend, help] = await Promise.all([
		readTrend(supabase, { unit, measure: null, step: null }),
		readHelp(supabase, { unit, period: period.code })
	]);
	const body = await inRequestLocale('vi', () => {
		const side = sideBySide(comparison, suitablePeers(comparison, query.peers));
		return write(reportOf(side, period, [trendPart(trend), helpPart(help)]));
	});
	return download(body, `${name}-${period.code}`, ending);
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
