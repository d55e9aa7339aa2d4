/**
 * Service points on their set-up pages: lists with this month's check of the codes, one point, what
 * its form offers, and changes. SQL decides and throws DatabaseError with its key.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import { MOMENTS, POINT_KINDS, type PointKind, type PointMoment } from './kinds';
import { named, texts } from './rows';

const kind = z.enum(POINT_KINDS);
const moment = z.enum(MOMENTS);
const staffing = z.enum(['one', 'several']);
const wording = z.enum(['one_stop', 'gate']);
const person = z.object({ id: z.uuid(), name: z.string() });

const pointList = z.object({
	total: z.number(),
	open: z.number(),
	off: z.number(),
	unchecked: z.number(),
	points: z.array(
		z.object({
			id: z.uuid(),
			token: z.string(),
			labels: texts,
			code: z.string().nullable(),
			kind,
			moment,
			staffed_by: staffing,
			is_active: z.boolean(),
			inactive_reason: z.string().nullable(),
			unit: named,
			checked_on: z.string().nullable(),
			checked_by: z.string().nullable()
		})
	)
});

/** A point as an editor sees it; also what comes back when somebody else was faster. */
export const pointCard = z.object({
	id: z.uuid(),
	token: z.string(),
	labels: texts,
	code: z.string().nullable(),
	kind,
	moment,
	wording,
	scope_line: texts.nullable(),
	staffed_by: staffing,
	offers_paper: z.boolean(),
	is_active: z.boolean(),
	inactive_reason: z.string().nullable(),
	revision: z.number(),
	questionnaire_id: z.uuid().nullable(),
	staff: person.nullable(),
	unit: named,
	decides: named,
	questionnaire: z.object({ names: texts, version: z.number() }),
	groups: z.array(named)
});
const pointDetail = pointCard.extend({
	replaced: z.array(z.object({ token: z.string(), reason: z.string().nullable(), on: z.string() })),
	checks: z.array(z.object({ month: z.string(), on: z.string(), by: z.string().nullable() })),
	checked: z.boolean(),
	has_answers: z.boolean(),
	is_demo: z.boolean()
});
const pointChoices = z.object({
	groups: z.array(named.extend({ code: z.string(), unit: texts })),
	questionnaires: z.array(named),
	inherited: texts.nullable(),
	people: z.array(person),
	wording,
	gate_line: texts
});

export type PointList = z.infer<typeof pointList>;
export type PointCard = z.infer<typeof pointCard>;
export type PointDetail = z.infer<typeof pointDetail>;
export type PointChoices = z.infer<typeof pointChoices>;
export const SHOWN = ['all', 'unchecked', 'off'] as const;
export type Shown = (typeof SHOWN)[number];

/** Points shown at once. */
export const PAGE_SIZE = 50;

type Texts = Record<'vi' | 'zh' | 'en', string>;
/** What is saved of a point; what is not named stays as it is. */
export interface PointValues {
	unit_id?: string;
	labels?: Texts;
	code?: string;
	kind?: PointKind;
	moment?: PointMoment;
	wording?: 'one_stop' | 'gate';
	scope_line?: Texts;
	staffed_by?: 'one' | 'several';
	staff_person_id?: string | null;
	default_deciding_unit_id?: string;
	questionnaire_id?: string | null;
	groups?: string[];
	offers_paper?: boolean;
	is_active?: boolean;
	inactive_reason?: string;
}

export async function listPoints(
	client: SupabaseClient,
	unit: string,
	search: string,
	show: Shown,
	from: number
): Promise<PointList> {
	const asked = { p_unit: unit, p_search: search || null, p_show: show, p_offset: from };
	return pointList.parse(await dataOf('list points', client.rpc('list_points', asked)));
}

export async function readPoint(client: SupabaseClient, point: string): Promise<PointDetail> {
	return pointDetail.parse(
		await dataOf('read point', client.rpc('read_point', { p_point: point }))
	);
}

/** What the form of a point at this unit offers. */
export async function pointChoicesAt(client: SupabaseClient, unit: string): Promise<PointChoices> {
	return pointChoices.parse(
		await dataOf('read choices of points', client.rpc('point_choices', { p_unit: unit }))
	);
}

/** All or none; resolves to the ids. */
export async function addPoints(client: SupabaseClient, unit: string, items: PointValues[]) {
	const asked = { p_unit: unit, p_batch: { items } };
	return z.array(z.uuid()).parse(await dataOf('add points', client.rpc('add_points', asked)));
}

export async function savePoint(
	client: SupabaseClient,
	point: string,
	values: PointValues,
	seen: number
): Promise<void> {
	const asked = { p_point: point, p_values: values, p_seen: seen };
	await dataOf('save point', client.rpc('save_point', asked));
}

/** Resolves to the new token; the old code says from now on that it was replaced. */
export async function replaceToken(client: SupabaseClient, point: string, reason: string) {
	const asked = { p_point: point, p_reason: reason };
	return z.string().parse(await dataOf('replace token', client.rpc('replace_token', asked)));
}

/** Notes that somebody looked at these codes this month; resolves to how many were new. */
export async function checkPoints(client: SupabaseClient, unit: string, points: string[]) {
	const asked = { p_unit: unit, p_batch: { items: points } };
	return z.number().parse(await dataOf('check points', client.rpc('check_points', asked)));
}
