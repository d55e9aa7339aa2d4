/**
 * The only place that makes Supabase clients of the web process: publishable key, on the server.
 * Everybody who holds that key may do the same, so nothing here is a security boundary: SQL is.
 * Owns: how a session is kept in cookies. Must not know: what a signed-in person may do.
 */
import { createServerClient } from '@supabase/ssr';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Cookies } from '@sveltejs/kit';
import { env, isBehindTls } from './env';

const NO_SESSION = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false };

let anonymous: SupabaseClient | undefined;

/** The client for people who are not signed in. One per process: it keeps no state of a request. */
export function anonymousClient(): SupabaseClient {
	return (anonymous ??= freshClient());
}

/** A client of its own that forgets its session: for asking whether a password is right. */
export function freshClient(): SupabaseClient {
	return createClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, { auth: NO_SESSION });
}

/** What every cookie of ours has in common: no script reads it, no other site sends it with a form. */
export function cookieRules(): { httpOnly: true; sameSite: 'lax'; secure: boolean; path: '/' } {
	return { httpOnly: true, sameSite: 'lax', secure: isBehindTls(), path: '/' };
}

/** Behind TLS the prefix makes the browser itself insist on Secure, this host and path /. */
export function cookieName(name: string): string {
	return isBehindTls() ? `__Host-lang-nghe-${name}` : `lang-nghe-${name}`;
}

/**
 * The client of one request, with the session of its cookies; refreshed tokens go back into them.
 * @param onWrite called when cookies were written: the answer must then not be kept by any cache
 */
export function sessionClient(cookies: Cookies, onWrite: () => void): SupabaseClient {
	return createServerClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
		cookieOptions: { ...cookieRules(), name: cookieName('session') },
		cookies: {
			getAll: () => cookies.getAll(),
			setAll: (written) => {
				for (const { name, value, options } of written) {
					cookies.set(name, value, { ...options, ...cookieRules() });
				}
				onWrite();
			}
		}
	});
}
