/**
 * "Việc cần sửa" and "Chúng tôi đã làm" of a subtree, and what of it everybody may read. SQL decides who may what;
 * every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { NOTE_STATES, type DoneNote, type Improvement, type NoteState } from './comment';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const unit = z.object({ id: z.uuid(), names: texts });
const person = z.object({ id: z.uuid(), name: z.string() });
const improvement = z
	.object({
		id: z.uuid(),
		title: z.string(),
		what: z.string(),
		due_on: z.string().nullable(),
		state: z.enum(NOTE_STATES),
		subject: z.string().nullable(),
		revision: z.number(),
		is_late: z.boolean().nullable(),
		owner: person.nullable(),
		unit,
		comments: z.array(z.uuid())
	})
	.transform(({ due_on, is_late, ...rest }): Improvement => ({
		...rest,
		dueOn: due_on,
		isLate: is_late ?? false
	}));
const doneRow = z.object({
	id: z.uuid(),
	text: z.string(),
	done_on: z.string(),
	subject: z.string().nullable(),
	revision: z.number(),
	published: z.boolean(),
	unit
});
const done = doneRow.transform(({ done_on, published, ...rest }): DoneNote => ({
	...rest,
	doneOn: done_on,
	isPublished: published
}));
const notes = z.object({ improvements: z.array(improvement), done: z.array(done) });
const choices = z.object({
	units: z.array(unit.extend({ depth: z.number() })),
	owners: z.array(person)
});
const publicNotes = z.array(
	z.object({ text: z.string(), done_on: z.string(), subject: z.string().nullable() })
);
const mayPublish = z.object({ may_publish: z.boolean() });

export interface ImprovementValues {
	title: string;
	what: string;
	owner: string;
	due_on: string;
	state: NoteState;
	subject: string;
	comments?: string[];
}
export interface DoneValues {
	text: string;
	done_on: string;
	subject: string;
	improvement?: string;
}
/** The note that is changed, and the state of it that was read. */
export interface Known {
	id: string;
	seen: number;
}

export async function list(client: SupabaseClient, unitId: string) {
	return notes.parse(await dataOf('list notes', client.rpc('list_notes', { p_unit: unitId })));
}

/** Units and colleagues that a note can name. */
export async function readChoices(client: SupabaseClient, unitId: string) {
	const asked = { p_unit: unitId };
	return choices.parse(await dataOf('read note choices', client.rpc('note_choices', asked)));
}

export async function readImprovement(client: SupabaseClient, id: string): Promise<Improvement> {
	const asked = { p_note: id };
	return improvement.parse(await dataOf('read note', client.rpc('read_improvement', asked)));
}

const put =
	(name: 'put_improvement' | 'put_done_note') =>
	async (
		client: SupabaseClient,
		unitId: string,
		values: object,
		known?: Known
	): Promise<string> => {
		const asked = { p_unit: unitId, p_values: values, p_note: known?.id ?? null };
		return z
			.uuid()
			.parse(await dataOf('put note', client.rpc(name, { ...asked, p_seen: known?.seen ?? null })));
	};
/** Adds or changes a "Việc cần sửa"; resolves to its id. */
export const putImprovement: (
	client: SupabaseClient,
	unitId: string,
	values: ImprovementValues,
	known?: Known
) => Promise<string> = put('put_improvement');
/** Adds or changes a "Chúng tôi đã làm"; resolves to its id. */
export const putDone: (
	client: SupabaseClient,
	unitId: string,
	values: DoneValues,
	known?: Known
) => Promise<string> = put('put_done_note');

export async function readDone(client: SupabaseClient, id: string) {
	const data = await dataOf('read done note', client.rpc('read_done_note', { p_note: id }));
	return { note: done.parse(data), mayPublish: mayPublish.parse(data).may_publish };
}

export async function publish(
	client: SupabaseClient,
	{ id, seen }: Known,
	isPublic: boolean
): Promise<void> {
	const asked = { p_note: id, p_seen: seen, p_published: isPublic };
	await dataOf('publish done note', client.rpc('publish_done_note', asked));
}

/**
 * What everybody may read: the newest published notes of a unit and all below it.
 * @param days only what was done between these days, both included
 */
export async function readPublic(
	client: SupabaseClient,
	unitId: string,
	days?: { start: string; end: string }
) {
	const asked = { p_unit: unitId, p_from: days?.start ?? null, p_to: days?.end ?? null };
	const data = await dataOf('read public notes', client.rpc('public_notes', asked));
	return publicNotes.parse(data).map(({ done_on, ...rest }) => ({ ...rest, doneOn: done_on }));
}

/** A note as it is now, from the details of `changed_meanwhile`. */
export function presentNote(details: string | undefined): Improvement | DoneNote | undefined {
	const data: unknown = JSON.parse(details ?? 'null');
	const [asImprovement, asDone] = [improvement.safeParse(data), done.safeParse(data)];
	return asImprovement.success ? asImprovement.data : asDone.success ? asDone.data : undefined;
}
