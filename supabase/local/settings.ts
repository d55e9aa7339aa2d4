// The environment of `npm start`, checked once: a wrong value names itself and stops the start.
// Knows names and shapes only; the app checks again what it needs itself (src/lib/server/env.ts).

import { resolve } from 'node:path';
import { z } from 'zod';
import { StartProblem } from './problem.ts';

const port = z.coerce
	.number({ error: 'must be a number from 1 to 65535' })
	.int('must be a whole number from 1 to 65535')
	.min(1, 'must be a number from 1 to 65535')
	.max(65535, 'must be a number from 1 to 65535');

/** An address of a scheme, without a slash at its end. */
const address = (schemes: string[], example: string) =>
	z
		.string()
		.refine(
			(text) => URL.canParse(text) && schemes.includes(new URL(text).protocol),
			`must be an address such as ${example}`
		)
		.transform((text) => text.replace(/\/+$/, ''));

const schema = z
	.object({
		PORT: port.default(3000),
		HOST: z
			.string()
			.regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address')
			.default('0.0.0.0'),
		ORIGIN: address(['http:', 'https:'], 'https://langnghe.example.vn')
			.refine((text) => new URL(text).origin === text, 'must be an origin without a path')
			.optional(),
		DATA_DIR: z
			.string()
			.default('.data')
			.transform((text) => resolve(text)),
		SUPABASE_URL: address(['http:', 'https:'], 'https://supabase.example.vn').optional(),
		SUPABASE_PUBLISHABLE_KEY: z.string().min(16, 'is too short for a key').optional(),
		SUPABASE_SECRET_KEY: z.string().min(16, 'is too short for a key').optional(),
		DATABASE_URL: address(
			['postgres:', 'postgresql:'],
			'postgresql://postgres:password@host:5432/postgres'
		).optional(),
		TICKET_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
		SMTP_URL: address(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.vn:587').optional(),
		MAIL_FROM: z
			.string()
			.regex(/@/, 'must be an e-mail address, with or without a name before it')
			.optional(),
		CONFIRM_EMAIL: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
		IDLE_MINUTES: z.coerce
			.number('must be a number of minutes')
			.min(0.05, 'must be a number of minutes')
			.max(1440, 'must be at most 1440 minutes, a day')
			.default(30),
		/** `on`: webhooks may lead to machines inside the house, and by http. */
		WEBHOOK_PRIVATE_HOSTS: z.enum(['on', 'off'], 'must be on or off').default('off'),
		/** Where backups go; default: DATA_DIR with "-backups" behind its name. */
		BACKUP_DIR: z
			.string()
			.transform((text) => resolve(text))
			.optional(),
		/** Seals backups. Without it the key file does; default: DATA_DIR with "-backup-key.txt" behind its name. */
		BACKUP_PASSPHRASE: z.string().min(16, 'must have at least 16 characters').optional(),
		BACKUP_KEY_FILE: z
			.string()
			.transform((text) => resolve(text))
			.optional(),
		/** A public key (age1…): then this machine can make backups and not open them. */
		BACKUP_RECIPIENT: z
			.string()
			.regex(/^age1[0-9a-z]{20,}$/, 'must be a public key of age (age1…)')
			.optional(),
		/** How many daily, weekly and monthly backups stay. */
		BACKUP_KEEP: z
			.string()
			.regex(/^\d{1,3},\d{1,3},\d{1,3}$/, 'must be three numbers such as 7,4,12')
			.default('7,4,12')
			.transform((text) => {
				const [daily = 7, weekly = 4, monthly = 12] = text.split(',').map(Number);
				return { daily, weekly, monthly };
			}),
		/** Time of the nightly backup in Vietnam, such as 02:30; none without it. */
		BACKUP_AT: z
			.string()
			.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 02:30')
			.optional(),
		/** Lets a scraper that sends it read /metrics; without it only this machine itself may. */
		METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional()
	})
	.superRefine((value, context) => {
		if (!value.SUPABASE_URL) return;
		for (const name of ['SUPABASE_PUBLISHABLE_KEY', 'SUPABASE_SECRET_KEY'] as const) {
			if (!value[name]) {
				context.addIssue({ code: 'custom', path: [name], message: 'is needed with SUPABASE_URL' });
			}
		}
	});

/** Of the owner of the installation only: no child of `npm start` finds them in its environment. */
export const OWNER_SETTINGS = [
	'SUPABASE_SECRET_KEY',
	'DATABASE_URL',
	'BACKUP_PASSPHRASE',
	'BACKUP_KEY_FILE'
] as const;

export type Settings = z.infer<typeof schema>;

/** Names of all variables that `npm start` reads. */
export const SETTING_NAMES = Object.keys(schema.shape) as (keyof Settings)[];

/**
 * Reads and checks the environment; an empty value counts as not set.
 * @throws StartProblem that names the first wrong variable
 */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
	const given = Object.fromEntries(
		SETTING_NAMES.filter((name) => env[name]?.trim()).map((name) => [name, env[name]?.trim()])
	);
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	const [issue] = parsed.error.issues;
	throw new StartProblem(`${String(issue?.path[0])} ${issue?.message}.`);
}
