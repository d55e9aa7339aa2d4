/**
 * Which words of a version lack a translation, and when a translation that somebody had read must be
 * read again. Owns: what belongs to the texts of a language. Must not know: pages, who reads.
 */
import type { Item, Localised, Version } from './version.ts';

export const TRANSLATIONS = ['zh', 'en'] as const;
export type Translation = (typeof TRANSLATIONS)[number];

/** Who read a translation, and on which day. */
export type Readers = Partial<Record<Translation, { by: string; on: string }>>;

function lacksItem({ texts, gateTexts }: Item, language: Translation): boolean {
	return [texts, gateTexts].some((said) => {
		if (!said) return false;
		const words = said[language];
		return !words || (said.vi.help !== undefined && words.help === undefined);
	});
}

const lacks = (text: Localised | undefined, language: Translation) =>
	text !== undefined && !text[language];

/** Codes of the items and optional questions that lack words in a language. */
export function missingIn(version: Version, language: Translation): string[] {
	return [
		...version.items.filter((item) => lacksItem(item, language)),
		...version.facts.filter(({ text, note, choices }) =>
			[text, note, ...choices].some((words) => lacks(words, language))
		)
	].map(({ code }) => code);
}

/** Everything a version says in a language, to tell whether that has changed. */
function wordsIn(version: Version, language: Translation): string {
	return JSON.stringify([
		version.items.map(({ code, texts, gateTexts }) => [
			code,
			texts[language]?.text,
			texts[language]?.help,
			gateTexts?.[language]?.text,
			gateTexts?.[language]?.help
		]),
		version.facts.map(({ code, text, note, choices }) => [
			code,
			text[language],
			note?.[language],
			choices.map((choice) => choice[language])
		])
	]);
}

/** A form and who read its translations. */
export interface ReadVersion {
	definition: Version;
	readers: Readers;
}

/** What was read and has other words now is unread again. */
export function withUnread(before: ReadVersion, definition: Version): ReadVersion {
	const readers = { ...before.readers };
	const unchecked = new Set(definition.unchecked);
	for (const language of TRANSLATIONS) {
		if (wordsIn(before.definition, language) === wordsIn(definition, language)) continue;
		delete readers[language];
		unchecked.add(language);
	}
	return { definition: { ...definition, unchecked: [...unchecked] }, readers };
}

/** The mark that somebody has read a translation, set or taken away. */
export function withReader(
	{ definition, readers }: ReadVersion,
	language: Translation,
	reader: { by: string; on: string } | null
): ReadVersion {
	const unchecked = definition.unchecked.filter((other) => other !== language);
	const { [language]: _, ...others } = readers;
	if (!reader) {
		return { definition: { ...definition, unchecked: [...unchecked, language] }, readers: others };
	}
	return { definition: { ...definition, unchecked }, readers: { ...others, [language]: reader } };
}
