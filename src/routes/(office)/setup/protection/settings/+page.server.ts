import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { refusal } from '$lib/protection/refusal-sentence';
import * as protection from '$lib/protection/settings.server';

/** Which contact and which times does this organisation give? */
export const load: PageServerLoad = async (event) => {
	const { settings, mayChange } = await protection.read(
		event.locals.supabase,
		placeOf(event).unit.id
	);
	return { query: placeQuery(event), settings, mayChange };
};

const months = (least: number) => {
	const sentence = m.protection_months_range({ least, most: 120 });
	return z
		.string()
		.trim()
		.regex(/^\d{1,3}$/, sentence)
		.refine((text) => Number(text) >= least && Number(text) <= 120, sentence);
};

const line = (most: number) => z.string().trim().max(most, m.protection_too_long({ most }));

/** Messages are in the reader's language, so the schema is made per request. */
const schema = () =>
	z
		.object({
			revision: z.coerce.number().int(),
			confirmed: z.literal('yes').optional(),
			phone: z
				.string()
				.trim()
				.min(1, m.protection_phone_missing())
				.max(40, m.protection_too_long({ most: 40 })),
			email: z.email(m.account_email_wrong()),
			addressVi: line(300),
			addressEn: line(300),
			addressZh: line(300),
			contact: line(300),
			responseMonths: months(1),
			commentMonths: months(1),
			auditMonths: months(12)
		})
		.refine((form) => Number(form.commentMonths) <= Number(form.responseMonths), {
			message: m.protection_comments_longer(),
			path: ['commentMonths']
		})
		.refine((form) => form.addressVi !== '' || (form.addressEn === '' && form.addressZh === ''), {
			message: m.protection_address_vi_first(),
			path: ['addressVi']
		});

function lossWords(loss: protection.Loss, event: RequestEvent) {
	const { locale } = event.locals;
	return {
		responses: formatCount(loss.responses, locale),
		responsesBefore: formatDate(loss.responsesBefore, locale),
		comments: formatCount(loss.comments, locale),
		commentsBefore: formatDate(loss.commentsBefore, locale),
		auditBefore: formatDate(loss.auditBefore, locale)
	};
}

export const actions: Actions = {
	default: async (event) => {
		const { supabase } = event.locals;
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { revision, confirmed, ...values } = parsed.data;
		const organisation = placeOf(event).organisation.id;
		try {
			const refused = await protection.change(
				supabase,
				organisation,
				revision,
				values,
				confirmed === 'yes'
			);
			if (refused) {
				const back = { values: typedValues(form), problems: {} };
				if ('now' in refused) return fail(409, { back, now: refused.now });
				return fail(409, { back, loss: lossWords(refused.loss, event) });
			}
		} catch (failure) {
			return refusedForm(failure, form, ({ key }) => refusal(key));
		}
		const query = placeQuery(event);
		redirect(303, `/setup/protection${query}${query ? '&' : '?'}done=settings`);
	}
};
