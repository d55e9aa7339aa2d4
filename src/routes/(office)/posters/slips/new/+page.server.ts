import { randomUUID } from 'node:crypto';
import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { listPoints, readPoints } from '$lib/posters/points.server';
import { printRefusal } from '$lib/posters/refusal.server';
import {
	MOST_SLIPS,
	SLIP_MOMENTS,
	SLIP_PAPERS,
	makeSlip,
	momentWord,
	momentsOf,
	slipWords
} from '$lib/posters/slip';
import { makeSlips } from '$lib/posters/slips.server';
import { publicOrigin } from '$lib/server/env';

const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS_VALID = 90;

const schema = () =>
	z.object({
		batch: z.uuid(),
		point: z.string().min(1, m.slips_choose_point()),
		moment: z.enum(SLIP_MOMENTS, m.slips_choose_moment()),
		count: z.coerce
			.number(m.slips_wrong_count())
			.int()
			.min(1, m.slips_wrong_count())
			.max(MOST_SLIPS, m.slips_wrong_count()),
		expires: z.iso.date(m.slips_wrong_expiry()),
		paper: z.enum(SLIP_PAPERS, m.slips_choose_paper())
	});

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const search = (event.url.searchParams.get('q') ?? '').slice(0, 100);
	const found = await listPoints(supabase, placeOf(event).unit.id, search, 0);
	const until = new Date(Date.now() + DAYS_VALID * DAY_MS);
	return {
		query: placeQuery(event),
		unitId: placeOf(event).unit.id,
		batch: randomUUID(),
		search,
		hidden: Math.max(0, found.total - found.points.length),
		until: until.toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }),
		points: found.points.map(({ token, labels, unit, moment }) => ({
			token,
			label: `${inLocale(labels, locale)} (${inLocale(unit.names, locale)})`,
			moments: momentsOf(moment)
		})),
		moments: SLIP_MOMENTS.map((value) => ({ value, label: momentWord(value) }))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const { supabase } = event.locals;
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { batch, point: token, moment, count, expires, paper } = parsed.data;
		const wanted = { points: [token], units: [] };
		const [point] = await readPoints(supabase, placeOf(event).unit.id, wanted);
		if (!point) return fail(422, { back: withProblem(form, 'point', m.slips_choose_point()) });
		try {
			const made = await makeSlips(supabase, batch, {
				pointId: point.id,
				moment,
				count,
				expiresOn: expires
			});
			const origin = publicOrigin(event);
			const [label, unit] = [inLocale(point.labels, 'vi'), inLocale(point.unit, 'vi')];
			return {
				printed: {
					number: made.number,
					paper,
					words: slipWords({ point: label, unit, moment, expiresOn: made.expires_on }, origin),
					slips: made.codes.map((code) => makeSlip(code, origin))
				}
			};
		} catch (failure) {
			const fields: Record<string, string> = {
				impossible_moment: 'moment',
				impossible_slips: 'count',
				impossible_expiry: 'expires',
				point_closed: 'point'
			};
			return refusedForm(failure, form, (refusal) => ({
				field: fields[refusal.key ?? ''],
				sentence: printRefusal(refusal)
			}));
		}
	}
};
