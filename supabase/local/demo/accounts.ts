// One account per role for the demo organisation, with random passwords that stand in DATA_DIR/demo.json and on the
// terminal. Embedded only: an account whose password was lost (a start killed half-way) is made anew as the owner.

import { randomBytes } from 'node:crypto';
import { createSecretClient } from '../../../src/lib/server/secret-client.ts';
import type { DemoFile } from '../announce.ts';
import { withDatabase } from '../migrations.ts';
import { ORGANISATION, UNITS } from './organisation.ts';
import { ids } from './rows.ts';

/** Role, the unit it is held at (none: the whole organisation), and the words before the @. */
const ACCOUNTS = [
	{ role: 'officer', unit: 'oneStop', mailbox: 'canbo', name: 'Cán bộ xử lý' },
	{ role: 'analyst', unit: undefined, mailbox: 'tonghop', name: 'Cán bộ tổng hợp' },
	{ role: 'leader', unit: undefined, mailbox: 'lanhdao', name: 'Lãnh đạo' },
	{ role: 'administrator', unit: undefined, mailbox: 'quantri', name: 'Quản trị viên' },
	{ role: 'auditor', unit: undefined, mailbox: 'kiemtra', name: 'Người kiểm tra' }
] as const;

const domain = ORGANISATION.email.split('@')[1] ?? 'demo.example';

interface Supabase {
	url: string;
	publishableKey: string;
	secretKey: string;
}

async function signUp(supabase: Supabase, email: string, password: string): Promise<string> {
	const answer = await fetch(`${supabase.url}/auth/v1/signup`, {
		method: 'POST',
		headers: { apikey: supabase.publishableKey, 'content-type': 'application/json' },
		body: JSON.stringify({ email, password })
	});
	const body = (await answer.json()) as { id?: string; user?: { id?: string } };
	const id = body.user?.id ?? body.id;
	if (!answer.ok || !id) {
		throw new Error(`the account ${email} could not be made (${answer.status})`);
	}
	return id;
}

/**
 * Makes the accounts and their memberships.
 * @param databaseUrl of the owner
 */
export async function makeAccounts(
	supabase: Supabase,
	databaseUrl: string
): Promise<DemoFile['accounts']> {
	const client = createSecretClient({
		SUPABASE_URL: supabase.url,
		SUPABASE_SECRET_KEY: supabase.secretKey
	});
	const emails = ACCOUNTS.map(({ mailbox }) => `${mailbox}@${domain}`);
	await withDatabase(databaseUrl, async (owner) => {
		await owner.query('delete from public.people where email = any($1)', [emails]);
		await owner.query('delete from auth.users where email = any($1)', [emails]);
	});
	const made: DemoFile['accounts'] = [];
	for (const [index, { role, unit, name }] of ACCOUNTS.entries()) {
		const email = emails[index] ?? '';
		const password = randomBytes(15).toString('base64url');
		const id = await signUp(supabase, email, password);
		const unitId = unit ? ids.unit(unit) : ids.organisation;
		const person = await client.from('people').insert({ id, email, name: `${name} (minh họa)` });
		if (person.error) throw new Error(`demo accounts: ${person.error.code}`);
		const member = await client
			.from('members')
			.insert({ person_id: id, organisation_id: ids.organisation, unit_id: unitId, role });
		if (member.error) throw new Error(`demo accounts: ${member.error.code}`);
		const names = UNITS.find(({ key }) => key === unit)?.names ?? ORGANISATION.names;
		made.push({ role, unit: names.vi, email, password });
	}
	// With confirmation by mail switched on nobody could answer these mails.
	await withDatabase(databaseUrl, (owner) =>
		owner.query(
			'update auth.users set email_confirmed_at = coalesce(email_confirmed_at, now()) where email = any($1)',
			[emails]
		)
	);
	return made;
}
