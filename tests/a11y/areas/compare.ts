import type { SignedInPage } from '../signed-in-page.ts';

export const compare: SignedInPage[] = [
	{ name: 'compare', route: '(office)/compare', role: 'leader', path: () => '/compare' },
	{
		name: 'compare, gates by result',
		route: '(office)/compare',
		role: 'leader',
		path: () => '/compare?peers=gate&measure=C0&period=2020-Q1'
	},
	{
		name: 'trend by month',
		route: '(office)/compare/trend',
		role: 'leader',
		path: () => '/compare/trend?step=month'
	},
	{
		name: 'what would help',
		route: '(office)/compare/help',
		role: 'leader',
		path: () => '/compare/help'
	},
	{
		name: 'weights',
		route: '(office)/compare/weights',
		role: 'leader',
		path: () => '/compare/weights'
	}
];
