/** The questions of a version as the editor lists them: one row each, in the reader's words. */
import { m } from '$lib/i18n/paraglide/messages.js';
import { canMove } from './draft';
import { ITEMS } from './item-data';
import { missingIn, TRANSLATIONS } from './translations';
import type { Version } from './version';
import { askedOfItem, dimensionName, languageName } from './words';

export interface ItemRow {
	code: string;
	text: string;
	help: string | undefined;
	dimension: string;
	/** The first of its dimension: its heading stands above. */
	isFirst: boolean;
	/** Whom it is asked, and what else sets it apart. */
	remarks: string[];
	/** Names of the languages that lack words. */
	missing: string[];
	canGoUp: boolean;
	canGoDown: boolean;
}

/** All rows, in the order of the form. */
export function itemRows(version: Version): ItemRow[] {
	const lacking = TRANSLATIONS.map((language) => [language, missingIn(version, language)] as const);
	return version.items.map((item, index) => {
		const spoken = (['vi', 'zh', 'en'] as const).filter((language) => item.audio[language]);
		const languages = spoken.map(languageName).join(', ');
		return {
			code: item.code,
			text: item.texts.vi.text,
			help: item.texts.vi.help,
			dimension: dimensionName(item.dimension),
			isFirst: version.items[index - 1]?.dimension !== item.dimension,
			remarks: [
				askedOfItem(item),
				...(item.measure === null ? [m.questionnaires_own_line()] : []),
				...(item.gateTexts ? [m.questionnaires_has_gate()] : []),
				...(spoken.length > 0 ? [m.questionnaires_has_audio({ languages })] : [])
			],
			missing: lacking
				.filter(([, codes]) => codes.includes(item.code))
				.map(([language]) => languageName(language)),
			canGoUp: canMove(version, item.code, -1),
			canGoDown: canMove(version, item.code, 1)
		};
	});
}

/** Built-in questions that this version does not ask yet. */
export function readyItems(version: Version): { code: string; text: string }[] {
	return Object.entries(ITEMS)
		.filter(([code]) => !version.items.some((item) => item.code === code))
		.map(([code, { texts }]) => ({ code, text: texts.vi.text }));
}
