import { fail, redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { withProblem } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { setPassword, signOut } from '$lib/members/account.server';
import { forgetRecovery, isRecovering } from '$lib/members/recovery-mark.server';
import { readSession } from '$lib/members/session.server';
import { passwordSentence } from '$lib/members/sign-up-form.server';

/** Only right after a recovery mail; everybody else changes the password with the old one. */
async function recoveringPerson(event: RequestEvent) {
	const session = await readSession(event);
	const person = 'person' in session ? session.person : undefined;
	if (session.state === 'half') redirect(303, '/sign-in/code?to=/auth/new-password');
	if (!person || !isRecovering(event, person.id)) redirect(303, '/sign-in/forgotten');
	return person;
}

export const load: PageServerLoad = async (event) => ({
	email: (await recoveringPerson(event)).email
});

export const actions: Actions = {
	default: async (event) => {
		const { email } = await recoveringPerson(event);
		const form = await event.request.formData();
		const password = String(form.get('password') ?? '');
		const weak = passwordSentence(password, [email]);
		if (weak) return fail(422, withProblem(form, 'password', weak));
		if (!(await setPassword(event, password))) {
			return fail(422, withProblem(form, 'password', m.password_refused()));
		}
		forgetRecovery(event);
		// Whoever has the mailbox has the link; the new password shows that it was the owner.
		await signOut(event, true);
		redirect(303, '/sign-in?why=password');
	}
};
