/**
 * One posted form from arrival to outcome: look up, check the ticket, parse, store.
 * Owns: the order of these steps and what each failure means for the person. Must not know: Kit.
 * Whatever goes wrong after the form was read, what was typed comes back with the outcome.
 */
import { isLocale, type Locale } from '$lib/i18n/locale';
import { env } from '$lib/server/env';
import { DatabaseError } from '$lib/server/errors';
import { readForm } from '$lib/server/form-body';
import { describeError, log } from '$lib/server/log';
import { parseAnswers, type Fault, type Kept } from './answers';
import { BusyError } from './batcher.server';
import { checkTicket, issueTicket } from './ticket';
import { readSlip, surveyAt, type Slip } from './slip.server';
import { pace } from './pace.server';
import * as surveys from './survey.server';

export type ProblemKey =
	| 'answers'
	| 'comment_too_long'
	| 'ticket_stale'
	| 'busy'
	| 'too_many_posts'
	/** The one-time code was used or ran out meanwhile: what was typed may still be sent without it. */
	| 'code_used'
	| 'code_expired';

/** A form that goes back to the person with everything typed in it. */
export interface Returned {
	outcome: 'returned';
	status: 200 | 409 | 410 | 413 | 422 | 503;
	/** Absent when the person only asked for another language. */
	problem: ProblemKey | null;
	faults: Fault[];
	kept: Kept;
	ticket: string;
	/** Seconds after which it may be tried again, where that is known. */
	retryAfter?: number;
}

/** The form cannot even be shown: the fields go back as they came, behind a button. */
export interface Resend {
	outcome: 'resend';
	status: 503;
	fields: [string, string][];
}

/** Committed: now, or before with the same ticket. */
export interface Thanked {
	outcome: 'recorded' | 'again';
	ticket: string;
}

/** Another language was asked for before anything was typed: the form is simply opened again. */
export interface Untouched {
	outcome: 'untouched';
}

export type Outcome = Thanked | Untouched | Returned | Resend;

const MAX_RESENT_FIELDS = 60;
const isAway = (error: unknown) =>
	error instanceof BusyError || (error instanceof DatabaseError && error.status === 503);

function resend(form: FormData): Resend {
	const fields = [...form].filter(
		(field): field is [string, string] => typeof field[1] === 'string'
	);
	return { outcome: 'resend', status: 503, fields: fields.slice(0, MAX_RESENT_FIELDS) };
}

/** What a failure to store means; throws what ends in another page (404, 410) or is our fault. */
function problemOf(error: unknown): Pick<Returned, 'status' | 'problem' | 'faults'> {
	if (isAway(error)) return { status: 503, problem: 'busy', faults: [] };
	if (!(error instanceof DatabaseError)) throw error;
	if (error.key === 'comment_too_long') {
		const faults: Fault[] = [{ field: 'comment', key: 'comment_too_long' }];
		return { status: 413, problem: 'comment_too_long', faults };
	}
	if (error.key === 'code_used' || error.key === 'code_expired') {
		return { status: 410, problem: error.key, faults: [] };
	}
	if (error.status === 409 || error.key === 'unknown_version') {
		return { status: 409, problem: 'ticket_stale', faults: [] };
	}
	if (error.status === 422 || error.key === 'unknown_procedure_group') {
		return { status: 422, problem: 'answers', faults: [] };
	}
	throw error;
}

/**
 * Receives a posted form.
 * @param token canonical token of the service point
 * @param locale language of the page, stored when the form does not name its own
 * @param from the address that sends it, where it tells somebody apart
 * @param slip the one-time code with which the form was opened, and the moment it stands for
 * @throws DatabaseError unknown_token, point_closed, or one that nobody can expect
 */
async function receive(
	token: string,
	form: FormData,
	locale: Locale,
	{ slip, from }: { slip?: Slip & { code: string }; from?: string | undefined } = {}
): Promise<Outcome> {
	let survey: surveys.Survey;
	try {
		survey = await surveys.open(token);
		if (slip) survey = surveyAt(survey, slip.moment);
	} catch (error) {
		if (isAway(error)) return resend(form);
		throw error;
	}

	const secret = env().TICKET_SECRET;
	const scope = { pointId: survey.point.id, versionId: survey.versionId };
	const posted = form.get('ticket');
	const isGood = checkTicket(secret, scope, posted) === 'good';
	const ticket = isGood ? (posted as string) : issueTicket(secret, scope);
	const parsed = parseAnswers(form, survey.asked);
	const faults = parsed.ok ? [] : parsed.faults;
	const returned = { outcome: 'returned' as const, faults, kept: parsed.kept, ticket };

	if (form.has('switch')) {
		// The thank-you page in another language: said again to who was thanked, nothing is stored.
		const thanked = form.get('thanked');
		const wasThanked = thanked === 'recorded' || thanked === 'again';
		if (isGood && wasThanked) return { outcome: thanked, ticket };
		const isUntouched = Object.keys(parsed.kept).length === 0;
		if (isUntouched) return { outcome: 'untouched' };
		return { ...returned, faults: [], status: 200, problem: null };
	}
	if (!parsed.ok) {
		const problem = parsed.status === 413 ? 'comment_too_long' : 'answers';
		return { ...returned, status: parsed.status, problem };
	}
	if (!isGood) return { ...returned, status: 409, problem: 'ticket_stale' };
	const retryAfter = await pace.meet(survey.point.id, from);
	if (retryAfter > 0) return { ...returned, status: 503, problem: 'too_many_posts', retryAfter };

	const language = form.get('language');
	try {
		const outcome = await surveys.submit({
			ticket,
			survey,
			language: isLocale(language) ? language : locale,
			answers: slip ? { ...parsed.answers, moment: slip.moment } : parsed.answers,
			code: slip?.code
		});
		return { outcome, ticket };
	} catch (error) {
		const problem = problemOf(error);
		if (problem.status === 503) log.warn(describeError(error), 'answer turned away');
		// A ticket that SQL refuses is of no more use; in any other case it still counts once.
		const next = problem.status === 409 ? issueTicket(secret, scope) : ticket;
		return { ...returned, ...problem, ticket: next };
	}
}

/**
 * The same, from the request itself.
 * @throws BodyTooLargeError, MalformedBodyError, and what `receive` throws
 */
export async function receivePosted(
	request: Request,
	token: string,
	locale: Locale,
	from: string | undefined
): Promise<Outcome> {
	return receive(token, await readForm(request), locale, { from });
}

/**
 * The same for a form that was opened with a one-time code.
 * @throws DatabaseError unknown_code, and what `receivePosted` throws
 */
export async function receiveWithCode(
	request: Request,
	code: string,
	locale: Locale
): Promise<Outcome> {
	const form = await readForm(request);
	let slip: Slip;
	try {
		slip = await readSlip(code);
	} catch (error) {
		if (isAway(error)) return resend(form);
		throw error;
	}
	return receive(slip.token, form, locale, { slip: { ...slip, code } });
}

/** A fresh ticket for a form that is about to be shown. */
export function freshTicket(survey: surveys.Survey): string {
	const scope = { pointId: survey.point.id, versionId: survey.versionId };
	return issueTicket(env().TICKET_SECRET, scope);
}
