import type { SignedInPage } from '../signed-in-page.ts';

const at = (path: string) => () => path;

export const protection: SignedInPage[] = [
	{
		name: 'data protection',
		route: '(office)/setup/protection',
		role: 'leader',
		path: at('/setup/protection')
	},
	{
		name: 'data protection, settings',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings')
	},
	{
		name: 'data protection, settings refused',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings'),
		act: async (page) => {
			await page.fill('#responseMonths', '0');
			await page.locator('main form button[type=submit]').last().click();
			await page.waitForLoadState();
		}
	},
	{
		name: 'data protection, shorter times',
		route: '(office)/setup/protection/settings',
		role: 'administrator',
		path: at('/setup/protection/settings'),
		act: async (page) => {
			await page.fill('#responseMonths', '12');
			await page.locator('main form button[type=submit]').last().click();
			await page.waitForLoadState();
		}
	},
	{
		name: 'working days',
		route: '(office)/setup/calendar',
		role: 'administrator',
		path: at('/setup/calendar?year=2027')
	},
	{
		name: 'working days, refused',
		route: '(office)/setup/calendar',
		role: 'administrator',
		path: at('/setup/calendar'),
		act: async (page) => {
			await page.getByRole('button', { name: 'Thêm ngày này' }).click();
			await page.waitForLoadState();
		}
	}
];
