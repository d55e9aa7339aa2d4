// The digests and the daily hash of what is published (docs/open-data.md): a digest is the SHA-256 of a
// publication's lines as GET /api/v1/scores gives them, made once; SQL makes the hash of the day from them.

import { createHash } from 'node:crypto';
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { allCells, callOf, publicationOf, readPublications } from '../../open-data/open-cells.ts';
import { csvLines, scoresOf, type Publication } from '../../open-data/scores.ts';
import type { Database } from '../database.types.ts';
import { JobFailed } from './job-failed.ts';

const missing = z.array(z.object({ id: z.uuid() }));

/** Gives every publication its digest, then the day its hash. Does nothing when both are there. */
export async function hashPublished(client: SupabaseClient<Database>): Promise<unknown> {
	const call = callOf(client as unknown as SupabaseClient, ({ code }) => new JobFailed(code ?? ''));
	let digested = 0;
	for (;;) {
		const ids = missing.parse(await call('undigested_publications', {})).map(({ id }) => id);
		if (ids.length === 0) break;
		const all = await readPublications(call, { organisation: null, period: null, unit: null });
		const publications = new Map(all.map((row) => [row.id, publicationOf(row)]));
		for (const id of ids) {
			const publication = publications.get(id);
			// Its organisation has left meanwhile.
			if (!publication) continue;
			const { lines, digest } = await digestOf(publication);
			await call('put_open_digest', { p_publication: id, p_lines: lines, p_digest: digest });
			digested += 1;
		}
	}
	return { digested, ...z.looseObject({}).parse(await call('hash_day', {})) };

	async function digestOf(publication: Publication) {
		const hash = createHash('sha256');
		let lines = 0;
		for await (const cells of allCells(call, [publication.id], { unit: null, subjects: null })) {
			const scores = cells.flatMap((cell) => scoresOf(cell, publication));
			hash.update(csvLines(scores));
			lines += scores.length;
		}
		return { lines, digest: hash.digest('hex') };
	}
}
