/** What the database's refusals mean on the leader's page, in a sentence for the reader. */
import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';

const SENTENCES: Record<string, () => string> = {
	not_signed_in: m.office_signed_out,
	not_allowed: m.publish_house_only,
	unknown_period: m.public_unknown_period,
	period_running: m.publish_running,
	nothing_changed: m.publish_nothing_changed,
	changed_meanwhile: m.publish_changed_meanwhile,
	reason_missing: m.publish_reason_missing,
	text_too_long: m.publish_reason_long
};

/** The sentence for a key; undefined when the failure is ours. */
export function publishRefusal(key: string | undefined): string | undefined {
	return SENTENCES[key ?? '']?.();
}

/** Ends the request of a page with SQL's status and a sentence; what is our failure is passed on. */
export function refusePage(failure: unknown): never {
	const sentence = failure instanceof DatabaseError ? publishRefusal(failure.key) : undefined;
	if (!sentence || !(failure instanceof DatabaseError)) throw failure;
	error(failure.status, { message: sentence });
}
