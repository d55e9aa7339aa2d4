/**
 * The action of forms that make an account: for an invitation and for the first set-up.
 * Owns: the rules of name, address and new password, and what happens when the address has an account
 * already: the password is tried, so that a colleague who chose the wrong form still gets in.
 */
import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { parseForm, withProblem, type FormState } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import { signIn, signUp } from './account.server';
import { passwordProblem, type PasswordProblem } from './password';
import { limited } from './sign-in-limits.server';

const SENTENCES: Record<PasswordProblem, () => string> = {
	missing: m.password_missing,
	short: m.password_short,
	long: m.password_long,
	common: m.password_common
};

/** The sentence for a new password that will not do. */
export function passwordSentence(password: string, own: string[]): string | undefined {
	const problem = passwordProblem(password, own);
	return problem && SENTENCES[problem]();
}

export const personName = () =>
	z.string().trim().min(1, m.account_name_missing()).max(120, m.account_name_long());

export const emailAddress = () =>
	z.string().trim().max(320, m.account_email_wrong()).pipe(z.email(m.account_email_wrong()));

const schema = () =>
	z.object({ name: personName(), email: emailAddress(), password: z.string().default('') });

export type SignedUp =
	| { outcome: 'in'; name: string }
	| { outcome: 'confirm'; email: string }
	| { outcome: 'wrong'; status: number; state: FormState };

/** Makes the account of the form's fields name, email, password. */
export async function signUpWith(event: RequestEvent, form: FormData): Promise<SignedUp> {
	const parsed = parseForm(schema(), form);
	const typed = String(form.get('password') ?? '');
	const weak = passwordSentence(typed, [String(form.get('email') ?? '')]);
	if (!parsed.ok || weak) {
		const state = parsed.ok ? withProblem(form, 'password', weak ?? '') : parsed.state;
		if (weak) state.problems.password = weak;
		return { outcome: 'wrong', status: 422, state };
	}
	const { name, email, password } = parsed.data;
	try {
		const { wait, result } = await limited(event, email, async () => {
			const made = await signUp(event, email, password, name);
			if (made !== 'refused') return made;
			return (await signIn(event, email, password)) ? 'in' : undefined;
		});
		if (result === 'in') return { outcome: 'in', name };
		if (result === 'confirm') return { outcome: 'confirm', email };
		const sentence = wait ? m.sign_in_wait({ minutes: wait }) : m.sign_up_refused();
		const state = withProblem(form, 'form', sentence);
		return { outcome: 'wrong', status: wait ? 429 : 422, state };
	} catch (error) {
		if (!(error instanceof DatabaseError) || error.status !== 503) throw error;
		return { outcome: 'wrong', status: 503, state: withProblem(form, 'form', m.error_busy_open()) };
	}
}
