/** The web process's way to the open data: with nobody's rights but the public's. Throws DatabaseError. */
import { DatabaseError, dataOf } from '$lib/server/errors';
import { anonymousClient } from '$lib/server/supabase';
import { z } from 'zod';
import {
	allCells,
	callOf,
	publicationOf,
	readCells,
	readPublications,
	type After
} from './open-cells';
import type { PublicationRow } from './open-cells';
import type { ScoresQuery } from './query';
import { CSV_HEAD, csvLines, scoresOf, type Score } from './scores';

const call = (action: string) =>
	callOf(anonymousClient(), (error, status) => new DatabaseError(action, error, status));

/** The publications that a query means, in the order of organisation, period and revision. */
export async function chosenPublications(
	query: Pick<ScoresQuery, 'organisation' | 'period' | 'unit' | 'revision'>
): Promise<PublicationRow[]> {
	const all = await readPublications(call('list publications'), query);
	if (query.revision === 'all') return all;
	return all.filter((row) =>
		query.revision === 'latest' ? row.is_latest : row.revision === query.revision
	);
}

/** One page of scores, and where the next begins. */
export async function readScores(
	publications: readonly PublicationRow[],
	query: ScoresQuery
): Promise<{ scores: Score[]; next: After | null }> {
	if (publications.length === 0) return { scores: [], next: null };
	const ids = publications.map(({ id }) => id);
	const perCell = query.formulas.length;
	const limit = Math.floor(query.limit / perCell);
	const { cells, next } = await readCells(call('read scores'), ids, query, query.after, limit);
	const byId = new Map(publications.map((row) => [row.id, publicationOf(row)]));
	return {
		scores: cells.flatMap((cell) => scoresOf(cell, byId.get(cell.publicationId)!, query.formulas)),
		next
	};
}

/**
 * All scores as CSV, written while they are read: as much is in memory as one page of cells.
 * @param onEnd called once, when the last line is written or nobody reads any more
 */
export function scoresCsv(
	publications: readonly PublicationRow[],
	query: ScoresQuery,
	onEnd: () => void
): ReadableStream<Uint8Array> {
	const encoder = new TextEncoder();
	const byId = new Map(publications.map((row) => [row.id, publicationOf(row)]));
	const ids = [...byId.keys()];
	const pages = ids.length > 0 ? allCells(call('read scores'), ids, query) : null;
	let begun = false;
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				if (!begun) {
					begun = true;
					controller.enqueue(encoder.encode(CSV_HEAD));
					return;
				}
				try {
					const page = await pages?.next();
					if (!page || page.done) {
						onEnd();
						controller.close();
						return;
					}
					const scores = page.value.flatMap((cell) =>
						scoresOf(cell, byId.get(cell.publicationId)!, query.formulas)
					);
					controller.enqueue(encoder.encode(csvLines(scores)));
				} catch (failure) {
					onEnd();
					throw failure;
				}
			},
			async cancel() {
				onEnd();
				await pages?.return(undefined);
			}
		},
		{ highWaterMark: 1 }
	);
}

const hashes = z.object({
	days: z.array(
		z.object({
			day: z.iso.date(),
			previous: z.string(),
			hash: z.string(),
			publications: z.number()
		})
	),
	publications: z.array(
		z.object({
			id: z.uuid(),
			organisation_id: z.uuid(),
			period: z.string(),
			revision: z.number(),
			published_on: z.iso.date(),
			lines: z.number(),
			digest: z.string(),
			hashed_on: z.iso.date().nullable(),
			removed_on: z.iso.date().nullable()
		})
	)
});
export type Hashes = z.infer<typeof hashes>;

/** The chain of daily hashes with what each covers. */
export async function readHashes(): Promise<Hashes> {
	return hashes.parse(await dataOf('read hashes', anonymousClient().rpc('open_hashes')));
}
