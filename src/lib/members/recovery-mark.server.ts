/**
 * Whether this browser has just opened a recovery mail: for ten minutes a new password may then be set
 * without the old one. The mark is signed and bound to the person, like the mark of activity.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { env } from '$lib/server/env';
import { cookieName, cookieRules } from '$lib/server/supabase';
import { activityMark, idleSeconds } from './activity';

const SECONDS = 10 * 60;
const name = () => cookieName('recovery');
const subject = (person: string) => `recovery ${person}`;

export function markRecovery(event: RequestEvent, person: string): void {
	const mark = activityMark(env().TICKET_SECRET, subject(person), Date.now() / 1000);
	event.cookies.set(name(), mark, { ...cookieRules(), maxAge: SECONDS });
}

export function isRecovering(event: RequestEvent, person: string): boolean {
	const mark = event.cookies.get(name());
	const age = idleSeconds(mark, env().TICKET_SECRET, subject(person), Date.now() / 1000);
	return age !== undefined && age <= SECONDS;
}

export function forgetRecovery(event: RequestEvent): void {
	event.cookies.delete(name(), cookieRules());
}
