/** The three groups in words and signs, in the order in which they are shown. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Group } from '$lib/scoring/peers';

export const GROUPS: readonly { group: Group; sign: string; words: () => string }[] = [
	{ group: 'above', sign: '▲', words: m.compare_group_above },
	{ group: 'not_distinguishable', sign: '━', words: m.compare_group_same },
	{ group: 'below', sign: '▼', words: m.compare_group_below },
	{ group: 'not_compared', sign: '', words: m.compare_group_none }
];

export const groupWords = (group: Group): string =>
	GROUPS.find((each) => each.group === group)!.words();
