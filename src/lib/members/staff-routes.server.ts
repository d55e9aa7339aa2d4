/**
 * What requests of staff have and citizens' have not: a session client, and a cookie that remembers
 * the language. Citizen and public pages never read or set a cookie.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { SupabaseClient } from '@supabase/supabase-js';
import { isLocale, type Locale } from '$lib/i18n/locale';
import { isFramedRoute } from '$lib/server/origin';
import { cookieName, cookieRules, sessionClient } from '$lib/server/supabase';

const YEAR = 365 * 24 * 60 * 60;

/** Gives the request of a staff page its client; undefined for every other page. */
export function forStaff(
	event: RequestEvent
): { isOffice: boolean; language: Locale | null } | undefined {
	const isOffice = event.route.id?.startsWith('/(office)/') ?? false;
	if (!isOffice && !event.route.id?.startsWith('/(account)/')) return undefined;

	let client: SupabaseClient | undefined;
	Object.defineProperty(event.locals, 'supabase', {
		configurable: true,
		enumerable: true,
		get: () => (client ??= sessionClient(event.cookies, () => {}))
	});

	const asked = event.url.searchParams.get('lang');
	const name = cookieName('language');
	// A frame shows what citizens read in a language: that is no choice of the reader's own.
	if (isLocale(asked) && !isFramedRoute(event.route.id)) {
		event.cookies.set(name, asked, { ...cookieRules(), maxAge: YEAR });
	}
	const kept = event.cookies.get(name);
	return { isOffice, language: isLocale(kept) ? kept : null };
}
