import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { comparisonCsv } from '$lib/compare/comparison-files.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { toCsv } from '$lib/reports/csv';

/** Units × dimensions that have a target: figure, interval and what can be concluded. */
export const GET: RequestHandler = (event) =>
	comparisonCsv(event, placeOf(event), 'so-voi-chi-tieu', ({ tables }) => {
		const table = tables.find(({ id }) => id === 'targets');
		if (!table) error(404, { message: m.targets_no_target() });
		return toCsv(table);
	});
