/** States and kinds of reports in words. */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { PeriodKind } from '$lib/scoring/period';
import type { Progress } from './due';

export const PROGRESS: Record<Progress, () => string> = {
	not_begun: m.reports_not_begun,
	prepared: m.reports_prepared,
	sent: m.reports_sent
};

/** In the order of the form: what most offices report on comes first. */
export const KINDS: Record<PeriodKind, () => string> = {
	half: m.reports_kind_half,
	nine_months: m.reports_kind_nine_months,
	year: m.reports_kind_year,
	quarter: m.reports_kind_quarter,
	month: m.reports_kind_month
};
