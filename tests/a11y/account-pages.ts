// The pages around signing in, for the list of pages that anybody may open.

import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright';
import { withDatabase } from '../../supabase/local/migrations.ts';
import { follow } from '../support/next-page.ts';
import type { Product } from '../support/product.ts';
import type { PublicPage } from './public-pages.ts';

/** A token whose hash stands in the database, as if a link had just been printed or an invitation made. */
async function linkToken(product: Product, statement: string): Promise<string> {
	const token = randomBytes(24).toString('base64url');
	const hash = createHash('sha256').update(token).digest();
	await withDatabase(product.databaseUrl, (client) => client.query(statement, [hash]));
	return token;
}

const invitation = (product: Product) =>
	linkToken(
		product,
		`insert into public.invitations (organisation_id, unit_id, role, token_hash)
		select id, id, 'officer', $1 from public.organisations where is_demo limit 1`
	);

const submit = async (page: Page) => {
	await follow(page.locator('main form button[type=submit]').first());
};

/** The newest mail in the mailbox of the demo; asks for one when there is none. */
async function caughtMail(product: Product): Promise<string> {
	const folder = join(product.dataDir, 'mailbox');
	const mails = () => readdirSync(folder).filter((name) => name.endsWith('.eml'));
	if (mails().length === 0) {
		await fetch(`${product.apiUrl}/auth/v1/recover`, {
			method: 'POST',
			headers: { apikey: product.publishableKey, 'content-type': 'application/json' },
			body: JSON.stringify({ email: product.accounts[0]!.email })
		});
		for (const end = Date.now() + 15_000; mails().length === 0 && Date.now() < end;) {
			await sleep(100);
		}
	}
	return mails().sort().at(-1)!;
}

/** Sends a form whose session has ended, as the gate of the office pages does. */
async function postKept(page: Page): Promise<void> {
	await page.evaluate(() => {
		const form = document.createElement('form');
		form.method = 'POST';
		form.action = '/members/invite';
		form.innerHTML = '<textarea name="note">Nội dung đang viết dở</textarea>';
		document.body.append(form);
		form.submit();
	});
	await page.waitForURL('**/sign-in/kept**');
}

const SIGN_IN = '(account)/sign-in';
const address = (path: string) => (product: Product) => product.url + path;

export const ACCOUNT_PAGES: PublicPage[] = [
	{ name: 'sign in', route: SIGN_IN, address: address('/sign-in') },
	{ name: 'sign in, idle', route: SIGN_IN, address: address('/sign-in?why=idle') },
	{ name: 'sign in, refused', route: SIGN_IN, address: address('/sign-in'), act: submit },
	{
		name: 'forgotten password',
		route: '(account)/sign-in/forgotten',
		address: address('/sign-in/forgotten')
	},
	{
		name: 'kept form',
		route: '(account)/sign-in/kept',
		address: address('/sign-in'),
		act: postKept
	},
	{
		name: 'link of a mail',
		route: '(account)/auth/confirm',
		address: address('/auth/confirm?token_hash=abc&type=recovery')
	},
	{
		name: 'link of a mail that does not work',
		route: '(account)/auth/confirm',
		address: address('/auth/confirm?token_hash=abc&type=recovery'),
		act: submit
	},
	{
		name: 'invitation',
		route: '(account)/invite/[token]',
		address: async (product) => `${product.url}/invite/${await invitation(product)}`,
		act: submit
	},
	{
		name: 'invitation, signing in',
		route: '(account)/invite/[token]',
		address: async (product) => `${product.url}/invite/${await invitation(product)}?way=sign-in`
	},
	{
		name: 'invitation that is none',
		route: '(account)/invite/[token]',
		address: address(`/invite/${'x'.repeat(32)}`)
	},
	{
		name: 'first set-up',
		route: '(account)/first-setup/[token]',
		address: async (product) => {
			const statement = 'insert into private.setup_links (token_hash) values ($1)';
			return `${product.url}/first-setup/${await linkToken(product, statement)}`;
		}
	},
	{ name: 'mailbox', route: '(account)/mailbox', address: address('/mailbox') },
	{
		name: 'caught mail',
		route: '(account)/mailbox/[mail]',
		address: async (product) => `${product.url}/mailbox/${await caughtMail(product)}`
	}
];
