/**
 * The invitation that somebody is in the middle of accepting while a mail is being confirmed: its
 * token waits an hour in a cookie, so that the mail's link leads back to it in the same browser.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { cookieName, cookieRules } from '$lib/server/supabase';

const name = () => cookieName('invitation');

export function rememberPath(event: RequestEvent, path: string): void {
	event.cookies.set(name(), path, { ...cookieRules(), maxAge: 60 * 60 });
}

/** The page to go back to, once. */
export function takePath(event: RequestEvent): string | undefined {
	const path = event.cookies.get(name());
	if (path) event.cookies.delete(name(), cookieRules());
	return path && /^\/(invite|first-setup)\/[\w-]{1,100}$/.test(path) ? path : undefined;
}
