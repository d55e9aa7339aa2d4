/**
 * The environment of the web process, validated once.
 * Owns: names, defaults and meaning of its variables, and the address under which the reader sees
 * us. Must not know: the secret key (worker only) and the owner's DATABASE_URL (migrations only).
 */
import { env as raw } from '$env/dynamic/private';
import { z } from 'zod';

const schema = z.object({
	SUPABASE_URL: z.url({ protocol: /^https?$/ }),
	SUPABASE_PUBLISHABLE_KEY: z.string().min(1),
	TICKET_SECRET: z.string().min(32, 'must have at least 32 characters'),
	ORIGIN: z
		.url({ protocol: /^https?$/ })
		.transform((origin) => new URL(origin).origin)
		.optional(),
	/** Minutes without a click after which a signed-in person has to sign in again. */
	IDLE_MINUTES: z.coerce.number().min(0.05).max(1440).default(30),
	/** Whether mail goes out: then invitations may be sent, not only handed over. */
	MAIL: z.enum(['on', 'off']).default('off'),
	/** Whether the Auth server can send mail: then an address may be changed. */
	ACCOUNT_MAIL: z.enum(['on', 'off']).default('on'),
	/** Whether webhooks may lead to machines inside the house, and by http. */
	WEBHOOK_PRIVATE_HOSTS: z.enum(['on', 'off']).default('off'),
	/** Folder of the mail catcher; only `npm start` sets it, and only in development and the demo. */
	MAILBOX_DIR: z.string().optional(),
	/** Lets a scraper elsewhere read /metrics; without it only this machine may. */
	METRICS_TOKEN: z.string().min(16).optional()
});

export type Env = z.infer<typeof schema>;

let checked: Env | undefined;

/**
 * The validated environment.
 * @throws Error naming every wrong variable, never its value
 */
export function env(): Env {
	if (checked) return checked;
	const result = schema.safeParse({
		...raw,
		ORIGIN: raw.ORIGIN || undefined,
		IDLE_MINUTES: raw.IDLE_MINUTES || undefined,
		MAIL: raw.MAIL || undefined,
		WEBHOOK_PRIVATE_HOSTS: raw.WEBHOOK_PRIVATE_HOSTS || undefined,
		ACCOUNT_MAIL: raw.ACCOUNT_MAIL || undefined,
		MAILBOX_DIR: raw.MAILBOX_DIR || undefined,
		METRICS_TOKEN: raw.METRICS_TOKEN || undefined
	});
	if (!result.success) {
		const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
		throw new Error(`Wrong environment: ${faults.join('; ')}`);
	}
	return (checked = result.data);
}

/**
 * The origin under which the reader sees us, for the address shown in texts and QR codes.
 * Without ORIGIN it is http and the Host header: adapter-node's own guess is https, which would be
 * wrong for a phone on the office network.
 */
export function publicOrigin(event: { request: Request }): string {
	const { ORIGIN } = env();
	if (ORIGIN) return ORIGIN;
	const host = event.request.headers.get('host') ?? '';
	return `http://${/^[a-z0-9.[\]:-]{1,255}$/i.test(host) ? host : 'localhost'}`;
}

/** Whether readers reach us over TLS: then cookies are Secure. */
export function isBehindTls(): boolean {
	return env().ORIGIN?.startsWith('https:') ?? false;
}
