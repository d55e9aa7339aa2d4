/** What a clearing has removed, in words: "12 phiếu trả lời, 4 ý kiến". */
import type { Locale } from '$lib/i18n/locale';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';

const WORDS: Record<string, (inputs: { count: string }) => string> = {
	responses: m.protection_removed_responses,
	comments: m.protection_removed_comments,
	codes: m.protection_removed_codes,
	accounts: m.protection_removed_accounts,
	names: m.protection_removed_names,
	invitation_addresses: m.protection_removed_addresses,
	jobs: m.protection_removed_jobs
};

/** Kinds without a word are left out; empty when nothing was removed. */
export function removedWords(removed: Record<string, number>, locale: Locale): string {
	return Object.entries(WORDS)
		.filter(([kind]) => (removed[kind] ?? 0) > 0)
		.map(([kind, word]) => word({ count: formatCount(removed[kind] ?? 0, locale) }))
		.join(', ');
}
