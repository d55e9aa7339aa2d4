import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { fieldName, parseServedForm } from '$lib/exchange/served-form';
import * as served from '$lib/exchange/served.server';
import { typedValues, type FormState } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

const DAYS_BACK = 13;
const DAY_MS = 86_400_000;

const todayHere = () => new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
const daysBefore = (day: string, days: number) =>
	new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** The day asked for, if it is one that can be counted; otherwise today. */
function dayOf(asked: string | null): string {
	const today = todayHere();
	const day = z.iso.date().safeParse(asked);
	return day.success && day.data <= today && day.data >= '2000-01-01' ? day.data : today;
}

export const load: PageServerLoad = async (event) => {
	const { url, locals } = event;
	const { locale, supabase } = locals;
	const place = placeOf(event);
	const day = dayOf(url.searchParams.get('day'));
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const today = todayHere();
	const [shown, recent] = await Promise.all([
		served.read(supabase, place.unit.id, { from: day, to: day, search, offset }),
		served.read(supabase, place.unit.id, {
			...{ from: daysBefore(today, DAYS_BACK), to: today, search: '', offset: 0 }
		})
	]);
	const byGroup = url.searchParams.get('by') === 'group';
	return {
		unitId: place.unit.id,
		isAdministrator: place.roles.includes('administrator'),
		...{ day, today, search, offset, byGroup },
		pageSize: served.PAGE_SIZE,
		dayLabel: formatDate(day, locale),
		total: shown.total,
		done: url.searchParams.get('done'),
		missing: recent.missing
			.filter((one) => one.day !== day)
			.map((one) => ({ ...one, label: formatDate(one.day, locale) })),
		points: shown.points.map(({ id, labels, unit, groups, counts }) => {
			const field = (group: string | null, label: string) => ({
				name: fieldName(id, group),
				label,
				value: counts.find((one) => one.group === group)?.served ?? null
			});
			return {
				id,
				label: inLocale(labels, locale),
				unit: inLocale(unit.names, locale),
				whole: field(null, inLocale(labels, locale)),
				groups: groups.map((group) => field(group.id, inLocale(group.names, locale)))
			};
		})
	};
};

/** A refusal belongs to the field it names; what was typed stays. */
function refused(failure: unknown, form: FormData) {
	if (!(failure instanceof DatabaseError) || !failure.key) throw failure;
	const values = typedValues(form);
	if (failure.key === 'changed_meanwhile') {
		const now = z
			.object({ point: z.string(), group: z.string().nullable(), served: z.number().nullable() })
			.parse(JSON.parse(failure.details ?? '{}'));
		const field = fieldName(now.point, now.group);
		// From now on the field is compared with the number that is there.
		values[field.replace('served', 'was')] = now.served === null ? '' : String(now.served);
		const sentence = m.exchange_served_changed({ now: now.served ?? '–' });
		return fail(409, { back: { values, problems: { [field]: sentence } } satisfies FormState });
	}
	const sentence = failure.key === 'not_allowed' ? m.office_not_yours() : m.exchange_served_gone();
	return fail(failure.status, {
		back: { values, problems: { form: sentence } } satisfies FormState
	});
}

export const actions: Actions = {
	default: async (event) => {
		const { locals, request, url } = event;
		const form = await request.formData();
		const day = dayOf(String(form.get('day') ?? ''));
		const { entries, wrong } = parseServedForm(form);
		if (wrong.length > 0) {
			const problems = Object.fromEntries(
				wrong.map((field) => [field, m.exchange_served_not_a_number()])
			);
			return fail(422, { back: { values: typedValues(form), problems } satisfies FormState });
		}
		if (entries.length > 0) {
			const items = entries.map(({ point, group, served, was }) => ({
				...{ point, group, day, served, was }
			}));
			try {
				await served.set(locals.supabase, items);
			} catch (failure) {
				return refused(failure, form);
			}
		}
		const to = new URLSearchParams(url.searchParams);
		to.set('day', day);
		to.set('done', String(entries.length));
		redirect(303, `/served?${to}`);
	}
};
