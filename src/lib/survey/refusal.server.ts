/**
 * From a database's refusal to the page that says so: 404, 410 and 503 in the reader's language.
 * Owns: which sentence belongs to which refusal of a whole page. Must not know: fields of a form.
 */
import { error } from '@sveltejs/kit';
import { z } from 'zod';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';

/** Seconds after which a busy server may be asked again. */
export const RETRY_AFTER_SECONDS = 5;

const closedSchema = z.object({ phone: z.string() });

function phoneIn(details: string | undefined): string | undefined {
	try {
		return closedSchema.parse(JSON.parse(details ?? '')).phone;
	} catch {
		return undefined;
	}
}

/**
 * Throws the error page for a refusal that a citizen can meet, anything else as it came.
 * @param setHeaders of the Kit event, for Retry-After
 */
export function refuse(
	cause: unknown,
	setHeaders: (headers: Record<string, string>) => void
): never {
	if (!(cause instanceof DatabaseError)) throw cause;
	if (cause.key === 'unknown_code') {
		const way = { href: '/m', label: m.slip_code_type_again() };
		error(404, { message: m.slip_code_unknown(), way });
	}
	if (cause.status === 404) error(404, { message: m.error_form_not_found() });
	if (cause.key === 'point_closed') {
		const phone = phoneIn(cause.details);
		error(410, { message: m.error_point_closed({ phone: phone ?? '…' }), phone });
	}
	if (cause.key === 'token_replaced') {
		error(410, { message: m.units_token_replaced(), phone: phoneIn(cause.details) });
	}
	if (cause.status === 503) {
		setHeaders({ 'retry-after': String(RETRY_AFTER_SECONDS) });
		error(503, { message: m.error_busy_open() });
	}
	throw cause;
}
