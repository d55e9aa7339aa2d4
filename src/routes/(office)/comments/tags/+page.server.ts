import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { m } from '$lib/i18n/paraglide/messages.js';
import * as comments from '$lib/feedback/comments/comments.server';
import { refusalOf } from '$lib/feedback/comments/refusal';
import { placeOf, placeQuery } from '$lib/members/place.server';

export const load: PageServerLoad = async (event) => {
	const place = placeOf(event);
	return {
		query: placeQuery(event),
		mayDelete: place.roles.includes('leader'),
		tags: await comments.listTags(event.locals.supabase, place.unit.id)
	};
};

const nameSchema = () =>
	z.string().trim().min(1, m.comments_tag_wrong()).max(40, m.comments_tag_wrong());
const known = { tag: z.uuid(m.comments_note_gone()), seen: z.coerce.number().int() };

/** The name a tag has now, for whoever began from an older one. */
const nameNow = (details: string | undefined) =>
	z.object({ name: z.string() }).safeParse(JSON.parse(details ?? 'null')).data?.name ?? '';

/** Runs the work; a refusal comes back at the form named by `at`. */
async function answer(form: FormData, at: string, work: () => Promise<void>) {
	try {
		await work();
		return { at, saved: true };
	} catch (failure) {
		const { status, data } = refusedForm(failure, form, ({ key, details }) => ({
			field: 'name',
			sentence:
				key === 'changed_meanwhile' ? m.comments_changed({ now: nameNow(details) }) : refusalOf(key)
		}));
		return fail(status, { ...data, at });
	}
}
const unitOf = (event: RequestEvent) => placeOf(event).unit.id;

export const actions: Actions = {
	add: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(z.object({ name: nameSchema() }), form);
		if (!parsed.ok) return fail(422, { at: 'add', back: parsed.state });
		const { name } = parsed.data;
		return answer(form, 'add', () => comments.putTag(event.locals.supabase, unitOf(event), name));
	},
	rename: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(z.object({ name: nameSchema(), ...known }), form);
		const at = String(form.get('tag'));
		if (!parsed.ok) return fail(422, { at, back: parsed.state });
		const { name, tag, seen } = parsed.data;
		return answer(form, at, () =>
			comments.putTag(event.locals.supabase, unitOf(event), name, { id: tag, seen })
		);
	},
	delete: async (event) => {
		const form = await event.request.formData();
		const at = String(form.get('tag'));
		return answer(form, at, () => comments.deleteTag(event.locals.supabase, unitOf(event), at));
	}
};
