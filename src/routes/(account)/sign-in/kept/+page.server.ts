/**
 * Where a form goes that was posted after the session or the right had ended (gate.server.ts): shows
 * what was typed, lets the person sign in, and then sends the same form to where it was meant to go.
 */
import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { readForm } from '$lib/server/form-body';
import { refusalOf, type Refusal } from '$lib/members/gate.server';
import { keptFields, localPath, parseKept, type KeptFields } from '$lib/members/kept-form';
import { readSession } from '$lib/members/session.server';
import { signInWith } from '$lib/members/sign-in-form.server';

const MOST_BYTES = 1024 * 1024;

/** What is shown: the kept fields, and what is still missing before they can be sent on. */
function show(to: string, fields: KeptFields, missing: Refusal | undefined) {
	return { to, fields, missing, kept: JSON.stringify(fields), values: {}, problems: {} };
}

async function missingFor(event: RequestEvent, to: string): Promise<Refusal | undefined> {
	return refusalOf(await readSession(event), new URL(to, event.url).pathname);
}

export const load: PageServerLoad = ({ request }) => {
	// Without a kept form there is nothing to see here (somebody has reloaded the page).
	if (request.method === 'GET') redirect(303, '/sign-in');
};

export const actions: Actions = {
	keep: async (event) => {
		const fields = keptFields(await readForm(event.request, MOST_BYTES));
		const to = localPath(event.url.searchParams.get('to'));
		const told = event.url.searchParams.get('why');
		const missing = await missingFor(event, to);
		// The gate has ended an idle session, so it can only be asked what it found.
		return fail(401, show(to, fields, missing === 'none' && told === 'idle' ? 'idle' : missing));
	},
	signIn: async (event) => {
		const form = await event.request.formData();
		const fields = parseKept(form.get('kept'));
		const to = localPath(String(form.get('to') ?? ''));
		const signedIn = await signInWith(event, form);
		if ('state' in signedIn) {
			const { values, problems } = signedIn.state;
			const email = values.email ?? '';
			return fail(signedIn.status, { ...show(to, fields, 'none'), values: { email }, problems });
		}
		return show(to, fields, await missingFor(event, to));
	}
};
