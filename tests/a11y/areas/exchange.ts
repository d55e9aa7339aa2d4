import type { SignedInPage } from '../signed-in-page.ts';

const at = (path: string) => () => path;

export const exchange: SignedInPage[] = [
	{ name: 'numbers served', route: '(office)/served', role: 'officer', path: at('/served') },
	{
		name: 'numbers served, by procedure group, refused',
		route: '(office)/served',
		role: 'administrator',
		path: at('/served?by=group'),
		act: async (page) => {
			await page.locator('input[inputmode=numeric]').first().fill('ba mươi');
			await page.locator('main form button[type=submit]').first().click();
			await page.waitForLoadState();
		}
	},
	{
		name: 'access tokens',
		route: '(office)/served/tokens',
		role: 'administrator',
		path: at('/served/tokens')
	},
	{
		name: 'access token made',
		route: '(office)/served/tokens',
		role: 'administrator',
		path: at('/served/tokens'),
		act: async (page) => {
			await page.fill('#name', 'Máy lấy số');
			await page.locator('main form button[type=submit]').last().click();
			await page.waitForLoadState();
		}
	}
];
