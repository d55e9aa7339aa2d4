/**
 * The questionnaires of an organisation through the API: reading, making, choosing. Who may, and what
 * may be published, SQL decides; every function throws DatabaseError with its key.
 * Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import {
	factSchema,
	localisedSchema,
	versionSchema,
	type Localised,
	type Version
} from './version';
import type { ReadVersion } from './translations';

const card = z
	.object({
		id: z.uuid(),
		code: z.string(),
		names: localisedSchema,
		revision: z.number(),
		versions: z.array(
			z
				.object({
					id: z.uuid(),
					number: z.number(),
					published_on: z.string().nullable(),
					items: z.number()
				})
				.transform(({ published_on, ...rest }) => ({ ...rest, publishedOn: published_on }))
		)
	})
	.loose();

const listed = card
	.extend({
		points: z.number(),
		chosen_at: z.array(localisedSchema),
		chosen_units: z.number(),
		chosen_points: z.number()
	})
	.transform(({ chosen_at, chosen_units, chosen_points, ...rest }) => ({
		...rest,
		chosenAt: chosen_at,
		chosenUnits: chosen_units,
		chosenPoints: chosen_points
	}));

const list = z
	.object({
		organisation_id: z.uuid(),
		may_make: z.boolean(),
		here: z.uuid().nullable(),
		questionnaires: z.array(listed)
	})
	.transform(({ may_make, organisation_id, ...rest }) => ({
		...rest,
		mayMake: may_make,
		organisationId: organisation_id
	}));

const one = card
	.extend({ points: z.number(), chosen_units: z.number() })
	.transform(({ chosen_units, ...rest }) => ({ ...rest, chosenUnits: chosen_units }));

const readers = z.partialRecord(z.enum(['zh', 'en']), z.object({ by: z.string(), on: z.string() }));

const version = z
	.object({
		id: z.uuid(),
		number: z.number(),
		revision: z.number(),
		definition: versionSchema,
		readers,
		published_on: z.string().nullable(),
		questionnaire: z.object({ id: z.uuid(), code: z.string(), names: localisedSchema }),
		before: z.object({ number: z.number(), definition: versionSchema }).nullable(),
		known_items: z.record(z.string(), z.string().nullable()),
		known_facts: z.record(z.string(), factSchema),
		points: z.number()
	})
	.transform(({ published_on, known_items, known_facts, ...rest }) => ({
		...rest,
		publishedOn: published_on,
		knownItems: known_items,
		knownFacts: known_facts
	}));

export type OpenVersion = z.infer<typeof version>;
export type Questionnaire = z.infer<typeof one>;
export type QuestionnaireList = z.infer<typeof list>;

type Client = SupabaseClient;

/** The questionnaires, and where below the unit each is in force. */
export async function readAll(client: Client, unitId: string): Promise<QuestionnaireList> {
	const query = client.rpc('read_questionnaires', { p_unit: unitId });
	return list.parse(await dataOf('read questionnaires', query));
}

export async function read(client: Client, questionnaireId: string): Promise<Questionnaire> {
	const query = client.rpc('read_questionnaire', { p_questionnaire: questionnaireId });
	return one.parse(await dataOf('read questionnaire', query));
}

export async function readVersion(client: Client, versionId: string): Promise<OpenVersion> {
	const query = client.rpc('read_version', { p_version: versionId });
	return version.parse(await dataOf('read version', query));
}

/** @returns the id of the first draft */
export async function start(
	client: Client,
	unitId: string,
	names: Localised,
	definition: Version
): Promise<string> {
	const asked = { p_unit: unitId, p_names: names, p_definition: definition };
	const data = await dataOf('start questionnaire', client.rpc('start_questionnaire', asked));
	return z.object({ version_id: z.uuid() }).parse(data).version_id;
}

/** @returns the id of the draft of the next version, new or already there */
export async function startVersion(client: Client, questionnaireId: string): Promise<string> {
	const query = client.rpc('start_version', { p_questionnaire: questionnaireId });
	return z.object({ version_id: z.uuid() }).parse(await dataOf('start version', query)).version_id;
}

export async function rename(
	client: Client,
	questionnaireId: string,
	names: Localised,
	revision: number
): Promise<void> {
	const asked = { p_questionnaire: questionnaireId, p_names: names, p_revision: revision };
	await dataOf('rename questionnaire', client.rpc('rename_questionnaire', asked));
}

/** Saves a draft that began from this revision. */
export async function save(
	client: Client,
	versionId: string,
	{ definition, readers }: ReadVersion,
	revision: number
): Promise<void> {
	const asked = {
		...{ p_version: versionId, p_definition: definition },
		...{ p_revision: revision, p_readers: readers }
	};
	await dataOf('save draft', client.rpc('save_draft', asked));
}

/** @returns the questionnaire, or null when it has gone with its only draft */
export async function discard(
	client: Client,
	versionId: string,
	revision: number
): Promise<string | null> {
	const query = client.rpc('discard_draft', { p_version: versionId, p_revision: revision });
	const data = await dataOf('discard draft', query);
	return z.object({ questionnaire_id: z.uuid().nullable() }).parse(data).questionnaire_id;
}

/** @returns at how many points the version is asked from now on */
export async function publish(
	client: Client,
	versionId: string,
	revision: number
): Promise<number> {
	const query = client.rpc('publish_version', { p_version: versionId, p_revision: revision });
	return z.object({ points: z.number() }).parse(await dataOf('publish version', query)).points;
}

/** A recording for one language of an item, or null to take it out. */
export async function putAudio(
	client: Client,
	versionId: string,
	place: { item: string; language: string },
	content: Buffer | null,
	revision: number
): Promise<void> {
	const asked = {
		...{ p_version: versionId, p_item: place.item, p_language: place.language },
		...{ p_content: content?.toString('base64') ?? null, p_revision: revision }
	};
	await dataOf('put item audio', client.rpc('put_item_audio', asked));
}
