/** The tables of trend and what would help as CSV: the same reading calls as their pages, in Vietnamese. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { inRequestLocale } from '$lib/i18n/request-locale.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import { toCsv } from '$lib/reports/csv';
import type { ReportPart } from '$lib/reports/report';
import { readHelpQuery, readTrendQuery } from './address';
import { download } from './comparison-files.server';
import { helpPart } from './help-report';
import { readHelp } from './help.server';
import { readNearest, readWithinReach } from './reach.server';
import { trendPart } from './trend-report';
import { readTrend } from './trend.server';

type Event = Pick<RequestEvent, 'locals' | 'url'>;
interface Place {
	unit: { id: string };
}

function csvOf(name: string, part: () => ReportPart): Response {
	const body = inRequestLocale('vi', () => {
		const [table] = part().tables;
		return table ? toCsv(table) : null;
	});
	if (body === null) error(404, { message: m.compare_empty() });
	return download(body, name);
}

/** @throws 403, and 404 while no period is closed */
export async function trendCsv({ locals, url }: Event, place: Place): Promise<Response> {
	const { query } = readTrendQuery(url.searchParams);
	const { found } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readTrend(locals.supabase, { unit, measure: query.measure, step: query.step })
	);
	return csvOf(`xu-huong-${found.measure}-${found.step}`, () => trendPart(found));
}

/** @throws 403, and 404 where no item is shown in full */
export async function helpCsv({ locals, url }: Event, place: Place): Promise<Response> {
	const { query } = readHelpQuery(url.searchParams);
	const { found } = await readWithinReach(query.of, place.unit.id, (unit) =>
		readNearest({ period: query.period }, (wanted) =>
			readHelp(locals.supabase, { unit, ...wanted })
		)
	);
	const { nearest } = found;
	return csvOf(`sua-gi-truoc-${nearest.period?.code}`, () => helpPart(nearest));
}
