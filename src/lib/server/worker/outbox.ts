// Sends what waits in `outbox` through SMTP. A mail that was sent is deleted, because its row holds an address and a
// link; one that failed is tried again after a pause that doubles. Whoever calls holds the worker's lease.

import type { SupabaseClient } from '@supabase/supabase-js';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Database } from '../database.types.ts';
import { invitationMail } from './invitation-mail.ts';
import { JobFailed } from './job-failed.ts';

const MINUTE = 60_000;
const LONGEST_PAUSE = 6 * 60 * MINUTE;
/** Mails of one run: the lease must not run out meanwhile. */
const AT_ONCE = 20;

const texts = z.object({ vi: z.string() });
const row = z.object({
	id: z.uuid(),
	recipient: z.string(),
	attempts: z.number(),
	payload: z.object({ invitation_id: z.uuid(), token: z.string() })
});
const invitation = z.object({
	role: z.string(),
	expires_at: z.string(),
	accepted_at: z.string().nullable(),
	revoked_at: z.string().nullable(),
	unit_id: z.uuid(),
	organisation_id: z.uuid()
});

export interface MailSettings {
	smtpUrl: string;
	from: string;
	/** Base of the links. */
	publicUrl: string;
}

/** How long to wait after so many failures, in ms. */
export function pauseAfter(attempts: number): number {
	return Math.min(LONGEST_PAUSE, MINUTE * 2 ** Math.min(attempts - 1, 12));
}

/** The mail's facts, or undefined when the invitation is no longer open. */
async function factsOf(
	client: SupabaseClient<Database>,
	{ payload }: z.infer<typeof row>,
	publicUrl: string
) {
	const found = await client
		.from('invitations')
		.select('role, expires_at, accepted_at, revoked_at, unit_id, organisation_id')
		.eq('id', payload.invitation_id)
		.maybeSingle();
	if (found.error) throw new JobFailed(found.error.code);
	if (!found.data) return undefined;
	const open = invitation.parse(found.data);
	const expires = new Date(open.expires_at);
	if (open.accepted_at || open.revoked_at || expires.getTime() < Date.now()) return undefined;
	const named = await client
		.from('units')
		.select('id, names')
		.in('id', [open.unit_id, open.organisation_id]);
	if (named.error) throw new JobFailed(named.error.code);
	const name = (id: string) => texts.parse(named.data.find((unit) => unit.id === id)?.names).vi;
	return {
		role: open.role,
		unit: name(open.unit_id),
		organisation: name(open.organisation_id),
		until: expires.toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }),
		link: `${publicUrl}/invite/${payload.token}`
	};
}

/** Sends what is due; resolves to how many went out, failed, or were dropped as no longer wanted. */
export async function sendOutbox(
	client: SupabaseClient<Database>,
	{ smtpUrl, from, publicUrl }: MailSettings
): Promise<{ sent: number; failed: number; dropped: number }> {
	const due = await client
		.from('outbox')
		.select('id, recipient, attempts, payload')
		.lte('run_after', new Date().toISOString())
		.order('run_after')
		.limit(AT_ONCE);
	if (due.error) throw new JobFailed(due.error.code);
	const counts = { sent: 0, failed: 0, dropped: 0 };
	if (due.data.length === 0) return counts;
	const transport = createTransport({
		url: smtpUrl,
		connectionTimeout: 10_000,
		socketTimeout: 20_000
	});
	try {
		for (const mail of z.array(row).parse(due.data)) {
			const facts = await factsOf(client, mail, publicUrl);
			if (!facts) {
				await client.from('outbox').delete().eq('id', mail.id);
				counts.dropped += 1;
				continue;
			}
			try {
				await transport.sendMail({ from, to: mail.recipient, ...invitationMail(facts) });
				await client.from('outbox').delete().eq('id', mail.id);
				counts.sent += 1;
			} catch (error) {
				const attempts = mail.attempts + 1;
				await client
					.from('outbox')
					.update({
						attempts,
						run_after: new Date(Date.now() + pauseAfter(attempts)).toISOString(),
						// The code only: servers quote the address in their words.
						last_error: String((error as { code?: string }).code ?? 'failed')
					})
					.eq('id', mail.id);
				counts.failed += 1;
			}
		}
	} finally {
		transport.close();
	}
	return counts;
}
