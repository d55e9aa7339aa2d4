/** The end of a unit in a form: the day and the reason, the same for closing, merging and splitting. */
import { z } from 'zod';
import { m } from '$lib/i18n/paraglide/messages.js';

/** Sentences are evaluated per request. */
export const endingShape = () => ({
	on: z.iso.date(m.units_date_wrong()),
	reason: z.string().trim().min(1, m.units_reason_missing()).max(500, m.units_too_long())
});

/** Today at the office, as a date field writes it. */
export function todayHere(): string {
	return new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
}
