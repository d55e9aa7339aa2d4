/** Units to choose from in a form, and which one was meant by what came back. */
import type { SupabaseClient } from '@supabase/supabase-js';
import { isUuid } from '$lib/forms/is-uuid';
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { meantUnit, type UnitChoice } from './unit-choice';
import { chooseUnits } from './units.server';

/** Who chooses: with which session, at which place, reading which language. */
export interface Asking {
	client: SupabaseClient;
	unit: string;
	locale: Locale;
}

/** @param everywhere the whole organisation instead of the subtree of the unit */
export async function unitChoice(
	{ client, unit, locale }: Asking,
	everywhere = false
): Promise<UnitChoice> {
	const { whole, units } = await chooseUnits(client, unit, everywhere);
	return {
		whole,
		options: units.map(({ id, names, depth }) => ({
			id,
			label: `${'\u2003'.repeat(depth)}${inLocale(names, locale)}`
		}))
	};
}

export type Chosen = { ok: true; id: string } | { ok: false; problem: string };

/**
 * The unit behind a posted UnitField: an id from the list, or a typed name or code.
 * @param everywhere as the field was offered (unitChoice)
 */
export async function chosenUnit(
	{ client, unit, locale }: Asking,
	form: FormData,
	name: string,
	everywhere = false
): Promise<Chosen> {
	const text = String(form.get(name) ?? '').trim();
	if (isUuid(text)) return { ok: true, id: text };
	// Left as it stood: two units may share that name.
	const was = String(form.get(`${name}_id`) ?? '');
	if (isUuid(was) && text === form.get(`${name}_was`)) return { ok: true, id: was };
	if (text === '') return { ok: false, problem: m.units_choose() };
	const { units } = await chooseUnits(client, unit, everywhere, text);
	const meant = meantUnit(text, units);
	if (meant) return { ok: true, id: meant.id };
	if (units.length === 0) return { ok: false, problem: m.units_choose_none({ typed: text }) };
	const names = units
		.slice(0, 5)
		.map(({ names, code, above }) => {
			const inside = above ? `, ${inLocale(above, locale)}` : '';
			return `${inLocale(names, locale)}${inside}${code ? ` (${code})` : ''}`;
		})
		.join('; ');
	return { ok: false, problem: m.units_choose_many({ names }) };
}
