import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues, withProblem } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate, weekday } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import * as calendar from '$lib/protection/calendar.server';
import { clockTime } from '$lib/protection/clock';
import { refusal } from '$lib/protection/refusal-sentence';

const thisYear = () =>
	Number(new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }).slice(0, 4));

function yearOf(event: RequestEvent): number {
	const asked = Number(event.url.searchParams.get('year') ?? thisYear());
	if (!Number.isInteger(asked) || asked < 2020 || asked > 2100) {
		error(404, { message: m.calendar_year_wrong() });
	}
	return asked;
}

/** On which days, and from when to when, does this organisation work? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const year = yearOf(event);
	const place = placeOf(event);
	const found = await calendar.read(supabase, place.unit.id, year);
	return {
		organisation: inLocale(place.organisation.names, locale),
		unitId: place.unit.id,
		year,
		mayChange: found.mayChange,
		hours: found.hours,
		released: found.releasedThrough && formatDate(found.releasedThrough, locale),
		done: event.url.searchParams.get('done'),
		days: found.days.map(({ day, country, own }) => ({
			day,
			date: formatDate(day, locale),
			weekday: weekday(day, locale),
			country: country && { works: country.works, name: inLocale(country.name, locale) },
			own: own && { id: own.id, works: own.works, name: inLocale(own.name, locale) },
			isFixed: found.releasedThrough !== null && day <= found.releasedThrough,
			isPast: day < found.today
		}))
	};
};

/** Does the work and shows the year again; a refusal comes back as the form with its sentence. */
async function change(
	event: RequestEvent,
	form: FormData,
	done: string,
	work: () => Promise<void>
) {
	try {
		await work();
	} catch (failure) {
		return refusedForm(failure, form, ({ key }) => ({
			...refusal(key),
			// The rows have no field of their own.
			...(!form.has('works') && { field: 'form' })
		}));
	}
	const day = String(form.get('day') ?? '');
	const year = /^\d{4}/.exec(day)?.[0] ?? String(yearOf(event));
	redirect(303, `/setup/calendar?year=${year}&unit=${placeOf(event).unit.id}&done=${done}`);
}

const schema = () =>
	z.object({
		day: z.iso.date(m.calendar_date_wrong()),
		works: z.enum(['yes', 'no'], m.calendar_choose()),
		name: z.string().trim().min(1, m.calendar_name_missing()).max(120, m.calendar_name_missing())
	});

const hoursSchema = () => {
	const time = z
		.string()
		.refine((text) => clockTime(text) !== null, m.calendar_hours_wrong())
		.transform((text) => clockTime(text) ?? '');
	return z
		.object({ seen: z.coerce.number().int(), opens: time, closes: time })
		.refine(({ opens, closes }) => opens < closes, {
			message: m.calendar_hours_order(),
			path: ['closes']
		});
};

export const actions: Actions = {
	hours: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(hoursSchema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { seen, ...asked } = parsed.data;
		const organisation = placeOf(event).organisation.id;
		try {
			return await change(event, form, 'hours', () =>
				calendar.changeHours(event.locals.supabase, organisation, seen, asked)
			);
		} catch (failure) {
			const now = recordNow(failure, calendar.hoursNow);
			if (!now) throw failure;
			const changed = changedLines([
				{ label: m.calendar_opens(), mine: asked.opens, now: now.opens },
				{ label: m.calendar_closes(), mine: asked.closes, now: now.closes }
			]);
			const values = { ...typedValues(form), seen: String(now.revision) };
			return fail(409, { back: { values, problems: {} as Record<string, string> }, changed });
		}
	},
	add: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { day, works, name } = parsed.data;
		return change(event, form, 'added', () =>
			calendar.put(event.locals.supabase, placeOf(event).organisation.id, {
				...{ day, name },
				works: works === 'yes'
			})
		);
	},
	/** The organisation departs from the country's list on one of its days. */
	depart: async (event) => {
		const form = await event.request.formData();
		const day = String(form.get('day'));
		const { supabase, locale } = event.locals;
		const place = placeOf(event);
		const year = Number(/^\d{4}/.exec(day)?.[0] ?? thisYear());
		const listed = await calendar.read(supabase, place.unit.id, year);
		const country = listed.days.find((line) => line.day === day)?.country;
		if (!country) return fail(404, { back: withProblem(form, 'form', m.calendar_gone()) });
		const name = m.calendar_depart_name({ name: inLocale(country.name, locale) });
		return change(event, form, 'added', () =>
			calendar.put(supabase, place.organisation.id, { day, works: !country.works, name })
		);
	},
	remove: async (event) => {
		const form = await event.request.formData();
		return change(event, form, 'removed', () =>
			calendar.remove(event.locals.supabase, String(form.get('line')))
		);
	}
};
