import { error, fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { monthName, themeName } from '$lib/feedback/comments/comment-words';
import * as comments from '$lib/feedback/comments/comments.server';
import { refusalOf } from '$lib/feedback/comments/refusal';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

/** One comment: its tags, whether it was read, what to mend from it; for leaders the words as written. */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	placeOf(event);
	const comment = await comments.read(supabase, event.params.comment).catch((failure: unknown) => {
		const sentence = failure instanceof DatabaseError ? refusalOf(failure.key) : undefined;
		if (sentence) error((failure as DatabaseError).status, { message: sentence });
		throw failure;
	});
	const { id, text, insulting, read, tags, allTags, mayUnmask, mayNote } = comment;
	const month = comment.month ? monthName(comment.month) : m.comments_unfiled();
	const unit = comment.unit && inLocale(comment.unit.names, locale);
	const chosen = new Set(tags.map((tag) => tag.id));
	return {
		query: placeQuery(event),
		comment: { id, text, insulting, read },
		facts: [month, comment.theme === 'other' ? '' : themeName(comment.theme), unit ?? ''],
		tags: allTags.map((tag) => ({ ...tag, chosen: chosen.has(tag.id) })),
		...{ mayUnmask, mayNote }
	};
};

/** Runs the work; a refusal comes back as a sentence at the form. */
async function answer<T>(form: FormData, at: string, work: () => Promise<T>) {
	try {
		return await work();
	} catch (failure) {
		const { status, data } = refusedForm(failure, form, ({ key }) => ({
			field: key === 'impossible_reason' ? 'reason' : 'form',
			sentence: refusalOf(key)
		}));
		return fail(status, { ...data, at });
	}
}
const formOf = (event: RequestEvent) => event.request.formData();

export const actions: Actions = {
	tags: async (event) => {
		const form = await formOf(event);
		const wanted = form.getAll('tag').map(String);
		return answer(form, 'tags', async () => {
			await comments.setTags(event.locals.supabase, event.params.comment, wanted);
			return { at: 'tags', saved: true };
		});
	},
	read: async (event) => {
		const form = await formOf(event);
		return answer(form, 'read', async () => {
			const { id } = placeOf(event).unit;
			const isRead = form.get('read') === 'yes';
			await comments.mark(event.locals.supabase, id, [event.params.comment], isRead);
			return { at: 'read', saved: true };
		});
	},
	unmask: async (event) => {
		const form = await formOf(event);
		const reason = z.string().trim().min(10, m.comments_unmask_reason_missing());
		const schema = z.object({ reason: reason.max(500, m.comments_unmask_reason_missing()) });
		const parsed = parseForm(schema, form);
		if (!parsed.ok) return fail(422, { at: 'unmask', back: parsed.state });
		// The words are on this answer only: nothing may keep it.
		event.setHeaders({ 'cache-control': 'no-store' });
		return answer(form, 'unmask', async () => ({
			at: 'unmask',
			words: await comments.unmask(event.locals.supabase, event.params.comment, parsed.data.reason)
		}));
	}
};
