import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { env } from '$lib/server/env';
import * as members from '$lib/members/members.server';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { refusalSentence } from '$lib/members/refusal-sentence';
import { ROLES, roleLabel, roleLine } from '$lib/members/roles';
import { shownLink } from '$lib/members/shown-link.server';

const schema = () =>
	z
		.object({
			unit: z.uuid(m.members_choose_unit()),
			role: z.enum(ROLES, m.members_choose_role()),
			way: z.enum(['mail', 'hand'], m.members_choose_way()),
			email: z.string().trim().max(320, m.account_email_wrong()).default('')
		})
		.superRefine(({ way, email }, context) => {
			if (way === 'mail' && !z.email().safeParse(email).success) {
				context.addIssue({ code: 'custom', path: ['email'], message: m.account_email_wrong() });
			}
		});

export const load: PageServerLoad = async (event) => {
	const { locale, supabase } = event.locals;
	const place = placeOf(event);
	const units = await members.listUnits(supabase, place.unit.id);
	return {
		query: placeQuery(event),
		canMail: env().MAIL === 'on',
		units: units.map(({ id, names, depth }) => ({
			id,
			label: `${'\u2003'.repeat(depth)}${inLocale(names, locale)}`
		})),
		roles: ROLES.map((role) => ({ value: role, label: roleLabel(role), line: roleLine(role) }))
	};
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { unit, role, way, email } = parsed.data;
		const { supabase, locale } = event.locals;
		try {
			const units = await members.listUnits(supabase, placeOf(event).unit.id);
			const chosen = units.find(({ id }) => id === unit);
			const mailedTo = way === 'mail' ? email : null;
			const link = await members.invite(supabase, unit, role, mailedTo);
			const names = chosen ? inLocale(chosen.names, locale) : '';
			const shown = { unit: names, role: roleLabel(role), mailedTo };
			return { link: { ...shownLink(event, link), ...shown } };
		} catch (failure) {
			return refusedForm(failure, form, ({ key }) => ({
				field: key === 'impossible_email' ? 'email' : 'form',
				sentence: refusalSentence(key)
			}));
		}
	}
};
