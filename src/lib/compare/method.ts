/** How the figures and groups of a comparison are made, term by term: on the page and in the annex. */
import { m } from '$lib/i18n/paraglide/messages.js';

export const methodEntries = (): [term: string, words: string][] => [
	[m.results_method_formula(), m.results_method_top2()],
	[m.results_method_interval_term(), m.results_method_interval()],
	[m.compare_method_groups_term(), m.compare_method_groups()],
	[m.compare_method_change_term(), m.compare_method_change()],
	[m.results_method_attribution_term(), m.results_method_attribution()],
	[m.results_method_suppression_term(), m.results_method_suppression()],
	[m.compare_method_funnel_term(), m.compare_method_funnel()],
	[m.compare_method_rank_term(), m.compare_method_rank()],
	[m.compare_method_rank_set_term(), m.compare_method_rank_set()]
];
