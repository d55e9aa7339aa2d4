/**
 * The second factor: codes of an authenticator app (TOTP), where the Supabase server offers them.
 * The embedded server does not; it answers 404, and the page says so plainly.
 * Must not know: pages.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { env } from '$lib/server/env';

export interface Enrolment {
	factorId: string;
	/** otpauth:// address, for the QR code. */
	uri: string;
	/** The same secret, to be typed. */
	secret: string;
}

/**
 * Whether the server knows second factors at all: asked with an empty enrolment, which a server that
 * knows them refuses as incomplete, and one that does not as an unknown address.
 */
export async function offersSecondFactor(client: SupabaseClient): Promise<boolean> {
	const { data } = await client.auth.getSession();
	if (!data.session) return false;
	const answer = await fetch(`${env().SUPABASE_URL}/auth/v1/factors`, {
		method: 'POST',
		headers: {
			apikey: env().SUPABASE_PUBLISHABLE_KEY,
			authorization: `Bearer ${data.session.access_token}`,
			'content-type': 'application/json'
		},
		body: '{}',
		signal: AbortSignal.timeout(5000)
	}).catch(() => undefined);
	return answer !== undefined && [400, 422].includes(answer.status);
}

/** Begins an enrolment; undefined when the server does not allow it after all. */
export async function enrol(client: SupabaseClient): Promise<Enrolment | undefined> {
	// A half-finished enrolment of before would stand in the way of a new one.
	const { data: factors } = await client.auth.mfa.listFactors();
	for (const factor of factors?.all ?? []) {
		if (factor.status !== 'verified') await client.auth.mfa.unenroll({ factorId: factor.id });
	}
	const { data, error } = await client.auth.mfa.enroll({ factorType: 'totp', issuer: 'Lắng Nghe' });
	if (error || data.type !== 'totp') return undefined;
	return { factorId: data.id, uri: data.totp.uri, secret: data.totp.secret };
}

/** Shows a code; true when the factor now counts (and this session is complete). */
export async function showCode(
	client: SupabaseClient,
	code: string,
	factorId?: string
): Promise<boolean> {
	const { data } = await client.auth.mfa.listFactors();
	const id = factorId ?? data?.totp[0]?.id;
	if (!id) return false;
	const { error } = await client.auth.mfa.challengeAndVerify({
		factorId: id,
		code: code.replace(/\D/g, '')
	});
	return !error;
}

/** Takes the second factor off the account. */
export async function removeSecondFactor(client: SupabaseClient): Promise<boolean> {
	const { data } = await client.auth.mfa.listFactors();
	for (const factor of data?.all ?? []) {
		const { error } = await client.auth.mfa.unenroll({ factorId: factor.id });
		if (error) return false;
	}
	return true;
}
