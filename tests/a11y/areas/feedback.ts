import { follow } from '../../support/next-page.ts';
import type { SignedInPage } from '../signed-in-page.ts';

export const feedback: SignedInPage[] = [
	{
		name: 'picture of a unit',
		route: '(office)/feedback',
		role: 'officer',
		path: () => '/feedback'
	},
	{
		name: 'picture of the whole, another period',
		route: '(office)/feedback',
		role: 'leader',
		path: () => '/feedback?period=2026-Y'
	},
	{
		name: 'picture of a unit, for the printer',
		route: '(office)/feedback/print',
		role: 'analyst',
		path: () => '/feedback/print'
	},
	{
		name: 'monthly sheet of the hall',
		route: '(office)/feedback/sheet',
		role: 'leader',
		path: () => '/feedback/sheet'
	},
	{ name: 'alerts', route: '(office)/alerts', role: 'leader', path: () => '/alerts' },
	{
		name: 'alerts, answer refused',
		route: '(office)/alerts',
		role: 'leader',
		path: () => '/alerts',
		act: async (page) => {
			await page.locator('[data-alert] summary').first().click();
			await follow(page.locator('[data-alert] button[type=submit]').first());
		}
	},
	{
		name: 'webhook',
		route: '(office)/setup/webhook',
		role: 'administrator',
		path: () => '/setup/webhook'
	},
	{
		name: 'webhook, refused',
		route: '(office)/setup/webhook',
		role: 'administrator',
		path: () => '/setup/webhook',
		act: async (page) => {
			await page.fill('#url', 'https://127.0.0.1/nhan');
			await follow(page.locator('main form button[type=submit]').first());
		}
	}
];
