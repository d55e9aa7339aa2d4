import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { printRefusal } from '$lib/posters/refusal.server';
import { momentWord } from '$lib/posters/slip';
import { PAGE_SIZE, listBatches, withdraw } from '$lib/posters/slips.server';
import { DatabaseError } from '$lib/server/errors';

export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { unit } = placeOf(event);
	const from = Number.parseInt(event.url.searchParams.get('from') ?? '0', 10) || 0;
	const offset = Math.max(0, from);
	const { total, batches } = await listBatches(supabase, unit.id, offset);
	return {
		query: placeQuery(event),
		unitId: unit.id,
		total,
		offset,
		pageSize: PAGE_SIZE,
		batches: batches.map((batch) => ({
			id: batch.id,
			number: batch.number,
			point: inLocale(batch.labels, locale),
			unit: inLocale(batch.unit, locale),
			moment: momentWord(batch.moment),
			slips: batch.slips,
			made: formatDate(batch.made_on, locale),
			until: formatDate(batch.expires_on, locale),
			state: batch.withdrawn_on ? 'withdrawn' : batch.expired ? 'expired' : 'open',
			used: batch.used
		}))
	};
};

export const actions: Actions = {
	withdraw: async (event) => {
		const id = String((await event.request.formData()).get('batch') ?? '');
		try {
			await withdraw(event.locals.supabase, id);
			return { withdrawn: true };
		} catch (failure) {
			const sentence = printRefusal(failure);
			if (!sentence || !(failure instanceof DatabaseError)) throw failure;
			return fail(failure.status, { back: { values: {}, problems: { form: sentence } } });
		}
	}
};
