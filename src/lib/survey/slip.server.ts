/**
 * One-time slips on the citizen's side: which form a code opens, and that form for its moment.
 * Owns: reading a code, slowing down who guesses. Spending is a matter of the answer's transaction.
 * Must not know: HTTP, who was given the slip (nobody knows).
 */
import { z } from 'zod';
import { DatabaseError, dataOf } from '$lib/server/errors';
import { Counter } from '$lib/server/rate-limit';
import { anonymousClient } from '$lib/server/supabase';
import type { Survey } from './survey.server';

const slipSchema = z.object({
	token: z.string(),
	moment: z.enum(['receive', 'return', 'other']),
	state: z.enum(['open', 'used', 'expired'])
});

/** The point and moment behind a code. */
export type Slip = z.infer<typeof slipSchema>;

const TIMEOUT_MS = 5_000;

/**
 * @param code canonical
 * @throws DatabaseError unknown_code (404), or 503
 */
export async function readSlip(code: string): Promise<Slip> {
	const query = anonymousClient().rpc('read_slip', { p_code: code });
	const signal = AbortSignal.timeout(TIMEOUT_MS);
	return slipSchema.parse(await dataOf('read slip', query.abortSignal(signal)));
}

/**
 * Codes that were not there, per address. A hall shares one address and mistypes now and then; a
 * hundred in ten minutes is a machine. (50 random bits are not found at this pace in an age.)
 */
const misses = new Counter(100, 10 * 60);

/** Reads a code for an address; resolves to the minutes to wait when it has guessed too much. */
export async function readSlipFor(address: string, code: string): Promise<Slip | { wait: number }> {
	const seconds = await misses.wait(address);
	if (seconds > 0) return { wait: Math.ceil(seconds / 60) };
	try {
		return await readSlip(code);
	} catch (error) {
		if (error instanceof DatabaseError && error.key === 'unknown_code') await misses.add(address);
		throw error;
	}
}

const byMoment = new WeakMap<Survey, Map<string, Survey>>();

/** The form of a point as somebody sees it who came for this one thing; made once per form. */
export function surveyAt(survey: Survey, moment: Slip['moment']): Survey {
	const shown = moment === 'return' ? 'return' : 'receive';
	const known = byMoment.get(survey) ?? new Map<string, Survey>();
	byMoment.set(survey, known);
	let made = known.get(shown);
	if (!made) {
		made = { ...survey, asked: { ...survey.asked, moment: shown } };
		known.set(shown, made);
	}
	return made;
}
