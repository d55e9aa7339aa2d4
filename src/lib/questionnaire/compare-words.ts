/**
 * A comparison of two versions in sentences: what goes on, what begins, what ends, what was reworded,
 * and what that means for the figures. Owns: their order and which heading each stands under.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Comparison } from './compare';
import { indexName } from './words';

export interface ChangeSection {
	title: string;
	/** What it means for the series. */
	meaning: string;
	lines: string[];
}

const codes = (list: readonly string[]) => list.join(', ');

/** The sections that have something to say, the most important first; empty when nothing has changed. */
export function comparisonWords(comparison: Comparison): ChangeSection[] {
	const { same, reworded, begins, ends, sameIndices, indices, facts } = comparison;
	const quote = ({ code, before, after }: { code: string; before: string; after: string }) =>
		m.questionnaires_change_reworded_line({ code, before, after });
	const brief = ({ code, text }: { code: string; text: string }) => `${code}: ${text}`;
	const sections: ChangeSection[] = [
		{
			title: m.questionnaires_change_same(),
			meaning: m.questionnaires_change_same_meaning(),
			lines: [
				...(same.length > 0 ? [m.questionnaires_change_items({ codes: codes(same) })] : []),
				...(sameIndices.length > 0
					? [m.questionnaires_change_indices({ names: sameIndices.map(indexName).join('; ') })]
					: [])
			]
		},
		{
			title: m.questionnaires_change_reworded(),
			meaning: m.questionnaires_change_reworded_meaning(),
			lines: [...reworded, ...facts.reworded].map(quote)
		},
		{
			title: m.questionnaires_change_index(),
			meaning: m.questionnaires_change_index_meaning(),
			lines: indices.map(({ measure, change, before, after }) => {
				const index = indexName(measure);
				if (change === 'begins') return m.questionnaires_change_index_begins({ index });
				if (change === 'ends') return m.questionnaires_change_index_ends({ index });
				const [was, is] = [codes(before), codes(after)];
				return m.questionnaires_change_index_mixed({ index, before: was, after: is });
			})
		},
		{
			title: m.questionnaires_change_begins(),
			meaning: m.questionnaires_change_begins_meaning(),
			lines: [...begins, ...facts.begins.map(({ code, text }) => ({ code, text: text.vi }))].map(
				brief
			)
		},
		{
			title: m.questionnaires_change_ends(),
			meaning: m.questionnaires_change_ends_meaning(),
			lines: [...ends, ...facts.ends.map(({ code, text }) => ({ code, text: text.vi }))].map(brief)
		}
	];
	if (comparison.isReordered) {
		const [title, meaning] = [
			m.questionnaires_change_order(),
			m.questionnaires_change_order_meaning()
		];
		sections.push({ title, meaning, lines: [m.questionnaires_change_order_line()] });
	}
	return sections.filter(({ lines }) => lines.length > 0);
}
