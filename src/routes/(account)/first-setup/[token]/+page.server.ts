import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { BUILT_IN_NAMES, builtIn } from '$lib/questionnaire/built-in';
import { anonymousClient } from '$lib/server/supabase';
import { DatabaseError } from '$lib/server/errors';
import * as invitation from '$lib/members/invitation.server';
import { linkRefusal } from '$lib/members/link-refusal';
import { rememberPath } from '$lib/members/pending-invitation.server';
import { readSession } from '$lib/members/session.server';
import { emailAddress, personName, signUpWith } from '$lib/members/sign-up-form.server';

const schema = () =>
	z.object({
		personName: personName(),
		organisation: z.string().trim().min(1, m.setup_name_missing()).max(200, m.setup_name_long()),
		phone: z.string().trim().min(1, m.setup_phone_missing()).max(40, m.setup_phone_missing()),
		contact: emailAddress()
	});

export const load: PageServerLoad = async (event) => {
	try {
		await invitation.readSetup(anonymousClient(), event.params.token);
		const session = await readSession(event);
		return { email: session.state === 'in' ? session.person.email : undefined };
	} catch (failure) {
		const refusal = failure instanceof DatabaseError ? linkRefusal(failure.key) : undefined;
		if (!refusal) throw failure;
		return { refusal };
	}
};

export const actions: Actions = {
	signUp: async (event) => {
		const form = await event.request.formData();
		await invitation
			.readSetup(anonymousClient(), event.params.token)
			.catch(() => redirect(303, '?'));
		const made = await signUpWith(event, form);
		if (made.outcome === 'wrong') return fail(made.status, made.state);
		if (made.outcome === 'in') {
			redirect(303, `${event.url.pathname}?${new URLSearchParams({ name: made.name })}`);
		}
		rememberPath(event, event.url.pathname);
		return { confirm: made.email, values: {}, problems: {} };
	},
	found: async (event) => {
		const posted = await event.request.formData();
		if ((await readSession(event)).state !== 'in') redirect(303, event.url.pathname);
		const parsed = parseForm(schema(), posted);
		if (!parsed.ok) return fail(422, parsed.state);
		const { organisation, phone, contact } = parsed.data;
		const form = { names: BUILT_IN_NAMES.quick, definition: builtIn.quick };
		const founded = { name: organisation, phone, email: contact, form };
		const { supabase } = event.locals;
		try {
			await invitation.setUp(supabase, event.params.token, parsed.data.personName, founded);
		} catch (failure) {
			// Used meanwhile: the page says so.
			if (failure instanceof DatabaseError && linkRefusal(failure.key)) redirect(303, '?');
			throw failure;
		}
		redirect(303, '/office?welcome=1');
	}
};
