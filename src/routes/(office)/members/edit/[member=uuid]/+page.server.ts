import { error, fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import * as members from '$lib/members/members.server';
import { placeQuery } from '$lib/members/place.server';
import { refusalSentence } from '$lib/members/refusal-sentence';
import { ROLES, roleLabel, roleLine } from '$lib/members/roles';

/** The member, or the page that says that the membership has ended meanwhile. */
async function readMember(event: RequestEvent) {
	return members.read(event.locals.supabase, event.params.member).catch((failure: unknown) => {
		if (!(failure instanceof DatabaseError)) throw failure;
		const sentence = refusalSentence(failure.key);
		if (sentence) error(failure.status, { message: sentence });
		throw failure;
	});
}

export const load: PageServerLoad = async (event) => {
	const { locale, session } = event.locals;
	const { id, role, since, person, unit, colleagues } = await readMember(event);
	const day = new Date(since).toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	return {
		query: placeQuery(event),
		member: {
			id,
			role,
			roleLabel: roleLabel(role),
			since: formatDate(day, locale),
			unit: inLocale(unit.names, locale),
			...{ name: person.name, email: person.email }
		},
		isMe: session.state === 'in' && session.person.id === person.id,
		colleagues: colleagues.map(({ id, name, email }) => ({ id, label: `${name} (${email})` })),
		roles: ROLES.map((value) => ({ value, label: roleLabel(value), line: roleLine(value) }))
	};
};

/** Runs the change and goes back to the list; a refusal comes back as the form with its sentence. */
async function change(
	event: RequestEvent,
	form: FormData,
	done: string,
	work: () => Promise<unknown>
) {
	try {
		await work();
	} catch (failure) {
		const { status, data } = refusedForm(failure, form, ({ key }) => ({
			sentence: refusalSentence(key)
		}));
		return fail(status, { ...data, at: done });
	}
	const query = placeQuery(event);
	redirect(303, `/members${query}${query ? '&' : '?'}done=${done}`);
}

export const actions: Actions = {
	role: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(z.object({ role: z.enum(ROLES, m.members_choose_role()) }), form);
		if (!parsed.ok) return fail(422, { back: parsed.state, at: 'role' });
		const { supabase } = event.locals;
		const { role } = parsed.data;
		return change(event, form, 'role', () =>
			members.changeRole(supabase, event.params.member, role)
		);
	},
	handOver: async (event) => {
		const form = await event.request.formData();
		const schema = z.object({ successor: z.uuid(m.members_choose_successor()) });
		const parsed = parseForm(schema, form);
		if (!parsed.ok) return fail(422, { back: parsed.state, at: 'hand-over' });
		const { person } = await readMember(event);
		return change(event, form, 'hand-over', () =>
			members.handOver(event.locals.supabase, person.id, parsed.data.successor)
		);
	},
	end: async (event) => {
		const form = await event.request.formData();
		const schema = z.object({ sure: z.literal('yes', m.members_end_sure_missing()) });
		const parsed = parseForm(schema, form);
		if (!parsed.ok) return fail(422, { back: parsed.state, at: 'end' });
		return change(event, form, 'end', () =>
			members.end(event.locals.supabase, event.params.member)
		);
	}
};
