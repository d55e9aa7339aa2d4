// Writes what the demo organisation consists of, everything but its answers. Every row has an id that follows from
// its name, and a row that is there stays as it is: so this can run any number of times.

import type { SupabaseClient } from '@supabase/supabase-js';
import { builtIn, withFacts } from '../../../src/lib/questionnaire/built-in.ts';
import type { Database, Json } from '../../../src/lib/server/database.types.ts';
import { FORMS, GROUPS, ORGANISATION, UNITS } from './organisation.ts';
import { POINTS } from './points.ts';
import { namedId } from './random.ts';

type Client = SupabaseClient<Database>;
type Tables = Database['public']['Tables'];
type Insert<T extends keyof Tables> = Tables[T]['Insert'];

/** Ids of the demo's rows. */
export const ids = {
	organisation: namedId('organisation'),
	unit: (key: string) => namedId(`unit ${key}`),
	group: (code: string) => namedId(`group ${code}`),
	point: (key: string) => namedId(`point ${key}`),
	version: (form: string) => namedId(`version ${form} 1`),
	questionnaire: (form: string) => namedId(`questionnaire ${form}`)
};

/** @throws Error naming the table */
async function put<T extends keyof Tables>(
	client: Client,
	table: T,
	rows: Insert<T>[],
	onConflict = 'id'
): Promise<void> {
	// The client's types cannot follow a table name that is itself a parameter.
	const { error } = await client
		.from(table as 'units')
		.upsert(rows as unknown as Insert<'units'>[], { onConflict, ignoreDuplicates: true });
	if (error) throw new Error(`writing ${table}: ${error.message}`);
}

async function putUnits(client: Client): Promise<void> {
	const rows = UNITS.map(({ key, parent, kind, names }, sort) => ({
		id: ids.unit(key),
		organisation_id: ids.organisation,
		parent_id: parent ? ids.unit(parent) : ids.organisation,
		kind,
		names: names as unknown as NonNullable<Json>,
		sort
	}));
	// A unit needs its parent's row: those directly under the board come first.
	await put(
		client,
		'units',
		rows.filter((row) => row.parent_id === ids.organisation)
	);
	await put(
		client,
		'units',
		rows.filter((row) => row.parent_id !== ids.organisation)
	);
}

async function putProcedures(client: Client): Promise<void> {
	await put(
		client,
		'procedure_groups',
		GROUPS.map(({ code, decides, names }) => ({
			id: ids.group(code),
			organisation_id: ids.organisation,
			code,
			names: names as unknown as NonNullable<Json>,
			deciding_unit_id: ids.unit(decides)
		}))
	);
	await put(
		client,
		'procedures',
		GROUPS.flatMap(({ code, decides, procedures }) =>
			procedures.map((name, n) => ({
				id: namedId(`procedure ${code} ${n}`),
				organisation_id: ids.organisation,
				procedure_group_id: ids.group(code),
				deciding_unit_id: ids.unit(decides),
				code: `MH-${code}-${n + 1}`,
				name
			}))
		)
	);
}

async function putForms(client: Client): Promise<void> {
	const forms = Object.entries(FORMS) as [keyof typeof FORMS, (typeof FORMS)['quick']][];
	await put(
		client,
		'questionnaires',
		forms.map(([code, { names }]) => ({
			id: ids.questionnaire(code),
			organisation_id: ids.organisation,
			code,
			names: names as unknown as NonNullable<Json>
		}))
	);
	await put(
		client,
		'questionnaire_versions',
		forms.map(([code, { facts }]) => ({
			id: ids.version(code),
			questionnaire_id: ids.questionnaire(code),
			number: 1,
			definition: withFacts(builtIn[code], facts) as unknown as NonNullable<Json>,
			published_at: new Date().toISOString()
		}))
	);
}

/** The quick form for the whole house; a point with another form has chosen it for itself. */
async function chooseForm(client: Client): Promise<void> {
	const { error } = await client
		.from('units')
		.update({ questionnaire_id: ids.questionnaire('quick') })
		.eq('id', ids.organisation)
		.is('questionnaire_id', null);
	if (error) throw new Error(`choosing the form: ${error.message}`);
}

async function putPoints(client: Client): Promise<void> {
	// No token here: each installation draws its own, and keeps it.
	await put(
		client,
		'service_points',
		POINTS.map((point) => ({
			id: ids.point(point.key),
			organisation_id: ids.organisation,
			unit_id: ids.unit(point.unit),
			labels: point.labels as unknown as NonNullable<Json>,
			kind: point.kind,
			moment: point.moment,
			wording: point.wording,
			default_deciding_unit_id: ids.unit(point.defaultDecides),
			staffed_by: point.staffedBy,
			version_id: ids.version(point.form),
			offers_paper: point.offersPaper
		}))
	);
	await put(
		client,
		'service_point_groups',
		POINTS.flatMap((point) =>
			point.groups.map((code, n) => ({
				service_point_id: ids.point(point.key),
				procedure_group_id: ids.group(code),
				position: n + 1
			}))
		),
		'service_point_id,procedure_group_id'
	);
}

/** Writes the organisation with units, procedures, forms and service points. @throws Error naming the table */
export async function putOrganisation(client: Client): Promise<void> {
	const { phone, email, names, address } = ORGANISATION;
	await put(client, 'organisations', [
		{ id: ids.organisation, names, phone, email, address, scheme: 'administrative', is_demo: true }
	]);
	await putUnits(client);
	await putProcedures(client);
	await putForms(client);
	await chooseForm(client);
	await putPoints(client);
}
