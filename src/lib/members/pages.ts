/**
 * The office pages: which address asks for which role, and what the navigation shows.
 * One list, read by the gate (may this person open it?) and by the shell (is it offered?).
 * It opens nothing: row level security and the functions in SQL decide; this only spares a refusal.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Role } from './roles';

export interface OfficePage {
	/** Address without a slash at its end; everything below it belongs to it. */
	path: string;
	/** Any of these roles; empty means every member. */
	roles: readonly Role[];
	/** Its name in the navigation; pages without one are reached from others. */
	label?: () => string;
	/** One line for the first page: what one does there. */
	line?: () => string;
}

export const OFFICE_PAGES: readonly OfficePage[] = [
	{ path: '/office', roles: [], label: m.nav_office },
	{
		path: '/feedback',
		roles: ['officer', 'analyst', 'leader'],
		label: m.nav_feedback,
		line: m.nav_feedback_line
	},
	{
		path: '/compare',
		roles: ['analyst', 'leader'],
		label: m.nav_compare,
		line: m.nav_compare_line
	},
	{
		path: '/reports',
		roles: ['analyst', 'leader'],
		label: m.nav_reports,
		line: m.nav_reports_line
	},
	{
		path: '/comments',
		roles: ['officer', 'analyst', 'leader'],
		label: m.nav_comments,
		line: m.nav_comments_line
	},
	{
		path: '/alerts',
		roles: ['officer', 'analyst', 'leader'],
		label: m.nav_alerts,
		line: m.nav_alerts_line
	},
	{
		path: '/publish',
		roles: ['leader'],
		label: m.nav_publish,
		line: m.nav_publish_line
	},
	{
		path: '/evidence',
		roles: ['analyst', 'leader'],
		label: m.nav_evidence,
		line: m.nav_evidence_line
	},
	{
		path: '/served',
		roles: ['officer', 'administrator'],
		label: m.nav_served,
		line: m.nav_served_line
	},
	{
		path: '/posters',
		roles: ['officer', 'administrator'],
		label: m.nav_posters,
		line: m.nav_posters_line
	},
	{
		path: '/setup',
		roles: ['administrator', 'leader'],
		label: m.nav_setup,
		line: m.nav_setup_line
	},
	{
		path: '/setup/units',
		roles: ['administrator']
	},
	{
		path: '/setup/points',
		roles: ['administrator']
	},
	{
		path: '/setup/procedures',
		roles: ['administrator']
	},
	{
		path: '/setup/questionnaires',
		roles: ['administrator']
	},
	{
		path: '/setup/import',
		roles: ['administrator']
	},
	{
		path: '/setup/calendar',
		roles: ['administrator']
	},
	{
		path: '/setup/webhook',
		roles: ['administrator']
	},
	{
		path: '/setup/targets',
		roles: ['leader', 'analyst']
	},
	{
		path: '/setup/owners',
		roles: ['leader', 'administrator', 'analyst']
	},
	{
		path: '/setup/indices',
		roles: ['leader', 'administrator', 'analyst']
	},
	{
		path: '/setup/protection',
		roles: ['administrator', 'leader']
	},
	{
		path: '/members',
		roles: ['administrator', 'auditor'],
		label: m.nav_members,
		line: m.nav_members_line
	},
	{ path: '/members/invite', roles: ['administrator'] },
	{ path: '/members/edit', roles: ['administrator'] },
	{
		path: '/audit',
		roles: ['administrator', 'auditor'],
		label: m.nav_audit,
		line: m.nav_audit_line
	},
	{ path: '/account', roles: [], label: m.nav_account, line: m.nav_account_line }
];

/** The entry of an address: the longest one it lies under. */
export function officePage(path: string): OfficePage | undefined {
	return OFFICE_PAGES.filter((page) => path === page.path || path.startsWith(`${page.path}/`)).sort(
		(a, b) => b.path.length - a.path.length
	)[0];
}

/** Whether one of these roles opens the address. Addresses that are not listed are open to members. */
export function mayOpen(path: string, roles: readonly Role[]): boolean {
	const wanted = officePage(path)?.roles ?? [];
	return wanted.length === 0 || wanted.some((role) => roles.includes(role));
}
