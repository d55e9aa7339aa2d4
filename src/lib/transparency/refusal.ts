/**
 * What a public page answers when SQL refuses: the status SQL named with a sentence for the reader.
 * Everything else is passed on; hooks.server.ts logs it.
 */
import { error } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError, type DatabaseErrorKey } from '$lib/server/errors';

const SENTENCES: Partial<Record<DatabaseErrorKey, () => string>> = {
	unknown_organisation: m.public_unknown_place,
	unknown_unit: m.public_unknown_place,
	unknown_token: m.public_unknown_place,
	unknown_period: m.public_unknown_period
};

/** Ends the request of a page that shows results; never returns. */
export function refuse(failure: unknown): never {
	if (!(failure instanceof DatabaseError)) throw failure;
	const sentence = failure.key && SENTENCES[failure.key];
	if (sentence) error(failure.status, { message: sentence() });
	if (failure.status === 503) error(503, { message: m.public_busy() });
	throw failure;
}

/** 404 for an address that names nothing. */
export function unknownPlace(): never {
	error(404, { message: m.public_unknown_place() });
}
