import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { inLocale } from '$lib/i18n/localised';
import { formatDate } from '$lib/i18n/dates';
import { m } from '$lib/i18n/paraglide/messages.js';
import { anonymousClient } from '$lib/server/supabase';
import { DatabaseError } from '$lib/server/errors';
import { linkRefusal } from '$lib/members/link-refusal';
import * as invitation from '$lib/members/invitation.server';
import { rememberPath } from '$lib/members/pending-invitation.server';
import { roleLabel, roleLine } from '$lib/members/roles';
import { readSession } from '$lib/members/session.server';
import { signInWith } from '$lib/members/sign-in-form.server';
import { personName, signUpWith } from '$lib/members/sign-up-form.server';

export const load: PageServerLoad = async (event) => {
	const { locale } = event.locals;
	try {
		const offer = await invitation.read(anonymousClient(), event.params.token);
		const session = await readSession(event);
		const person = 'person' in session ? session.person : undefined;
		return {
			refusal: undefined,
			offer: {
				organisation: inLocale(offer.organisation, locale),
				unit: inLocale(offer.unit, locale),
				role: roleLabel(offer.role),
				line: roleLine(offer.role),
				until: formatDate(offer.expiresAt.slice(0, 10), locale)
			},
			person: person && { email: person.email, name: person.name },
			half: session.state === 'half',
			way: event.url.searchParams.get('way') === 'sign-in' ? 'sign-in' : 'sign-up'
		};
	} catch (failure) {
		const refusal = failure instanceof DatabaseError ? linkRefusal(failure.key) : undefined;
		if (!refusal || !(failure instanceof DatabaseError)) throw failure;
		if (failure.status === 503) error(503, { message: m.error_busy_open() });
		event.setHeaders({ 'x-robots-tag': 'noindex' });
		return { refusal };
	}
};

/** Accepts for the person who is signed in now, and goes to the office. */
async function accept(event: RequestEvent, form: FormData, name: string) {
	try {
		const { unitId } = await invitation.accept(event.locals.supabase, event.params.token, name);
		redirect(303, `/office?welcome=1&unit=${unitId}`);
	} catch (failure) {
		if (!(failure instanceof DatabaseError)) throw failure;
		// The page reads the invitation again and says what has become of it.
		if (linkRefusal(failure.key)) return fail(failure.status, withProblem(form, 'form', ''));
		throw failure;
	}
}

export const actions: Actions = {
	signUp: async (event) => {
		const form = await event.request.formData();
		// An account without an invitation opens nothing, so none is made for a dead link.
		await invitation.read(anonymousClient(), event.params.token).catch(() => redirect(303, '?'));
		const made = await signUpWith(event, form);
		if (made.outcome === 'wrong') return fail(made.status, made.state);
		if (made.outcome === 'in') return accept(event, form, made.name);
		rememberPath(event, event.url.pathname);
		return { confirm: made.email, values: {}, problems: {} };
	},
	signIn: async (event) => {
		const form = await event.request.formData();
		const signedIn = await signInWith(event, form);
		if ('state' in signedIn) return fail(signedIn.status, signedIn.state);
		redirect(303, event.url.pathname);
	},
	accept: async (event) => {
		const form = await event.request.formData();
		const session = await readSession(event);
		if (session.state === 'half') {
			redirect(303, `/sign-in/code?${new URLSearchParams({ to: event.url.pathname })}`);
		}
		if (session.state !== 'in') redirect(303, `${event.url.pathname}?way=sign-in`);
		const parsed = parseForm(z.object({ name: personName() }), form);
		return parsed.ok ? accept(event, form, parsed.data.name) : fail(422, parsed.state);
	}
};
