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
	}
];
