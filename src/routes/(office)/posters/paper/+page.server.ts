import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { LOCALES } from '$lib/i18n/locale';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { PAGE_SIZE, listBatches, openBatch } from '$lib/posters/paper.server';
import { listPoints, readPoints } from '$lib/posters/points.server';
import { printRefusal } from '$lib/posters/refusal.server';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { unit } = placeOf(event);
	const from = Number.parseInt(event.url.searchParams.get('from') ?? '0', 10) || 0;
	const offset = Math.max(0, from);
	const [found, points] = await Promise.all([
		listBatches(supabase, unit.id, offset),
		listPoints(supabase, unit.id, '', 0)
	]);
	return {
		query: placeQuery(event),
		unitId: unit.id,
		total: found.total,
		offset,
		pageSize: PAGE_SIZE,
		today: new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }),
		points: points.points
			.filter(({ offers_paper }) => offers_paper)
			.map(({ token, labels, unit: at }) => ({
				token,
				label: `${inLocale(labels, locale)} (${inLocale(at.names, locale)})`
			})),
		batches: found.batches.map((batch) => ({
			id: batch.id,
			number: batch.number,
			day: formatDate(batch.day, locale),
			halfDay: batch.half_day,
			state: batch.state,
			mine: batch.mine,
			sheets: batch.sheets,
			point: inLocale(batch.labels, locale),
			unit: inLocale(batch.unit, locale)
		}))
	};
};

const schema = () =>
	z.object({
		point: z.string().min(1, m.slips_choose_point()),
		day: z.iso.date(m.paper_wrong_day()),
		half: z.enum(['morning', 'afternoon'], m.paper_choose_half()),
		language: z.enum(LOCALES)
	});

export const actions: Actions = {
	default: async (event) => {
		const { supabase } = event.locals;
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { point: token, day, half, language } = parsed.data;
		const wanted = { points: [token], units: [] };
		const [point] = await readPoints(supabase, placeOf(event).unit.id, wanted);
		if (!point) return fail(422, { back: withProblem(form, 'point', m.slips_choose_point()) });
		let id: string;
		try {
			id = await openBatch(supabase, { pointId: point.id, day, halfDay: half, language });
		} catch (failure) {
			return refusedForm(failure, form, (refusal) => ({
				field: refusal.key === 'impossible_date' ? 'day' : 'point',
				sentence: printRefusal(refusal)
			}));
		}
		redirect(303, `/posters/paper/${id}${placeQuery(event)}`);
	}
};
