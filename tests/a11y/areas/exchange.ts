import type { Page } from 'playwright';
import { follow } from '../../support/next-page.ts';
import type { SignedInPage } from '../signed-in-page.ts';

const at = (path: string) => () => path;

/** Uploads a list of units with mistakes. */
async function uploadUnits(page: Page): Promise<void> {
	const rows = 'Mã đơn vị;Tên đơn vị;Loại\nA1;Đội kiểm tra;Phòng\nA2;;Hành tinh\n';
	await page.locator('input[name=kind][value=units]').check();
	const file = { name: 'don-vi.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
	await page.setInputFiles('#file', file);
	await follow(page.locator('main form button[type=submit]').first());
}

/** Uploads a small survey and walks to a step of the wizard. */
const survey = (presses: number) => async (page: Page) => {
	const rows = 'Ngày;Nơi;S0;B0\n1/3/2024;Quầy thu phí;Hài lòng;Tạm\nhôm qua;?;5;\n';
	const file = { name: 'cu.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) };
	await page.setInputFiles('#file', file);
	for (let done = 0; done <= presses; done++) {
		for (const select of await page.locator('.value select').all()) {
			await select.selectOption({ index: 1 });
		}
		await follow(page.locator('main form[method=POST] button[type=submit]').last());
	}
};

export const exchange: SignedInPage[] = [
	{ name: 'numbers served', route: '(office)/served', role: 'officer', path: at('/served') },
	{
		name: 'numbers served, by procedure group, refused',
		route: '(office)/served',
		role: 'administrator',
		path: at('/served?by=group'),
		act: async (page) => {
			await page.locator('input[inputmode=numeric]').first().fill('ba mươi');
			await follow(page.locator('main form button[type=submit]').first());
		}
	},
	{
		name: 'import and export',
		route: '(office)/setup/import',
		role: 'administrator',
		path: at('/setup/import')
	},
	{
		name: 'import, refused',
		route: '(office)/setup/import',
		role: 'administrator',
		path: at('/setup/import'),
		act: async (page) => {
			await follow(page.locator('main form button[type=submit]').first());
		}
	},
	{
		name: 'an import with wrong rows',
		route: '(office)/setup/import/[import=uuid]',
		role: 'administrator',
		path: at('/setup/import'),
		act: uploadUnits
	},
	{
		name: 'past answers',
		route: '(office)/setup/import/answers',
		role: 'administrator',
		path: at('/setup/import/answers')
	},
	...['columns', 'values', 'result'].map((step, presses): SignedInPage => ({
		name: `past answers, ${step}`,
		route: '(office)/setup/import/answers/[import=uuid]',
		role: 'administrator',
		path: at('/setup/import/answers'),
		act: survey(presses)
	})),
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
			await follow(page.locator('main form button[type=submit]').last());
		}
	}
];
