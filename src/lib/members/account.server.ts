/**
 * Accounts at the Auth server: signing in, up and out, recovery, changes. The only module that calls
 * supabase.auth for them. Answers in few words of ours; which text a reader sees the pages decide.
 * Must not know: memberships and invitations.
 */
import type { RequestEvent } from '@sveltejs/kit';
import type { AuthError, EmailOtpType, User } from '@supabase/supabase-js';
import { DatabaseError } from '$lib/server/errors';
import { describeError, log } from '$lib/server/log';
import { freshClient } from '$lib/server/supabase';
import { normalisedPassword } from './password';
import { forgetActivity, markActive } from './session.server';

export type AccountEvent =
	'sign_in' | 'sign_out' | 'sign_out_everywhere' | 'password_change' | 'email_change';

/** The Auth server is away or broken, as opposed to refusing. @throws DatabaseError with status 503 */
function throwIfAway(action: string, failure: AuthError | null): void {
	if (!failure) return;
	const status = failure.status ?? 0;
	if (failure.name === 'AuthRetryableFetchError' || status === 0 || status >= 500) {
		throw new DatabaseError(action, {}, 503);
	}
}

/** Tells the audit log; a person without a membership has none, and a failure changes nothing. */
export async function noteEvent(event: RequestEvent, action: AccountEvent): Promise<void> {
	const { error } = await event.locals.supabase.rpc('note_event', { p_action: action });
	if (error) log.warn({ action, code: error.code }, 'event not noted');
}

/** Signs in; undefined when the address or the password is wrong, which are not told apart. */
export async function signIn(
	event: RequestEvent,
	email: string,
	password: string
): Promise<User | undefined> {
	const { data, error } = await event.locals.supabase.auth.signInWithPassword({
		email: email.trim(),
		password: normalisedPassword(password)
	});
	throwIfAway('sign in', error);
	if (error || !data.user) return undefined;
	markActive(event, data.user.id);
	await noteEvent(event, 'sign_in');
	return data.user;
}

/** Whether this is the password of the account, without touching the session of the request. */
export async function isPasswordOf(email: string, password: string): Promise<boolean> {
	const client = freshClient();
	const { data, error } = await client.auth.signInWithPassword({
		email,
		password: normalisedPassword(password)
	});
	throwIfAway('check password', error);
	if (data.session) await client.auth.signOut({ scope: 'local' });
	return !error;
}

/**
 * Makes an account. `in`: signed in at once. `confirm`: a mail has to be answered first.
 * `refused`: not possible with this address (it may have an account already; that is not told).
 */
export async function signUp(
	event: RequestEvent,
	email: string,
	password: string,
	name: string
): Promise<'in' | 'confirm' | 'refused'> {
	const { data, error } = await event.locals.supabase.auth.signUp({
		email: email.trim(),
		password: normalisedPassword(password),
		options: { data: { name } }
	});
	// A mail that cannot be sent is a 500 here too: the person is told to try later.
	throwIfAway('sign up', error);
	if (error) return 'refused';
	if (!data.session) return 'confirm';
	markActive(event, data.session.user.id);
	return 'in';
}

/** Ends the session of this device, or of all. */
export async function signOut(event: RequestEvent, everywhere: boolean): Promise<void> {
	await noteEvent(event, everywhere ? 'sign_out_everywhere' : 'sign_out');
	await event.locals.supabase.auth.signOut({ scope: everywhere ? 'global' : 'local' });
	forgetActivity(event);
}

/** Asks for a recovery mail. Says nothing about the outcome, and does not wait for it: both would tell. */
export function requestRecovery(email: string): void {
	freshClient()
		.auth.resetPasswordForEmail(email.trim())
		.then(({ error }) => {
			if (error) log.warn({ status: error.status, code: error.code }, 'recovery mail not sent');
		})
		.catch((error: unknown) => log.warn(describeError(error), 'recovery mail not sent'));
}

/** Redeems the link of a mail; undefined when it is wrong, used or too old. */
export async function redeem(
	event: RequestEvent,
	tokenHash: string,
	type: EmailOtpType
): Promise<User | undefined> {
	const { data, error } = await event.locals.supabase.auth.verifyOtp({
		token_hash: tokenHash,
		type
	});
	throwIfAway('redeem link', error);
	if (error || !data.user) return undefined;
	if (data.session) markActive(event, data.user.id);
	if (type === 'email_change') await noteEvent(event, 'email_change');
	return data.user;
}

/** Sets a new password and ends all other sessions; false when the Auth server finds it too weak or unchanged. */
export async function setPassword(event: RequestEvent, password: string): Promise<boolean> {
	const { auth } = event.locals.supabase;
	const { error } = await auth.updateUser({ password: normalisedPassword(password) });
	throwIfAway('set password', error);
	if (error) return false;
	await noteEvent(event, 'password_change');
	await auth.signOut({ scope: 'others' });
	return true;
}

/** Starts a change of address; it counts once the link in the mail has been opened. */
export async function requestEmailChange(event: RequestEvent, email: string): Promise<boolean> {
	const { error } = await event.locals.supabase.auth.updateUser({ email: email.trim() });
	throwIfAway('change e-mail', error);
	return !error;
}
