/**
 * The data side of answering: opens a form by its token and stores one answer.
 * Owns: the two database functions of a citizen, the short memory of open forms, the batcher.
 * Must not know: HTTP, how a form looks. SQL checks everything again when an answer is stored.
 */
import { z } from 'zod';
import { localisedSchema, versionSchema, type Version } from '$lib/questionnaire/version';
import type { Locale } from '$lib/i18n/locale';
import { DatabaseError, dataOf } from '$lib/server/errors';
import { countAnswer, observeBatch, watchQueue } from '$lib/server/metrics';
import { anonymousClient } from '$lib/server/supabase';
import type { Answers, Asked } from './answers';
import { Batcher } from './batcher.server';

const named = z.object({ id: z.uuid(), names: localisedSchema });

const rowSchema = z.object({
	service_point: z.object({
		id: z.uuid(),
		token: z.string(),
		labels: localisedSchema,
		kind: z.enum(['counter', 'kiosk', 'link']),
		moment: z.enum(['receive', 'return', 'both']),
		wording: z.enum(['one_stop', 'gate']),
		scope_line: localisedSchema.nullish()
	}),
	unit: named,
	organisation: named.extend({
		phone: z.string(),
		email: z.string(),
		address: localisedSchema.nullish(),
		is_demo: z.boolean(),
		response_months: z.number(),
		comment_months: z.number(),
		data_protection_contact: z.string().nullable()
	}),
	procedure_groups: z.array(named),
	version: z.object({ id: z.uuid(), number: z.number(), definition: z.unknown() })
});

type Row = z.infer<typeof rowSchema>;

/** Everything that the form of one QR code shows. */
export interface Survey {
	point: Omit<Row['service_point'], 'scope_line'> & { scopeLine: Row['unit']['names'] | null };
	unit: Row['unit'];
	organisation: {
		id: string;
		names: Row['unit']['names'];
		phone: string;
		email: string;
		address: Row['unit']['names'] | null;
		isDemo: boolean;
		responseMonths: number;
		commentMonths: number;
		dataContact: string | null;
	};
	procedureGroups: Row['procedure_groups'];
	version: Version;
	versionId: string;
	asked: Asked;
}

/** How long a form may be served from memory; SQL checks point and version when it is answered. */
const FRESH_MS = 5_000;
/** How long it may be served while the database is away, so that typed answers are not lost. */
const STALE_MS = 10 * 60_000;
const MAX_REMEMBERED = 5_000;
const OPEN_TIMEOUT_MS = 5_000;
const SUBMIT_TIMEOUT_MS = 10_000;

/** A published version never changes, so it is read once. */
const versions = new Map<string, Version>();
const remembered = new Map<string, { survey: Survey; source: string; at: number }>();
const opening = new Map<string, Promise<Survey>>();

function toSurvey(data: unknown): Survey {
	const { service_point, unit, organisation: o, procedure_groups, version } = rowSchema.parse(data);
	const { scope_line, ...point } = service_point;
	const definition = versions.get(version.id) ?? versionSchema.parse(version.definition);
	versions.set(version.id, definition);
	return {
		point: { ...point, scopeLine: scope_line ?? null },
		unit,
		organisation: {
			id: o.id,
			names: o.names,
			phone: o.phone,
			email: o.email,
			address: o.address ?? null,
			isDemo: o.is_demo,
			responseMonths: o.response_months,
			commentMonths: o.comment_months,
			dataContact: o.data_protection_contact
		},
		procedureGroups: procedure_groups,
		version: definition,
		versionId: version.id,
		asked: {
			version: definition,
			moment: point.moment,
			procedureGroupIds: procedure_groups.map((group) => group.id)
		}
	};
}

async function fetchSurvey(token: string): Promise<Survey> {
	const query = anonymousClient().rpc('survey_form', { p_token: token });
	const signal = AbortSignal.timeout(OPEN_TIMEOUT_MS);
	try {
		const data = await dataOf('open survey form', query.abortSignal(signal));
		const source = JSON.stringify(data);
		const old = remembered.get(token);
		// The same object as long as nothing changed: what is made from it is made once.
		const survey = old?.source === source ? old.survey : toSurvey(data);
		if (remembered.size >= MAX_REMEMBERED) remembered.clear();
		remembered.set(token, { survey, source, at: Date.now() });
		return survey;
	} catch (error) {
		const isAway = error instanceof DatabaseError && error.status === 503;
		const old = remembered.get(token);
		if (isAway && old && Date.now() - old.at < STALE_MS) return old.survey;
		if (!isAway) remembered.delete(token);
		throw error;
	}
}

/**
 * The form behind a canonical token.
 * @throws DatabaseError unknown_token (404), point_closed (410, details with the phone), or 503
 */
export function open(token: string): Promise<Survey> {
	const known = remembered.get(token);
	if (known && Date.now() - known.at < FRESH_MS) return Promise.resolve(known.survey);
	let request = opening.get(token);
	if (!request) {
		request = fetchSurvey(token).finally(() => opening.delete(token));
		opening.set(token, request);
	}
	return request;
}

/** One answer on its way to be stored. */
export interface Submission {
	ticket: string;
	survey: Survey;
	language: Locale;
	answers: Answers;
	/** The one-time code it is sent with: spent in the same transaction. */
	code?: string | undefined;
}

const resultsSchema = z.object({ results: z.array(z.enum(['recorded', 'again'])) });

function toItem({ ticket, survey, language, answers, code }: Submission) {
	return {
		...(code && { code }),
		ticket,
		service_point_id: survey.point.id,
		version_id: survey.versionId,
		procedure_group_id: answers.procedureGroupId,
		moment: answers.moment,
		language,
		pressed_by: answers.pressedBy,
		ratings: answers.ratings,
		facts: answers.facts,
		comment: answers.comment
	};
}

const batcher = new Batcher<Submission, 'recorded' | 'again'>({
	async send(submissions) {
		observeBatch(submissions.length);
		// As text, which the function unwraps: Supabase Lite would parse a list and write it anew twice.
		const batch = JSON.stringify({ items: submissions.map(toItem) });
		const query = anonymousClient().rpc('submit_responses', { batch });
		const signal = AbortSignal.timeout(SUBMIT_TIMEOUT_MS);
		return resultsSchema.parse(await dataOf('submit responses', query.abortSignal(signal))).results;
	},
	kindOf(error) {
		if (!(error instanceof DatabaseError)) return 'item';
		if (error.isRetryable) return 'retry';
		return error.status === 503 ? 'away' : 'item';
	},
	maxBatch: 200,
	halveFrom: 32,
	maxQueue: 4_000,
	maxCalls: 2,
	lingerMs: 5,
	overtakeMs: 250,
	patienceMs: 8_000
});

watchQueue(() => batcher.pending);

/**
 * Stores one answer; resolves only after the commit that holds it.
 * @returns 'again' when its ticket had been spent before: it counts once
 * @throws DatabaseError (4xx: refused; 503: away), BusyError (turned away, nothing was stored)
 */
export async function submit(submission: Submission): Promise<'recorded' | 'again'> {
	try {
		const result = await batcher.submit(submission);
		countAnswer(result);
		return result;
	} catch (error) {
		// What SQL refused was checked against what we remember: look again next time.
		const isRefused = error instanceof DatabaseError && error.status < 500;
		countAnswer(isRefused ? 'refused' : 'turned_away');
		if (isRefused) remembered.delete(submission.survey.point.token);
		throw error;
	}
}
