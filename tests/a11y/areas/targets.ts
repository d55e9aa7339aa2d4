import type { SignedInPage } from '../signed-in-page.ts';

const page = (name: string, route: string, path: string, role = 'leader'): SignedInPage => ({
	name,
	route: `(office)/${route}`,
	role,
	path: () => path
});

export const targets: SignedInPage[] = [
	page('targets', 'setup/targets', '/setup/targets'),
	{
		...page('targets, refused', 'setup/targets', '/setup/targets'),
		act: async (opened) => {
			await opened.fill('#level', 'một trăm');
			await opened.getByRole('button', { name: 'Đặt chỉ tiêu' }).click();
			await opened.locator('#level-problem').waitFor();
		}
	},
	page('owners', 'setup/owners', '/setup/owners', 'administrator'),
	page('indices', 'setup/indices', '/setup/indices'),
	page('reports', 'reports', '/reports'),
	page('report plan', 'reports/plan', '/reports/plan', 'analyst'),
	page('report outline', 'reports/outline', '/reports/outline'),
	{
		...page('report outline, refused', 'reports/outline', '/reports/outline'),
		act: async (opened) => {
			await opened.getByRole('button', { name: 'Tải lên' }).click();
			await opened.locator('#file-problem').waitFor();
		}
	}
];
