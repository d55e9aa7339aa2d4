/**
 * The only place that makes a Supabase client: publishable key, on the server, without a session.
 * Everybody who holds that key may do the same, so nothing here is a security boundary: SQL is.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { env } from './env';

let anonymous: SupabaseClient | undefined;

/** The client for people who are not signed in. One per process: it keeps no state of a request. */
export function anonymousClient(): SupabaseClient {
	return (anonymous ??= createClient(env().SUPABASE_URL, env().SUPABASE_PUBLISHABLE_KEY, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
	}));
}
