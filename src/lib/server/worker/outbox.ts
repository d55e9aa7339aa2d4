// Sends what waits in `outbox`: mail through SMTP, and calls of webhooks. What was sent is deleted, because its row may
// hold an address and a link; what failed is tried again after a pause that doubles. Whoever calls holds the lease.

import type { SupabaseClient } from '@supabase/supabase-js';
import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Database } from '../database.types.ts';
import { digestMail } from './digest-mail.ts';
import { invitationMail } from './invitation-mail.ts';
import { JobFailed } from './job-failed.ts';
import { CallFailed, callWebhook } from './webhook.ts';

const MINUTE = 60_000;
const LONGEST_PAUSE = 6 * 60 * MINUTE;
/** What one run sends: the lease must not run out meanwhile. */
const AT_ONCE = 20;
/** About two days of trying: then a webhook is told by tomorrow's call, and its page says that it failed. */
const MOST_CALLS = 15;

const texts = z.object({ vi: z.string() });
const common = z.object({ id: z.uuid(), recipient: z.string(), attempts: z.number() });
const count = z.number().int().nonnegative();
const row = z.discriminatedUnion('kind', [
	common.extend({
		kind: z.literal('invitation'),
		payload: z.object({ invitation_id: z.uuid(), token: z.string() })
	}),
	common.extend({
		kind: z.literal('digest'),
		payload: z.object({
			unit_id: z.uuid(),
			since: z.iso.date(),
			...{ alerts: count, received: count, private: z.boolean() },
			reports: z.array(z.object({ period: z.string(), due_on: z.iso.date() })).default([])
		})
	}),
	common.extend({
		kind: z.literal('webhook'),
		organisation_id: z.uuid(),
		payload: z.object({ date: z.iso.date(), since: z.iso.date(), alerts: count, received: count })
	})
]);
type Waiting = z.infer<typeof row>;
type Client = SupabaseClient<Database>;

const invitation = z.object({
	role: z.string(),
	expires_at: z.string(),
	accepted_at: z.string().nullable(),
	revoked_at: z.string().nullable(),
	unit_id: z.uuid(),
	organisation_id: z.uuid()
});

export interface OutboxSettings {
	/** Without it mail waits. */
	smtpUrl: string | undefined;
	from: string;
	/** Base of the links. */
	publicUrl: string;
	/** Webhooks may lead to machines inside the house. */
	allowPrivateHosts: boolean;
}

/** How long to wait after so many failures, in ms. */
export function pauseAfter(attempts: number): number {
	return Math.min(LONGEST_PAUSE, MINUTE * 2 ** Math.min(attempts - 1, 12));
}

async function unitNames(client: Client, ids: string[]): Promise<(id: string) => string> {
	const named = await client.from('units').select('id, names').in('id', ids);
	if (named.error) throw new JobFailed(named.error.code);
	return (id) => texts.parse(named.data.find((unit) => unit.id === id)?.names).vi;
}

/** The mail of an invitation, or undefined when it is no longer open. */
async function invitationOf(
	client: Client,
	{ payload }: Extract<Waiting, { kind: 'invitation' }>,
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
	const name = await unitNames(client, [open.unit_id, open.organisation_id]);
	return invitationMail({
		role: open.role,
		unit: name(open.unit_id),
		organisation: name(open.organisation_id),
		until: expires.toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }),
		link: `${publicUrl}/invite/${payload.token}`
	});
}

async function digestOf(
	client: Client,
	{ payload }: Extract<Waiting, { kind: 'digest' }>,
	publicUrl: string
) {
	const name = await unitNames(client, [payload.unit_id]);
	return digestMail({
		unit: name(payload.unit_id),
		unitId: payload.unit_id,
		since: payload.since,
		alerts: payload.alerts,
		received: payload.received,
		hasPrivate: payload.private,
		reports: payload.reports.map(({ period, due_on }) => ({ period, dueOn: due_on })),
		publicUrl
	});
}

/** Calls the webhook of the organisation; false when there is none any more. @throws CallFailed */
async function call(
	client: Client,
	{ organisation_id, payload }: Extract<Waiting, { kind: 'webhook' }>,
	{ publicUrl, allowPrivateHosts }: OutboxSettings
): Promise<boolean> {
	const found = await client.rpc('webhook_target', { p_organisation: organisation_id });
	if (found.error) throw new JobFailed(found.error.code);
	const target = z.object({ url: z.string(), secret: z.string() }).nullable().parse(found.data);
	if (!target) return false;
	const body = JSON.stringify({
		kind: 'digest',
		organisation: organisation_id,
		...payload,
		link: `${publicUrl}/alerts`
	});
	await callWebhook(target.url, target.secret, body, allowPrivateHosts);
	return true;
}

/** Tells the organisation's page how the last call ended. */
async function noteCall(client: Client, organisation: string, error: string | null): Promise<void> {
	await client.rpc('note_webhook', {
		p_organisation: organisation,
		...(error ? { p_error: error } : {})
	});
}

type Transport = ReturnType<typeof createTransport>;

/** Sends one; false when it is no longer wanted. @throws whatever the other side says */
async function send(
	client: Client,
	waiting: Waiting,
	transport: Transport | undefined,
	settings: OutboxSettings
): Promise<boolean> {
	if (waiting.kind === 'webhook') return call(client, waiting, settings);
	const { publicUrl, from } = settings;
	const mail =
		waiting.kind === 'digest'
			? await digestOf(client, waiting, publicUrl)
			: await invitationOf(client, waiting, publicUrl);
	if (!mail) return false;
	await transport?.sendMail({ from, to: waiting.recipient, ...mail });
	return true;
}

/** Sends what is due; resolves to how many went out, failed, or were dropped as no longer wanted. */
export async function sendOutbox(
	client: Client,
	settings: OutboxSettings
): Promise<{ sent: number; failed: number; dropped: number }> {
	const { smtpUrl } = settings;
	const due = await client
		.from('outbox')
		.select('id, kind, recipient, attempts, organisation_id, payload')
		.in('kind', smtpUrl ? ['invitation', 'digest', 'webhook'] : ['webhook'])
		.lte('run_after', new Date().toISOString())
		.order('run_after')
		.limit(AT_ONCE);
	if (due.error) throw new JobFailed(due.error.code);
	const counts = { sent: 0, failed: 0, dropped: 0 };
	if (due.data.length === 0) return counts;
	const transport = smtpUrl
		? createTransport({ url: smtpUrl, connectionTimeout: 10_000, socketTimeout: 20_000 })
		: undefined;
	const remove = (id: string) => client.from('outbox').delete().eq('id', id);
	try {
		for (const waiting of z.array(row).parse(due.data)) {
			const hook = waiting.kind === 'webhook' ? waiting.organisation_id : undefined;
			try {
				const isSent = await send(client, waiting, transport, settings);
				await remove(waiting.id);
				if (hook && isSent) await noteCall(client, hook, null);
				counts[isSent ? 'sent' : 'dropped'] += 1;
			} catch (error) {
				// The database's refusal is not the other side's.
				if (error instanceof JobFailed) throw error;
				const attempts = waiting.attempts + 1;
				// The code only: servers quote the address in their words.
				const code = String((error as { code?: string }).code ?? 'failed');
				if (hook) await noteCall(client, hook, code);
				counts.failed += 1;
				if (error instanceof CallFailed && attempts >= MOST_CALLS) {
					await remove(waiting.id);
					continue;
				}
				await client
					.from('outbox')
					.update({
						attempts,
						run_after: new Date(Date.now() + pauseAfter(attempts)).toISOString(),
						last_error: code
					})
					.eq('id', waiting.id);
			}
		}
	} finally {
		transport?.close();
	}
	return counts;
}
