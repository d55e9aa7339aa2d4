/**
 * Carries the locale of a request to the message functions while pages are rendered.
 * Requests run side by side, so a global variable would let one reader's language leak into
 * another's page: the locale lives in an AsyncLocalStorage that paraglide reads.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { overwriteServerAsyncLocalStorage } from './paraglide/runtime.js';
import type { Locale } from './locale';

interface Store {
	locale: Locale;
	origin: string;
	messageCalls: Set<string>;
}

const store = new AsyncLocalStorage<Store>();
overwriteServerAsyncLocalStorage(store as never);

/** Runs `render` (and everything it awaits) with the messages in `locale`. */
export function inRequestLocale<T>(locale: Locale, render: () => T): T {
	return store.run({ locale, origin: 'http://localhost', messageCalls: new Set() }, render);
}
