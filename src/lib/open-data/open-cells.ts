/**
 * Publications and their cells as SQL lets them out, page by page. Read by the web process with the public key and
 * by the worker with its own: both give their client (hence the relative imports). Keeps nothing.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import type { OpenCell, Publication } from './scores.ts';

/** Cells per call; about a megabyte of JSON. */
const PAGE = 5000;

const publicationRow = z.object({
	id: z.uuid(),
	organisation_id: z.uuid(),
	organisation: z.string(),
	is_demo: z.boolean(),
	period: z.string(),
	kind: z.enum(['month', 'quarter', 'half', 'nine_months', 'year']),
	start: z.iso.date(),
	end: z.iso.date(),
	revision: z.number().int(),
	is_latest: z.boolean(),
	published_on: z.iso.date(),
	reason: z.string().nullable(),
	figures: z.number().int(),
	method: z.string(),
	digest: z.string().nullable(),
	lines: z.number().int().nullable(),
	hashed_on: z.iso.date().nullable()
});
export type PublicationRow = z.infer<typeof publicationRow>;

const cellRow = z.tuple([
	z.uuid(),
	z.uuid(),
	z.string(),
	z.string(),
	z.number(),
	z.number(),
	z.string(),
	z.number(),
	z.string(),
	z.number().nullable()
]);
const page = z.object({ cells: z.array(cellRow), full: z.boolean() });

/** Where a page ended. */
export interface After {
	publication: string;
	unit: string;
	subject: string;
}

/** What of the publications is asked for. */
export interface Choice {
	unit: string | null;
	subjects: readonly string[] | null;
}

type Call = (name: string, values: Record<string, unknown>) => Promise<unknown>;

/** A client's rpc as a function that throws what its caller throws on errors. */
export function callOf(
	client: SupabaseClient,
	failed: (error: { code?: string | null }, status: number) => Error
): Call {
	return async (name, values) => {
		const { data, error, status } = await client.rpc(name, values);
		if (error) throw failed(error, status);
		return data as unknown;
	};
}

export async function readPublications(
	call: Call,
	asked: { organisation: string | null; period: string | null; unit: string | null }
): Promise<PublicationRow[]> {
	const data = await call('open_publications', {
		p_organisation: asked.organisation,
		p_period: asked.period,
		p_unit: asked.unit
	});
	return z.array(publicationRow).parse(data);
}

export const publicationOf = (row: PublicationRow): Publication => ({
	id: row.id,
	organisationId: row.organisation_id,
	organisation: row.organisation,
	period: row.period,
	start: row.start,
	end: row.end,
	revision: row.revision,
	publishedOn: row.published_on
});

/**
 * One page of cells.
 * @param publications ids in the order in which their cells come
 * @returns the cells, and after which the next page begins (null: there is none)
 */
export async function readCells(
	call: Call,
	publications: readonly string[],
	choice: Choice,
	after: After | null,
	limit = PAGE
): Promise<{ cells: OpenCell[]; next: After | null }> {
	const from = after ? publications.indexOf(after.publication) : 0;
	if (from < 0) return { cells: [], next: null };
	const data = await call('open_figures', {
		p_query: {
			publications: publications.slice(from),
			unit: choice.unit,
			subjects: choice.subjects,
			after: after && { unit: after.unit, subject: after.subject }
		},
		p_limit: limit
	});
	const { cells, full } = page.parse(data);
	const last = cells.at(-1);
	return {
		cells: cells.map(cellOf),
		next: full && last ? { publication: last[0], unit: last[1], subject: last[3] } : null
	};
}

function cellOf(row: z.infer<typeof cellRow>): OpenCell {
	const [publicationId, unitId, unit, subject, persons, s1, s2, s3, s4, s5] = row;
	return {
		publicationId,
		unitId,
		unit,
		subject,
		persons,
		values: subject.startsWith('item:')
			? { kind: 'item', levels: [s1, Number(s2), s3, Number(s4), s5 ?? 0] }
			: { kind: 'measure', top2: [s1, s2], mean: [s3, s4] }
	};
}

/** Every cell of the publications, a page at a time: as much is in memory as one page. */
export async function* allCells(
	call: Call,
	publications: readonly string[],
	choice: Choice
): AsyncGenerator<OpenCell[]> {
	let after: After | null = null;
	do {
		const { cells, next } = await readCells(call, publications, choice, after);
		if (cells.length > 0) yield cells;
		after = next;
	} while (after);
}
