import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import {
	DIMENSIONS,
	MAX_ITEMS,
	inOrder,
	moveItem,
	newItem,
	putItem,
	type ItemDimension
} from '$lib/questionnaire/draft';
import { edit, opened, openVersion, refused } from '$lib/questionnaire/editing.server';
import { itemRows, readyItems } from '$lib/questionnaire/item-rows';
import { ITEMS } from '$lib/questionnaire/item-data';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';
import { missingIn, TRANSLATIONS, withReader } from '$lib/questionnaire/translations';
import { dimensionName, languageName } from '$lib/questionnaire/words';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const open = await openVersion(supabase, event.params.version);
	const { definition, readers, publishedOn } = open;
	return {
		query: placeQuery(event),
		id: open.id,
		number: open.number,
		revision: open.revision,
		on: publishedOn && formatDate(publishedOn, locale),
		questionnaire: {
			id: open.questionnaire.id,
			name: inLocale(open.questionnaire.names, locale)
		},
		series: definition.series,
		seconds: definition.seconds,
		items: itemRows(definition),
		isFull: definition.items.length >= MAX_ITEMS,
		ready: readyItems(definition),
		dimensions: DIMENSIONS.map(([value]) => ({ value, label: dimensionName(value) })),
		facts: definition.facts.map(({ code, text }) => ({ code, text: text.vi })),
		translations: TRANSLATIONS.map((language) => {
			const reader = readers[language];
			return {
				language,
				name: languageName(language),
				missing: missingIn(definition, language),
				isChecked: !definition.unchecked.includes(language),
				reader: reader && { by: reader.by, on: formatDate(reader.on, locale) }
			};
		}),
		done: event.url.searchParams.get('done')
	};
};

const address = (event: RequestEvent, rest = '', more: Record<string, string> = {}) => {
	const query = new URLSearchParams({
		...Object.fromEntries(new URLSearchParams(placeQuery(event))),
		...more
	}).toString();
	return `/setup/questionnaires/version/${event.params.version}${rest}${query ? `?${query}` : ''}`;
};

/** Makes the change and shows the draft again, at the place that was changed. */
async function change(
	event: RequestEvent,
	form: FormData,
	by: Parameters<typeof edit>[2],
	anchor: string
) {
	try {
		await edit(event.locals.supabase, event.params.version, by);
	} catch (failure) {
		return refused(failure, form);
	}
	redirect(303, `${address(event)}#${anchor}`);
}

export const actions: Actions = {
	move: async (event) => {
		const form = await event.request.formData();
		const [code = '', step] = String(form.get('move')).split(' ');
		return change(
			event,
			form,
			({ definition }) => ({ definition: moveItem(definition, code, step === 'up' ? -1 : 1) }),
			`item-${code}`
		);
	},
	write: async (event) => {
		const form = await event.request.formData();
		const dimension = String(form.get('dimension') ?? '');
		const known = DIMENSIONS.some(([name]) => name === dimension);
		if (!known) {
			return fail(422, {
				back: withProblem(form, 'dimension', m.questionnaires_choose_dimension())
			});
		}
		redirect(303, address(event, '/item/new', { dimension }));
	},
	add: async (event) => {
		const form = await event.request.formData();
		const code = String(form.get('ready') ?? '');
		const data = ITEMS[code];
		if (!data) {
			return fail(422, { back: withProblem(form, 'ready', m.questionnaires_choose_ready()) });
		}
		const item = { ...newItem(code, data.dimension as ItemDimension), ...data, code };
		return change(
			event,
			form,
			({ definition }) => ({ definition: putItem(definition, item) }),
			`item-${code}`
		);
	},
	settings: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(
			z.object({
				series: z.enum(['quick', 'items']),
				seconds: z.enum(['30', '60', '120'])
			}),
			form
		);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { series } = parsed.data;
		const seconds = Number(parsed.data.seconds) as 30 | 60 | 120;
		return change(
			event,
			form,
			({ definition }) => ({ definition: inOrder({ ...definition, series, seconds }) }),
			'settings'
		);
	},
	checked: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(
			z.object({
				language: z.enum(TRANSLATIONS),
				by: z
					.string()
					.trim()
					.min(1, m.questionnaires_reader_missing())
					.max(120, m.questionnaires_name_long())
			}),
			form
		);
		const language = String(form.get('language'));
		if (!parsed.ok) {
			const sentence = parsed.state.problems.by ?? m.questionnaires_reader_missing();
			return fail(422, { back: withProblem(form, `by_${language}`, sentence) });
		}
		const on = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
		const { by } = parsed.data;
		return change(
			event,
			form,
			(open) => withReader(open, parsed.data.language, { by, on }),
			'translations'
		);
	},
	unchecked: async (event) => {
		const form = await event.request.formData();
		const language = z.enum(TRANSLATIONS).parse(form.get('language'));
		return change(event, form, (open) => withReader(open, language, null), 'translations');
	},
	discard: async (event) => {
		const form = await event.request.formData();
		if (form.get('sure') !== 'yes') {
			return fail(422, {
				back: withProblem(form, 'sure', m.questionnaires_discard_sure_missing())
			});
		}
		const { supabase } = event.locals;
		const { revision } = await openVersion(supabase, event.params.version);
		const left = await opened(questionnaires.discard(supabase, event.params.version, revision));
		redirect(303, `/setup/questionnaires${left ? `/${left}` : ''}${placeQuery(event)}`);
	}
};
