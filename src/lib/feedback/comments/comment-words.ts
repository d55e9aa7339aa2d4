/** What themes, bands, hidden things, months and note states are called in the reader's language. */
import { inLocale } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { builtIn } from '$lib/questionnaire/built-in';
import type { NoteState } from './comment';
import type { Kind } from './masking';
import type { Theme } from './themes';

const THEME_NAMES: Record<Theme, () => string> = {
	waiting: m.comments_theme_waiting,
	papers: m.comments_theme_papers,
	attitude: m.comments_theme_attitude,
	skill: m.comments_theme_skill,
	openness: m.comments_theme_openness,
	promptness: m.comments_theme_promptness,
	facilities: m.comments_theme_facilities,
	online: m.comments_theme_online,
	replies: m.comments_theme_replies,
	praise: m.comments_theme_praise,
	other: m.comments_theme_other
};
const KIND_NAMES: Record<Kind, () => string> = {
	phone: m.comments_kind_phone,
	id: m.comments_kind_id,
	account: m.comments_kind_account,
	plate: m.comments_kind_plate,
	dossier: m.comments_kind_dossier,
	email: m.comments_kind_email,
	link: m.comments_kind_link,
	name: m.comments_kind_name
};
const STATE_NAMES: Record<NoteState, () => string> = {
	open: m.comments_state_open,
	doing: m.comments_state_doing,
	done: m.comments_state_done,
	dropped: m.comments_state_dropped
};
const BAND_NAMES: Record<string, () => string> = {
	1: m.comments_band_1,
	2: m.comments_band_2,
	3: m.comments_band_3
};
const DIMENSIONS = [
	['A', m.results_measure_access],
	['B', m.results_measure_procedure],
	['C', m.results_measure_conduct],
	['D', m.results_measure_result],
	['E', m.results_measure_complaints],
	['S', m.results_measure_overall]
] as const;

export const themeName = (theme: Theme): string => THEME_NAMES[theme]();
export const kindName = (kind: Kind): string => KIND_NAMES[kind]();
export const stateName = (state: NoteState): string => STATE_NAMES[state]();
export const bandName = (band: string): string => BAND_NAMES[band]?.() ?? band;

/** `2026-11` as "Tháng 11 năm 2026". */
export function monthName(month: string): string {
	const [year = '', number = ''] = month.split('-');
	return m.period_month({ number: Number(number), year });
}

/** What a note can be about: each dimension with the items of the longest form below it. */
export function subjectChoices(locale: Locale) {
	return DIMENSIONS.map(([code, name]) => ({
		code,
		name: name({}, { locale }),
		items: builtIn.sixteen.items
			.filter((item) => item.code.startsWith(code) && item.code !== 'S0')
			.map((item) => ({
				code: item.code,
				name: inLocale(
					{
						vi: item.texts.vi.text,
						zh: item.texts.zh?.text,
						en: item.texts.en?.text
					},
					locale
				)
			}))
	}));
}

/** The name of a dimension or item; its code where it has none. */
export function subjectName(subject: string, locale: Locale): string {
	for (const { code, name, items } of subjectChoices(locale)) {
		if (code === subject) return name;
		const item = items.find((one) => one.code === subject);
		if (item) return item.name;
	}
	return subject;
}
