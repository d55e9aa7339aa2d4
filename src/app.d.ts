import type { Locale } from '$lib/i18n/locale';

declare global {
	namespace App {
		interface Locals {
			locale: Locale;
		}
		interface Error {
			/** A sentence for the reader, in the reader's language. */
			message: string;
			/** Number under which the log holds the fault; only for faults that are ours. */
			id?: string;
			/** Telephone of the office, where calling is the way out. */
			phone?: string;
		}
	}
}

export {};
