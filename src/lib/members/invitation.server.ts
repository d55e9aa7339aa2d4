/**
 * Taking what a link offers: an invitation, or the first set-up of an installation.
 * Must not know: how somebody signs in or up (account.server.ts).
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { ROLES } from './roles';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const offer = z
	.object({
		role: z.enum(ROLES),
		expires_at: z.string(),
		unit: z.object({ names: texts }),
		organisation: z.object({ names: texts })
	})
	.transform(({ role, expires_at, unit, organisation }) => ({
		role,
		expiresAt: expires_at,
		unit: unit.names,
		organisation: organisation.names
	}));

export type Offer = z.infer<typeof offer>;

/** What the invitation offers. @throws DatabaseError unknown_invitation, invitation_used, _expired, _revoked */
export async function read(client: SupabaseClient, token: string): Promise<Offer> {
	return offer.parse(
		await dataOf('read invitation', client.rpc('read_invitation', { p_token: token }))
	);
}

/** Takes it for the signed-in person. @throws DatabaseError as `read`, and impossible_name */
export async function accept(
	client: SupabaseClient,
	token: string,
	name: string
): Promise<{ unitId: string }> {
	const taken = await dataOf(
		'accept invitation',
		client.rpc('accept_invitation', { p_token: token, p_name: name })
	);
	return { unitId: z.object({ unit_id: z.uuid() }).parse(taken).unit_id };
}

/** Whether the link of the first set-up still works. @throws DatabaseError unknown_setup_link, setup_link_used, _expired */
export async function readSetup(client: SupabaseClient, token: string): Promise<void> {
	await dataOf('read set-up link', client.rpc('read_setup_link', { p_token: token }));
}

export interface NewOrganisation {
	name: string;
	phone: string;
	email: string;
	/** The questionnaire in force from the first minute: a built-in one, by its definition. */
	form: { names: unknown; definition: unknown };
}

/** Founds the organisation and makes the signed-in person its first administrator. @throws DatabaseError */
export async function setUp(
	client: SupabaseClient,
	token: string,
	personName: string,
	organisation: NewOrganisation
): Promise<void> {
	await dataOf(
		'set up organisation',
		client.rpc('set_up_organisation', {
			p_token: token,
			p_person_name: personName,
			p_organisation: organisation
		})
	);
}
