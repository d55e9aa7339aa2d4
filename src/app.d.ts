import type { SupabaseClient } from '@supabase/supabase-js';
import type { Locale } from '$lib/i18n/locale';
import type { Outcome } from '$lib/survey/receive.server';
import type { Session } from '$lib/members/session.server';

declare global {
	namespace App {
		interface Locals {
			locale: Locale;
			/** Outcome of a citizen's posted form, when it was received before the action ran. */
			posted?: Promise<Outcome>;
			/** The client of this request, with the session of its cookies. Citizen pages never touch it. */
			supabase: SupabaseClient;
			/** Who asks; read by the gate of the office pages. */
			session: Session;
		}
		interface Error {
			/** A sentence for the reader, in the reader's language. */
			message: string;
			/** Number under which the log holds the fault; only for faults that are ours. */
			id?: string;
			/** Telephone of the office, where calling is the way out. */
			phone?: string;
			/** Where one may go on instead: an address of ours and its words. */
			way?: { href: string; label: string };
		}
	}
}

export {};
