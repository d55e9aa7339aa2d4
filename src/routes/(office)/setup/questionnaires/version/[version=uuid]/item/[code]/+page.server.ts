import { error, fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { typedValues, withProblem, type FormState } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { DIMENSIONS, newItem, nextCode, putItem, removeItem } from '$lib/questionnaire/draft';
import { edit, markOf, openVersion, refused } from '$lib/questionnaire/editing.server';
import {
	askedChoices,
	askedOf,
	itemFields,
	LANGUAGES,
	parseItem
} from '$lib/questionnaire/item-form';
import { fieldLabels } from '$lib/questionnaire/item-labels';
import * as questionnaires from '$lib/questionnaire/questionnaires.server';
import type { OpenVersion } from '$lib/questionnaire/questionnaires.server';
import type { Item } from '$lib/questionnaire/version';
import { askedWords, dimensionName } from '$lib/questionnaire/words';

const MAX_AUDIO_BYTES = 204_800;

/** The item of the address, or a new one of the dimension that was chosen; null when it is gone. */
function itemOf(event: RequestEvent, { definition, knownItems }: OpenVersion): Item | null {
	const { code } = event.params;
	if (code !== 'new') return definition.items.find((item) => item.code === code) ?? null;
	const wanted = event.url.searchParams.get('dimension');
	const dimension = DIMENSIONS.find(([name]) => name === wanted)?.[0];
	const fresh = dimension && nextCode(dimension, definition, Object.keys(knownItems));
	return dimension && fresh ? newItem(fresh, dimension) : null;
}

const back = (event: RequestEvent, anchor: string) =>
	`/setup/questionnaires/version/${event.params.version}${placeQuery(event)}#${anchor}`;

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const open = await openVersion(supabase, event.params.version);
	if (open.publishedOn) redirect(303, back(event, 'items'));
	const item = itemOf(event, open);
	if (!item) error(404, { message: m.questionnaires_item_gone() });
	const isNew = event.params.code === 'new';
	return {
		query: placeQuery(event),
		version: open.id,
		name: inLocale(open.questionnaire.names, locale),
		isNew,
		code: item.code,
		dimension: dimensionName(item.dimension),
		dimensionKey: item.dimension,
		isOverall: item.code === 'S0',
		// A published code keeps its meaning: moment and 0 are not chosen again.
		isFixed: item.code in open.knownItems || item.code === 'S0',
		asked: askedChoices(item.dimension).map((value) => ({ value, label: askedWords(value) })),
		askedNow: askedWords(askedOf(item)),
		fields: itemFields(item),
		seen: isNew ? 'new' : markOf(item),
		audio: LANGUAGES.map((language) => ({ language, address: item.audio[language] })),
		done: event.url.searchParams.get('done')
	};
};

export const actions: Actions = {
	save: async (event) => {
		const form = await event.request.formData();
		const { supabase } = event.locals;
		const open = await openVersion(supabase, event.params.version);
		const item = itemOf(event, open);
		if (!item) error(404, { message: m.questionnaires_item_gone() });
		const parsed = parseItem(form, item, item.code in open.knownItems);
		if (!parsed.ok) return fail(422, { back: parsed.state });

		const seen = markOf(item);
		if (event.params.code !== 'new' && form.get('seen') !== seen) {
			const typed = typedValues(form);
			const now = itemFields(item);
			const labels = fieldLabels();
			const lines = changedLines(
				Object.keys(labels).map((field) => ({
					label: labels[field]!,
					mine: field === 'asked' ? askedWords(typed[field] ?? now[field]!) : (typed[field] ?? ''),
					now: field === 'asked' ? askedWords(now[field]!) : now[field]!
				}))
			);
			return fail(409, {
				back: { values: typed, problems: {} } as FormState,
				changed: { lines, seen }
			});
		}
		try {
			await edit(supabase, event.params.version, ({ definition }) => ({
				definition: putItem(definition, parsed.item)
			}));
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, back(event, `item-${parsed.item.code}`));
	},
	remove: async (event) => {
		const form = await event.request.formData();
		if (form.get('sure') !== 'yes') {
			return fail(422, { back: withProblem(form, 'sure', m.questionnaires_remove_sure_missing()) });
		}
		try {
			await edit(event.locals.supabase, event.params.version, ({ definition }) => ({
				definition: removeItem(definition, event.params.code)
			}));
		} catch (failure) {
			return refused(failure, form);
		}
		redirect(303, back(event, 'items'));
	},
	audio: async (event) => {
		const form = await event.request.formData();
		const language = String(form.get('language'));
		const file = form.get('file');
		const field = `audio_${language}`;
		const isRemoval = form.get('remove') === 'yes';
		if (!isRemoval && (!(file instanceof File) || file.size === 0)) {
			return fail(422, { back: withProblem(form, field, m.questionnaires_audio_missing()) });
		}
		if (file instanceof File && file.size > MAX_AUDIO_BYTES) {
			return fail(413, { back: withProblem(form, field, m.questionnaires_audio_large()) });
		}
		const { supabase } = event.locals;
		const { version, code } = event.params;
		try {
			const content = isRemoval ? null : Buffer.from(await (file as File).arrayBuffer());
			const { revision } = await openVersion(supabase, version);
			await questionnaires.putAudio(supabase, version, { item: code, language }, content, revision);
		} catch (failure) {
			return refused(failure, form, field);
		}
		const query = placeQuery(event);
		redirect(303, `${event.url.pathname}${query}${query ? '&' : '?'}done=audio#audio`);
	}
};
