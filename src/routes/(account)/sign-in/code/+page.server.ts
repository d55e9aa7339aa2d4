import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { withProblem } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { localPath } from '$lib/members/kept-form';
import { readSession } from '$lib/members/session.server';
import { showCode } from '$lib/members/second-factor.server';
import { limited } from '$lib/members/sign-in-limits.server';

export const load: PageServerLoad = async (event) => {
	const to = localPath(event.url.searchParams.get('to'));
	const session = await readSession(event);
	if (session.state === 'in') redirect(303, to);
	if (session.state !== 'half') redirect(303, `/sign-in?${new URLSearchParams({ to })}`);
	return { to, email: session.person.email };
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const session = await readSession(event);
		const to = localPath(String(form.get('to') ?? ''));
		if (session.state === 'in') redirect(303, to);
		if (session.state !== 'half') redirect(303, `/sign-in?${new URLSearchParams({ to })}`);
		const code = String(form.get('code') ?? '');
		const { wait, result } = await limited(event, `code ${session.person.id}`, async () =>
			(await showCode(event.locals.supabase, code)) ? true : undefined
		);
		if (result) redirect(303, to);
		return wait
			? fail(429, withProblem(form, 'code', m.sign_in_wait({ minutes: wait })))
			: fail(422, withProblem(form, 'code', m.code_wrong()));
	}
};
