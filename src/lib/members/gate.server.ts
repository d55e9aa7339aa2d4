/**
 * The door of the office pages, passed by every request to routes/(office): nobody gets in without a
 * session, and a form that arrives after the session or the right has ended is not thrown away but
 * carried to /sign-in/kept, where its text waits until the person has signed in again.
 * It decides about addresses only; about data, SQL decides.
 */
import { json, redirect, type RequestEvent } from '@sveltejs/kit';
import { mayOpen } from './pages';
import { readSession, type Session } from './session.server';

/** Office routes that show something without a session too; they look at the session themselves. */
const OPEN_ROUTES = /^\/\(office\)\/posters\/\[point=token\]/;

export type Refusal = 'idle' | 'none' | 'half' | 'withdrawn';

/** What keeps this session from the address, if anything. */
export function refusalOf(session: Session, path: string): Refusal | undefined {
	if (session.state !== 'in') return session.state;
	const { place } = session;
	if (!place) return path === '/office' || path === '/account' ? undefined : 'withdrawn';
	return mayOpen(path, place.roles) ? undefined : 'withdrawn';
}

/** A form sent by script (use:enhance) keeps its text in the page; it only has to be told. */
function tellScript(refusal: Refusal): Response {
	// The data of an action travels in devalue's form: a list whose numbers point into itself.
	const data = JSON.stringify([{ session: 1 }, refusal]);
	return json({ type: 'failure', status: 401, data });
}

/** Reads the session into `event.locals` and lets the request pass, or answers in its place. */
export async function passGate(event: RequestEvent): Promise<Response | undefined> {
	const session = await readSession(event);
	event.locals.session = session;
	if (OPEN_ROUTES.test(event.route.id ?? '')) return undefined;
	const { pathname, search } = event.url;
	const refusal = refusalOf(session, pathname);
	if (!refusal) return undefined;

	if (event.request.method !== 'GET' && event.request.method !== 'HEAD') {
		if (event.request.headers.get('x-sveltekit-action') === 'true') return tellScript(refusal);
		// 307 sends the same form once more, to where it is kept.
		const to = new URLSearchParams({ to: pathname + search, why: refusal });
		redirect(307, `/sign-in/kept?/keep&${to}`);
	}
	// The first page says what the person may do now, and that this address is not among it.
	if (refusal === 'withdrawn') redirect(303, '/office?refused=1');
	const to = new URLSearchParams({ to: pathname + search });
	if (refusal === 'idle') to.set('why', 'idle');
	redirect(303, refusal === 'half' ? `/sign-in/code?${to}` : `/sign-in?${to}`);
}
