import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { env } from '$lib/server/env';
import { qrShape } from '$lib/posters/qr';
import * as account from '$lib/members/account.server';
import * as secondFactor from '$lib/members/second-factor.server';
import { limited } from '$lib/members/sign-in-limits.server';
import { emailAddress, passwordSentence } from '$lib/members/sign-up-form.server';

function personOf({ locals: { session } }: Pick<RequestEvent, 'locals'>) {
	if (session.state !== 'in') redirect(303, '/sign-in?to=/account');
	return session.person;
}

export const load: PageServerLoad = async (event) => {
	const person = personOf(event);
	const offers =
		person.hasSecondFactor || (await secondFactor.offersSecondFactor(event.locals.supabase));
	return {
		email: person.email,
		name: person.name,
		done: event.url.searchParams.get('done'),
		hasSecondFactor: person.hasSecondFactor,
		offersSecondFactor: offers,
		canMail: env().ACCOUNT_MAIL === 'on',
		idleMinutes: env().IDLE_MINUTES
	};
};

/** Asks for the password once more; undefined when it is right, otherwise the form that comes back. */
async function wrongPassword(event: RequestEvent, form: FormData, at: string) {
	const { email } = personOf(event);
	const typed = String(form.get('old-password') ?? '');
	const { wait, result } = await limited(event, email, async () =>
		(await account.isPasswordOf(email, typed)) ? true : undefined
	);
	if (result) return undefined;
	const sentence = wait ? m.sign_in_wait({ minutes: wait }) : m.account_old_password_wrong();
	return fail(wait ? 429 : 422, { at, back: withProblem(form, `${at}-old-password`, sentence) });
}

export const actions: Actions = {
	password: async (event) => {
		const form = await event.request.formData();
		const password = String(form.get('password') ?? '');
		const weak = passwordSentence(password, [personOf(event).email]);
		if (weak) return fail(422, { at: 'password', back: withProblem(form, 'password', weak) });
		const wrong = await wrongPassword(event, form, 'password');
		if (wrong) return wrong;
		if (!(await account.setPassword(event, password))) {
			const back = withProblem(form, 'password', m.password_refused());
			return fail(422, { at: 'password', back });
		}
		redirect(303, '/account?done=password');
	},
	email: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(z.object({ email: emailAddress() }), form);
		if (!parsed.ok) return fail(422, { at: 'email', back: parsed.state });
		const wrong = await wrongPassword(event, form, 'email');
		if (wrong) return wrong;
		// The same answer whether the address is free or belongs to somebody else.
		await account.requestEmailChange(event, parsed.data.email);
		redirect(303, '/account?done=email-asked');
	},
	enrol: async (event) => {
		const begun = await secondFactor.enrol(event.locals.supabase);
		if (!begun) return fail(422, { at: 'factor', notOffered: true });
		const { factorId, uri, secret } = begun;
		return { at: 'factor', enrolment: { factorId, secret, shape: qrShape(uri) } };
	},
	verify: async (event) => {
		const form = await event.request.formData();
		const factorId = String(form.get('factor') ?? '');
		const typed = String(form.get('code') ?? '');
		if (await secondFactor.showCode(event.locals.supabase, typed, factorId)) {
			redirect(303, '/account?done=factor');
		}
		return fail(422, { at: 'factor', back: withProblem(form, 'form', m.code_wrong_again()) });
	},
	removeFactor: async (event) => {
		const form = await event.request.formData();
		const wrong = await wrongPassword(event, form, 'factor');
		if (wrong) return wrong;
		await secondFactor.removeSecondFactor(event.locals.supabase);
		redirect(303, '/account?done=factor-removed');
	}
};
