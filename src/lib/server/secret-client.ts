// The only place that makes a client with the secret key, which bypasses RLS. The worker and
// cases/attachments.server.ts may import it (ESLint says so); nothing that answers a request may.

import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import type { Database } from './database.types.ts';

/**
 * A client that may do everything, for timed and outgoing work.
 * @throws when SUPABASE_URL or SUPABASE_SECRET_KEY is missing
 */
export function createSecretClient(env: NodeJS.ProcessEnv): SupabaseClient<Database> {
	const { SUPABASE_URL: url, SUPABASE_SECRET_KEY: key } = env;
	if (!url || !key) throw new Error('SUPABASE_URL and SUPABASE_SECRET_KEY are needed');
	return createClient<Database>(url, key, {
		auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
	});
}
