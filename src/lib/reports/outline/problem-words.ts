/** What is wrong with an uploaded outline, and what to do about it, in one sentence. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { OutlineProblem } from './package.server';

const WORDS: Record<OutlineProblem['kind'], (at: { where: string }) => string> = {
	too_large: () => m.reports_outline_too_large(),
	not_word: () => m.reports_outline_not_word(),
	damaged: () => m.reports_outline_damaged(),
	bomb: () => m.reports_outline_bomb(),
	protected: () => m.reports_outline_protected(),
	macros: (at) => m.reports_outline_macros(at),
	embedded: (at) => m.reports_outline_embedded(at),
	external: (at) => m.reports_outline_external(at),
	bad_xml: (at) => m.reports_outline_bad_xml(at),
	not_alone: (at) => m.reports_outline_not_alone(at),
	empty: () => m.reports_outline_empty()
};

/** A name out of a file is shown short, and only its plain part. */
export const problemWords = ({ kind, where }: OutlineProblem): string =>
	WORDS[kind]({ where: where.slice(0, 80) });
