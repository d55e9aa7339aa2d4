import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { localPath } from '$lib/members/kept-form';
import { readSession } from '$lib/members/session.server';
import { signInWith } from '$lib/members/sign-in-form.server';

export const load: PageServerLoad = async (event) => {
	const to = localPath(event.url.searchParams.get('to'));
	if ((await readSession(event)).state === 'in') redirect(303, to);
	return { to, why: event.url.searchParams.get('why') };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const signedIn = await signInWith(event, form);
		if ('state' in signedIn) return fail(signedIn.status, signedIn.state);
		// The gate asks for the second factor where there is one.
		redirect(303, localPath(String(form.get('to') ?? '')));
	}
};
