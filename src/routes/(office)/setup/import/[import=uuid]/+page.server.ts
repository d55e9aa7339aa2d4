import { error, fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { COLUMNS, type FileKind } from '$lib/exchange/columns';
import * as imports from '$lib/exchange/imports.server';
import { importRefusal, kindLabel, rowSentence } from '$lib/exchange/words';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

const SHOWN = ['wrong', 'added', 'changed', 'unchanged'] as const;
type Shown = (typeof SHOWN)[number];

/** Refusals that the reader can do something about, as a page or as a line on it. */
function refusal(failure: unknown) {
	const known = failure instanceof DatabaseError ? failure : undefined;
	const sentence = importRefusal(known?.key, known?.details);
	if (!known || !sentence) throw failure;
	return { status: known.status, sentence };
}

/** The cells of a row in one line, in the order of the columns. */
function lineOf(kind: FileKind, cells: Record<string, unknown>): string {
	return COLUMNS[kind]
		.flatMap(({ field, write }) => (field in cells ? [String(write(cells[field]))] : []))
		.join(' · ');
}

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { locale, supabase } = locals;
	const unitId = placeOf(event).unit.id;
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const asked = url.searchParams.get('show');
	const show = SHOWN.find((one) => one === asked);
	const load = async (what: Shown) => imports.read(supabase, params.import, what, offset);
	const found = await load(show ?? 'wrong').catch((failure: unknown) => {
		const { status, sentence } = refusal(failure);
		error(status, { message: sentence });
	});
	if (found.kind === 'answers') redirect(303, `/setup/import/answers/${found.id}?unit=${unitId}`);
	const { kind } = found;
	const summary = imports.summaryOf(found);
	// Without a wrong row what would happen is what one wants to see.
	const first =
		show ?? (summary && summary.wrong === 0 ? (summary.added ? 'added' : 'changed') : 'wrong');
	const page = first === 'wrong' || show ? found : await load(first);
	return {
		...{ unitId, summary, offset, show: first, pageSize: imports.PAGE_SIZE },
		id: found.id,
		kindId: kind,
		kind: kindLabel(kind),
		file: found.file,
		isApplied: found.state === 'applied',
		unit: inLocale(found.unit.names, locale),
		day: formatDate(found.asked_on, locale),
		rows: page.rows.map(({ number, cells, problems }) => ({
			number,
			line: Array.isArray(cells) ? '' : lineOf(kind, cells),
			problems: problems.map((problem) => rowSentence(kind, problem))
		}))
	};
};

const act = async (work: () => Promise<unknown>) => {
	try {
		await work();
		return undefined;
	} catch (failure) {
		const { status, sentence } = refusal(failure);
		return fail(status, { back: { values: {}, problems: { form: sentence } } });
	}
};

export const actions: Actions = {
	apply: (event) => act(() => imports.apply(event.locals.supabase, event.params.import)),
	check: (event) => act(() => imports.check(event.locals.supabase, event.params.import)),
	discard: async (event) => {
		const failed = await act(() => imports.discard(event.locals.supabase, event.params.import));
		if (failed) return failed;
		redirect(303, `/setup/import?unit=${placeOf(event).unit.id}`);
	}
};
