/**
 * The five roles: their identifiers, labels and the one line that says what each means.
 * Must not know: who holds one (session.server.ts) and which pages it opens (pages.ts).
 */
import { m } from '$lib/i18n/paraglide/messages.js';

export const ROLES = ['officer', 'analyst', 'leader', 'administrator', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

export function isRole(value: unknown): value is Role {
	return ROLES.includes(value as Role);
}

const LABELS: Record<Role, () => string> = {
	officer: m.role_officer,
	analyst: m.role_analyst,
	leader: m.role_leader,
	administrator: m.role_administrator,
	auditor: m.role_auditor
};
const LINES: Record<Role, () => string> = {
	officer: m.role_officer_line,
	analyst: m.role_analyst_line,
	leader: m.role_leader_line,
	administrator: m.role_administrator_line,
	auditor: m.role_auditor_line
};

/** The role's name in the reader's language. */
export function roleLabel(role: Role): string {
	return LABELS[role]();
}

/** What somebody with this role does, in one line. */
export function roleLine(role: Role): string {
	return LINES[role]();
}
