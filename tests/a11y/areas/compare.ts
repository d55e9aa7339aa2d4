import type { SignedInPage } from '../signed-in-page.ts';

export const compare: SignedInPage[] = [
	{ name: 'compare', route: '(office)/compare', role: 'leader', path: () => '/compare' },
	{
		name: 'compare, gates by result',
		route: '(office)/compare',
		role: 'leader',
		path: () => '/compare?peers=gate&measure=C0&period=2020-Q1'
	}
];
