/**
 * The sign-in form's action, shared by the pages that show it (sign-in, kept form, invitation).
 * Owns: the one sentence for every refusal, so that nobody learns whether an account exists.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { User } from '@supabase/supabase-js';
import { z } from 'zod';
import { parseForm, withProblem, type FormState } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import { signIn } from './account.server';
import { limited } from './sign-in-limits.server';

const schema = () =>
	z.object({
		email: z.string().trim().min(1, m.account_email_missing()).max(320, m.account_email_missing()),
		password: z
			.string()
			.min(1, m.account_password_missing())
			.max(1000, m.account_password_missing())
	});

export type SignedIn = { user: User } | { status: number; state: FormState };

/** Signs in with the fields of the form, under the limits. */
export async function signInWith(event: RequestEvent, form: FormData): Promise<SignedIn> {
	const parsed = parseForm(schema(), form);
	if (!parsed.ok) return { status: 422, state: parsed.state };
	const { email, password } = parsed.data;
	try {
		const { wait, result } = await limited(event, email, () => signIn(event, email, password));
		if (result) return { user: result };
		return wait
			? { status: 429, state: withProblem(form, 'form', m.sign_in_wait({ minutes: wait })) }
			: { status: 422, state: withProblem(form, 'form', m.sign_in_refused()) };
	} catch (error) {
		if (!(error instanceof DatabaseError) || error.status !== 503) throw error;
		return { status: 503, state: withProblem(form, 'form', m.error_busy_open()) };
	}
}
