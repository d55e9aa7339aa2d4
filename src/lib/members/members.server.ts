/**
 * The members of a subtree and the invitations to it, for administrators (auditors read the list).
 * Who may do what, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { ROLES, type Role } from './roles';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const unit = z.object({ id: z.uuid(), names: texts });
const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() });
const member = z.object({ id: z.uuid(), role: z.enum(ROLES), since: z.string(), person, unit });

const memberList = z.object({ total: z.number(), members: z.array(member) });
const memberDetail = member.extend({ colleagues: z.array(person) });
const invitations = z.array(
	z
		.object({
			id: z.uuid(),
			role: z.enum(ROLES),
			email: z.string().nullable(),
			expires_at: z.string(),
			expired: z.boolean(),
			unit,
			mail: z.object({ attempts: z.number() }).nullable()
		})
		.transform(({ expires_at, expired, ...rest }) => ({
			...rest,
			expiresAt: expires_at,
			isExpired: expired
		}))
);
const units = z.array(unit.extend({ depth: z.number() }));
const link = z
	.object({ id: z.uuid(), token: z.string(), expires_at: z.string() })
	.transform(({ expires_at, ...rest }) => ({ ...rest, expiresAt: expires_at }));

export type MemberList = z.infer<typeof memberList>;
export type MemberDetail = z.infer<typeof memberDetail>;
export type Invitation = z.infer<typeof invitations>[number];
/** The token is shown once and kept nowhere. */
export type InvitationLink = z.infer<typeof link>;

/** Members shown at once. */
export const PAGE_SIZE = 50;

export async function list(
	client: SupabaseClient,
	unitId: string,
	search: string,
	offset: number
): Promise<MemberList> {
	const asked = { p_unit: unitId, p_search: search || null, p_offset: offset };
	return memberList.parse(await dataOf('list members', client.rpc('list_members', asked)));
}

export async function read(client: SupabaseClient, memberId: string): Promise<MemberDetail> {
	return memberDetail.parse(
		await dataOf('read member', client.rpc('read_member', { p_member: memberId }))
	);
}

export async function changeRole(
	client: SupabaseClient,
	memberId: string,
	role: Role
): Promise<void> {
	await dataOf('change role', client.rpc('change_role', { p_member: memberId, p_role: role }));
}

export async function end(client: SupabaseClient, memberId: string): Promise<void> {
	await dataOf('end membership', client.rpc('end_membership', { p_member: memberId }));
}

/** All memberships of one person pass to a colleague; resolves to how many. */
export async function handOver(client: SupabaseClient, from: string, to: string): Promise<number> {
	return z
		.number()
		.parse(await dataOf('hand over', client.rpc('hand_over', { p_from: from, p_to: to })));
}

/** Units to which the administrator may invite, in tree order. */
export async function listUnits(client: SupabaseClient, unitId: string) {
	return units.parse(await dataOf('list units', client.rpc('list_units', { p_unit: unitId })));
}

export async function listInvitations(
	client: SupabaseClient,
	unitId: string
): Promise<Invitation[]> {
	return invitations.parse(
		await dataOf('list invitations', client.rpc('list_invitations', { p_unit: unitId }))
	);
}

/** @param email null for a link that is handed over in person */
export async function invite(
	client: SupabaseClient,
	unitId: string,
	role: Role,
	email: string | null
): Promise<InvitationLink> {
	const asked = { p_unit: unitId, p_role: role, p_email: email };
	return link.parse(await dataOf('invite', client.rpc('invite', asked)));
}

export async function renew(client: SupabaseClient, invitationId: string): Promise<InvitationLink> {
	const asked = { p_invitation: invitationId };
	return link.parse(await dataOf('renew invitation', client.rpc('renew_invitation', asked)));
}

export async function revoke(client: SupabaseClient, invitationId: string): Promise<void> {
	const asked = { p_invitation: invitationId };
	await dataOf('revoke invitation', client.rpc('revoke_invitation', asked));
}
