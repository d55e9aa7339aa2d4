import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import type { FormState } from '$lib/forms/parse-form';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { DatabaseError } from '$lib/server/errors';
import * as members from '$lib/members/members.server';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { refusalSentence } from '$lib/members/refusal-sentence';
import { roleLabel } from '$lib/members/roles';
import { shownLink } from '$lib/members/shown-link.server';

const day = (time: string) =>
	new Date(time).toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const place = placeOf(event);
	const isAdministrator = place.roles.includes('administrator');
	const search = (url.searchParams.get('q') ?? '').slice(0, 100);
	const offset = Math.max(0, Number.parseInt(url.searchParams.get('from') ?? '0', 10) || 0);
	const [found, open] = await Promise.all([
		members.list(supabase, place.unit.id, search, offset),
		isAdministrator ? members.listInvitations(supabase, place.unit.id) : []
	]);
	return {
		unit: inLocale(place.unit.names, locale),
		unitId: place.unit.id,
		query: placeQuery(event),
		isAdministrator,
		search,
		offset,
		pageSize: members.PAGE_SIZE,
		total: found.total,
		done: url.searchParams.get('done'),
		members: found.members.map(({ id, role, since, person, unit }) => ({
			id,
			name: person.name,
			email: person.email,
			unit: inLocale(unit.names, locale),
			role: roleLabel(role),
			since: formatDate(day(since), locale)
		})),
		invitations: open.map(({ id, role, email, expiresAt, isExpired, unit, mail }) => ({
			id,
			email,
			role: roleLabel(role),
			unit: inLocale(unit.names, locale),
			until: formatDate(day(expiresAt), locale),
			isExpired,
			mailAttempts: mail?.attempts
		}))
	};
};

/** Runs the work; a refusal becomes a sentence on the page, which shows the list as it now is. */
async function answer<T>(work: () => Promise<T>) {
	try {
		return await work();
	} catch (failure) {
		const key = failure instanceof DatabaseError ? failure.key : undefined;
		const sentence = refusalSentence(key);
		if (!sentence || !(failure instanceof DatabaseError)) throw failure;
		const back: FormState = { values: {}, problems: { form: sentence } };
		return fail(failure.status, { back });
	}
}

const invitationOf = async (event: RequestEvent) =>
	String((await event.request.formData()).get('invitation') ?? '');

export const actions: Actions = {
	renew: async (event) => {
		const id = await invitationOf(event);
		return answer(async () => {
			const { supabase, locale } = event.locals;
			const unitId = placeOf(event).unit.id;
			const known = (await members.listInvitations(supabase, unitId)).find((one) => one.id === id);
			const link = await members.renew(supabase, id);
			return {
				link: {
					...shownLink(event, link),
					unit: known ? inLocale(known.unit.names, locale) : '',
					role: known ? roleLabel(known.role) : '',
					mailedTo: known?.email ?? null
				}
			};
		});
	},
	revoke: async (event) => {
		const id = await invitationOf(event);
		return answer(async () => {
			await members.revoke(event.locals.supabase, id);
			return { revoked: true };
		});
	}
};
