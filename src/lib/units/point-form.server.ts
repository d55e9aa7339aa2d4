/** What the form of a service point offers, in the reader's language; and the units that it names. */
import { fail } from '@sveltejs/kit';
import { withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { pointChoicesAt } from './points.server';
import { chosenUnit, unitChoice, type Asking } from './unit-choice.server';

/** @param at the unit of the point, or the place where it is going to be */
export async function pointOffer(asking: Asking, at: string) {
	const { client, locale } = asking;
	const [choices, places, deciders] = await Promise.all([
		pointChoicesAt(client, at),
		unitChoice(asking),
		unitChoice(asking, true)
	]);
	const inherited = choices.inherited ? inLocale(choices.inherited, locale) : '';
	return {
		...{ places, deciders },
		groups: choices.groups.map(({ id, code, names, unit }) => ({
			value: id,
			label: `${inLocale(names, locale)} (${code}, ${inLocale(unit, locale)})`
		})),
		people: choices.people.map(({ id, name }) => ({ value: id, label: name })),
		questionnaires: choices.questionnaires.map(({ id, names }) => ({
			value: id,
			label: inLocale(names, locale)
		})),
		inherited: inherited
			? m.units_questionnaire_inherited({ name: inherited })
			: m.units_questionnaire_none(),
		gateLine: inLocale(choices.gate_line, locale)
	};
}
export type PointOffer = Awaited<ReturnType<typeof pointOffer>>;

/** The unit at which the point stands and the one that decides, or the form with its problem. */
export async function unitsOfPoint(asking: Asking, form: FormData) {
	const place = await chosenUnit(asking, form, 'place');
	if (!place.ok) {
		return { refusal: fail(422, { back: withProblem(form, 'place', place.problem) }) };
	}
	if (!String(form.get('decides') ?? '').trim()) return { place: place.id, decides: place.id };
	const decides = await chosenUnit(asking, form, 'decides', true);
	if (!decides.ok) {
		return { refusal: fail(422, { back: withProblem(form, 'decides', decides.problem) }) };
	}
	return { place: place.id, decides: decides.id };
}
