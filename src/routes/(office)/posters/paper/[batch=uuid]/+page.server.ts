import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { typedValues, withProblem, type FormState } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { differences, settled } from '$lib/posters/differences';
import { askedOf, formOfKeys, keyed, paperQuestions, type PaperScope } from '$lib/posters/paper';
import * as paper from '$lib/posters/paper.server';
import { printRefusal, sheetRefusal } from '$lib/posters/refusal.server';
import { DatabaseError } from '$lib/server/errors';
import { parseAnswers } from '$lib/survey/answers';

const scopeOf = (batch: paper.PaperBatch): PaperScope => ({
	version: batch.definition,
	moment: batch.point.moment,
	wording: batch.point.wording,
	groups: batch.procedure_groups
});

/** What stands under a key of a difference: the digits as on the sheet, words where there are none. */
function shownValue(key: string, value: string, batch: paper.PaperBatch): string {
	if (value === '') return m.paper_blank();
	const questions = keyed(paperQuestions(scopeOf(batch), batch.language));
	const question = questions.find(({ name }) => name === key);
	if (question?.kind !== 'choice') return value;
	const pressed: Record<string, string> = { self: '1', helped: '2', staff: '3' };
	return value
		.split(' ')
		.map((one) => question.choices.find((choice) => choice.value === (pressed[one] ?? one))?.text)
		.join(', ');
}

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const batch = await paper.readBatch(supabase, event.params.batch).catch((failure: unknown) => {
		if (failure instanceof DatabaseError && failure.status === 403) {
			error(404, { message: m.paper_unknown() });
		}
		throw failure;
	});
	const questions = paperQuestions(scopeOf(batch), batch.language);
	// A sheet to be keyed anew: both keyings were wrong, or it was refused.
	const wanted = Number(event.url.searchParams.get('sheet'));
	const open = [...batch.differences, ...batch.refused];
	const texts = new Map(questions.map(({ name, text }) => [name, text]));
	return {
		query: placeQuery(event),
		number: batch.number,
		state: batch.state,
		mine: batch.mine,
		point: inLocale(batch.point.labels, locale),
		unit: inLocale(batch.unit, locale),
		day: formatDate(batch.day, locale),
		halfDay: batch.half_day,
		questions,
		keyed: batch.keyed,
		sample: batch.sample,
		sampleKeyed: batch.sample_keyed,
		nextAgain: batch.next_again,
		anew: open.find(({ number }) => number === wanted)?.number ?? null,
		refused: batch.refused.map(({ number, key }) => ({ number, why: sheetRefusal(key) })),
		differences: batch.differences.map(({ number, first, second }) => ({
			number,
			lines: differences(first, second, batch.definition.items).map((line) => ({
				key: line.key,
				text: texts.get(line.key) ?? (line.key === 'M0' ? m.slips_moment() : line.key),
				first: shownValue(line.key, line.first, batch),
				second: shownValue(line.key, line.second, batch)
			}))
		}))
	};
};

type Event = RequestEvent<{ batch: string }>;

/** Runs a step; a refusal becomes a sentence on the page, what was typed stays. */
async function step<T>(form: FormData, work: () => Promise<T>) {
	try {
		return await work();
	} catch (failure) {
		return refusedForm(failure, form, (refusal) => ({ sentence: printRefusal(refusal) }));
	}
}

/** @param as the first keying, the second one of the sample, or the last word on a sheet */
async function keySheet(event: Event, as: 'first' | 'again' | 'settled') {
	const { supabase } = event.locals;
	const form = await event.request.formData();
	return step(form, async () => {
		const batch = await paper.readBatch(supabase, event.params.batch);
		const scope = scopeOf(batch);
		const questions = keyed(paperQuestions(scope, batch.language));
		const parsed = parseAnswers(formOfKeys(questions, form), askedOf(scope));
		const number = Number(form.get('number'));
		if (!parsed.ok) {
			const problems: FormState['problems'] = {};
			for (const { field, key } of parsed.faults) {
				if (key === 'no_rating') problems.form = m.paper_no_rating();
				else if (key === 'comment_too_long') problems[field] = m.error_comment_too_long();
				else problems[field] = m.paper_wrong_key();
			}
			return fail(422, { back: { values: typedValues(form), problems } });
		}
		const answers = paper.asKept(parsed.answers);
		if (as === 'settled') {
			await paper.settleSheet(supabase, event.params.batch, number, answers);
			return { settled: 1 };
		}
		const sheet = { number, answers, isAgain: as === 'again' };
		await paper.keySheet(supabase, event.params.batch, sheet);
		return { kept: number };
	});
}

const moveOn = (to: Parameters<typeof paper.moveOn>[2]) => async (event: Event) => {
	const form = await event.request.formData();
	const refused = await step(form, () =>
		paper.moveOn(event.locals.supabase, event.params.batch, to)
	);
	if (refused) return refused;
	redirect(303, `/posters/paper/${to === 'drop' ? '' : event.params.batch}${placeQuery(event)}`);
};

export const actions: Actions = {
	key: (event) => keySheet(event, 'first'),
	again: (event) => keySheet(event, 'again'),
	anew: (event) => keySheet(event, 'settled'),
	undo: async (event) => {
		const form = await event.request.formData();
		return step(form, async () => ({
			undone: await paper.undoSheet(event.locals.supabase, event.params.batch)
		}));
	},
	settle: async (event) => {
		const { supabase } = event.locals;
		const form = await event.request.formData();
		return step(form, async () => {
			const batch = await paper.readBatch(supabase, event.params.batch);
			const { items } = batch.definition;
			const open = batch.differences.flatMap(({ number, first, second }) =>
				differences(first, second, items).map(({ key }) => `${number}-${key}`)
			);
			const isDecided = (name: string) => /^(first|second)$/.test(String(form.get(name) ?? ''));
			if (!open.every(isDecided)) {
				return fail(422, { back: withProblem(form, 'form', m.paper_decide_all()) });
			}
			for (const { number, first, second } of batch.differences) {
				const isSecond = (key: string) => form.get(`${number}-${key}`) === 'second';
				const right = settled(first, second, items, isSecond);
				await paper.settleSheet(supabase, event.params.batch, number, right);
			}
			return { settled: batch.differences.length };
		});
	},
	close: moveOn('close'),
	submit: moveOn('submit'),
	drop: moveOn('drop')
};
