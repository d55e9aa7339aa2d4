// `npm run audit:verify`: recomputes the hash chain of the audit log as the owner of the database and names the first
// line that does not fit. Ends with 0 when the chain holds, 1 when it is broken, 2 when it could not be read.

import { writePrivately } from './secrets.ts';
import { readRunning } from './installation.ts';
import { withDatabase } from './migrations.ts';
import { report, StartProblem } from './problem.ts';
import { readSettings } from './settings.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Head {
	seq: number;
	hash: string;
}

export interface Verdict {
	lines: number;
	head: Head | undefined;
	/** Number of the first line that does not fit; undefined when all do. */
	broken: number | undefined;
	/** Whether lines are missing at the end, compared with what was seen here last. */
	shortened: boolean;
}

/** @param seen the last line of an earlier check: cutting off the end leaves a chain that holds in itself */
export async function verify(databaseUrl: string, seen: Head | undefined): Promise<Verdict> {
	return withDatabase(databaseUrl, async (client) => {
		const broken = await client.query<{ line: string | null }>(
			'select private.first_broken_line()::text as line'
		);
		const last = await client.query<{ number: string; hash: string; lines: string }>(
			`select seq::text as number, encode(hash, 'hex') as hash, count(*) over ()::text as lines
			from public.audit_log order by seq desc limit 1`
		);
		const then = seen
			? await client.query<{ hash: string }>(
					`select encode(hash, 'hex') as hash from public.audit_log where seq = $1`,
					[seen.seq]
				)
			: undefined;
		// Months whose time is over are cut off at the beginning; the chain has been asked whether rightly.
		const cut = await client.query<{ number: string }>(
			'select seq::text as number from private.audit_anchor'
		);
		const isCut = seen !== undefined && seen.seq <= Number(cut.rows[0]?.number ?? 0);
		const [row] = last.rows;
		const line = broken.rows[0]?.line;
		return {
			lines: Number(row?.lines ?? 0),
			head: row && { seq: Number(row.number), hash: row.hash },
			broken: line == null ? undefined : Number(line),
			shortened: then !== undefined && !isCut && then.rows[0]?.hash !== seen?.hash
		};
	});
}

if (import.meta.main) {
	try {
		const settings = readSettings();
		const url = settings.DATABASE_URL ?? readRunning(settings.DATA_DIR)?.databaseUrl;
		if (!url) {
			throw new StartProblem(
				'Set DATABASE_URL to the address of the database with its owner, or start the embedded one (npm start) first.'
			);
		}
		const path = join(settings.DATA_DIR, 'audit-head.json');
		const seen = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Head) : undefined;
		const { lines, head, broken, shortened } = await verify(url, seen);
		if (broken !== undefined) {
			console.error(
				`The chain is broken at line ${broken}: it, or the line before it, was changed.`
			);
			process.exitCode = 1;
		} else if (shortened) {
			console.error(
				`Line ${seen?.seq}, seen at the last check, is missing or another one: the end of the log was cut off or rewritten.`
			);
			process.exitCode = 1;
		} else {
			if (head) writePrivately(path, `${JSON.stringify(head)}\n`);
			console.log(
				head
					? `The chain holds: ${lines} lines, the last is ${head.seq} with hash ${head.hash}.`
					: 'The log is empty.'
			);
		}
	} catch (error) {
		report(error);
		process.exitCode = 2;
	}
}
