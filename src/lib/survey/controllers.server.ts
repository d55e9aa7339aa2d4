/**
 * Who is responsible for the answers: the organisation of one point, or all of this installation.
 * Must not know: how the notice is worded.
 */
import { z } from 'zod';
import { localisedSchema } from '$lib/questionnaire/version';
import { dataOf, DatabaseError } from '$lib/server/errors';
import { anonymousClient } from '$lib/server/supabase';
import * as surveys from './survey.server';

const rowsSchema = z.object({
	organisations: z.array(
		z.object({
			id: z.uuid(),
			names: localisedSchema,
			phone: z.string(),
			email: z.string(),
			is_demo: z.boolean(),
			response_months: z.number(),
			comment_months: z.number(),
			data_protection_contact: z.string().nullable()
		})
	)
});

export type Controller = Pick<
	surveys.Survey['organisation'],
	'id' | 'names' | 'phone' | 'email' | 'isDemo' | 'responseMonths' | 'commentMonths' | 'dataContact'
>;

async function all(): Promise<Controller[]> {
	const query = anonymousClient().rpc('public_organisations');
	const rows = rowsSchema.parse(await dataOf('read organisations', query));
	return rows.organisations.map((row) => ({
		id: row.id,
		names: row.names,
		phone: row.phone,
		email: row.email,
		isDemo: row.is_demo,
		responseMonths: row.response_months,
		commentMonths: row.comment_months,
		dataContact: row.data_protection_contact
	}));
}

/**
 * The organisations whose notice is shown. An unknown or closed point shows all: the notice must be
 * readable even where nothing can be answered any more.
 * @param point canonical token, or null
 * @throws DatabaseError when the database is away
 */
export async function organisationsOf(point: string | null): Promise<Controller[]> {
	if (!point) return all();
	try {
		return [(await surveys.open(point)).organisation];
	} catch (error) {
		if (error instanceof DatabaseError && error.status < 500) return all();
		throw error;
	}
}
