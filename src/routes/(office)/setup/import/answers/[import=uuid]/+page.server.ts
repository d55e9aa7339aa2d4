import { error, fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseColumns, parseValues } from '$lib/exchange/answer-forms';
import * as answers from '$lib/exchange/answers.server';
import { columnsStep, resultStep, valuesStep } from '$lib/exchange/answer-steps.server';
import * as imports from '$lib/exchange/imports.server';
import { importRefusal } from '$lib/exchange/words';
import { typedValues, type FormState } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

function refusal(failure: unknown) {
	const known = failure instanceof DatabaseError ? failure : undefined;
	const sentence = importRefusal(known?.key, known?.details);
	if (!known || !sentence) throw failure;
	return { status: known.status, sentence };
}

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { locale, supabase } = locals;
	const unitId = placeOf(event).unit.id;
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const asked = url.searchParams.get('step');
	const found = await imports
		.read(supabase, params.import, asked === 'columns' ? 'all' : 'wrong', offset)
		.catch((failure: unknown) => {
			const { status, sentence } = refusal(failure);
			error(status, { message: sentence });
		});
	if (found.kind !== 'answers') redirect(303, `/setup/import/${found.id}?unit=${unitId}`);
	const common = {
		unitId,
		id: found.id,
		file: found.file,
		day: formatDate(found.asked_on, locale)
	};
	const isOpen = found.state === 'uploaded' || found.state === 'checked';
	if (isOpen && (asked === 'columns' || !found.mapping)) {
		const version = url.searchParams.get('version');
		const shown = asked === 'columns' ? found : await imports.read(supabase, found.id, 'all', 0);
		return { ...common, columns: await columnsStep(supabase, shown, version, locale) };
	}
	if (isOpen && (asked === 'values' || found.state === 'uploaded')) {
		return { ...common, values: await valuesStep(supabase, found, locale) };
	}
	return { ...common, result: resultStep(found, offset) };
};

const back = (form: FormData, problems: Record<string, string>) =>
	({ back: { values: typedValues(form), problems } satisfies FormState }) as const;

/** @param atField the problems of a refusal that belongs to a field, by its key */
async function saved(
	event: RequestEvent,
	form: FormData,
	work: () => Promise<void>,
	to: string,
	atField?: (key: string | undefined) => Record<string, string> | undefined
) {
	try {
		await work();
	} catch (failure) {
		const { status, sentence } = refusal(failure);
		const key = failure instanceof DatabaseError ? failure.key : undefined;
		return fail(status, back(form, atField?.(key) ?? { form: sentence }));
	}
	redirect(303, `?unit=${placeOf(event).unit.id}${to}`);
}

const MISSING = {
	item: m.exchange_answers_no_item,
	date: m.exchange_answers_no_date,
	place: m.exchange_answers_no_place
};

export const actions: Actions = {
	columns: async (event) => {
		const form = await event.request.formData();
		const parsed = parseColumns(form);
		if ('missing' in parsed) {
			const problems = parsed.missing.map((one) => [one === 'item' ? 'form' : one, MISSING[one]()]);
			return fail(422, back(form, Object.fromEntries(problems) as Record<string, string>));
		}
		const { supabase } = event.locals;
		const save = () => answers.saveColumns(supabase, event.params.import, parsed.columns);
		return saved(event, form, save, '&step=values');
	},
	values: async (event) => {
		const form = await event.request.formData();
		const { open, ...chosen } = parseValues(form);
		if (open.length > 0) {
			const problems = open.map((name) => [name, m.exchange_answers_choose_meaning()]);
			return fail(422, back(form, Object.fromEntries(problems) as Record<string, string>));
		}
		const { supabase } = event.locals;
		return saved(event, form, () => answers.saveValues(supabase, event.params.import, chosen), '');
	},
	queue: async (event) => {
		const form = await event.request.formData();
		const skip = form.get('skip') === 'yes';
		const { supabase } = event.locals;
		const queue = () => answers.queue(supabase, event.params.import, skip);
		return saved(event, form, queue, '', (key) =>
			key === 'import_refused' && !skip ? { skip: m.exchange_answers_skip_missing() } : undefined
		);
	},
	discard: async (event) => {
		const form = await event.request.formData();
		try {
			await imports.discard(event.locals.supabase, event.params.import);
		} catch (failure) {
			const { status, sentence } = refusal(failure);
			return fail(status, back(form, { form: sentence }));
		}
		redirect(303, `/setup/import?unit=${placeOf(event).unit.id}`);
	}
};
