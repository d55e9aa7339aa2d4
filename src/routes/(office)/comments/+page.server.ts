import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { formatCount } from '$lib/i18n/numbers';
import { m } from '$lib/i18n/paraglide/messages.js';
import { BANDS, filterQuery, readFilter, type Comment } from '$lib/feedback/comments/comment';
import { bandName, monthName, themeName } from '$lib/feedback/comments/comment-words';
import * as comments from '$lib/feedback/comments/comments.server';
import { THEMES } from '$lib/feedback/comments/themes';
import type { Locale } from '$lib/i18n/locale';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { DatabaseError } from '$lib/server/errors';

/** `2026-11.id`, or `.id` among those that are not filed yet. */
function placeAfter(text: string | null): comments.ListPlace | null {
	const [, month, id] = /^(20\d\d-\d\d)?\.([0-9a-f-]{36})$/.exec(text ?? '') ?? [];
	return id ? { month: month ?? '', id } : null;
}

/** Neighbours of one month stand under one heading. */
function byMonth(shown: Comment[], locale: Locale) {
	const groups: { month: string; comments: ReturnType<typeof row>[] }[] = [];
	const row = ({ id, text, insulting, theme, unit, tags, read }: Comment) => ({
		...{ id, text, insulting, read },
		theme: theme === 'other' ? '' : themeName(theme),
		unit: unit && inLocale(unit.names, locale),
		tags: tags.map(({ name }) => name)
	});
	for (const comment of shown) {
		const month = comment.month ? monthName(comment.month) : m.comments_unfiled();
		const last = groups.at(-1);
		if (last?.month === month) last.comments.push(row(comment));
		else groups.push({ month, comments: [row(comment)] });
	}
	return groups;
}

export const load: PageServerLoad = async (event) => {
	const { locals, url } = event;
	const { supabase, locale } = locals;
	const place = placeOf(event);
	const filter = readFilter(url.searchParams);
	const [found, about] = await Promise.all([
		comments.list(supabase, place.unit.id, filter, placeAfter(url.searchParams.get('after'))),
		comments.readThemes(supabase, place.unit.id, filter.month ?? null)
	]);
	const at = { unit: place.unit.id };
	const { month } = about;
	const narrowed = (more: object) => filterQuery({ ...(month ? { month } : {}), ...more }, at);
	const marked = Number(url.searchParams.get('marked'));
	return {
		unit: inLocale(place.unit.names, locale),
		unitId: place.unit.id,
		query: placeQuery(event),
		marked: Number.isInteger(marked) && marked > 0 ? marked : 0,
		filter,
		here: filterQuery(filter, at),
		state: found.state,
		groups: byMonth(found.comments, locale),
		ids: found.comments.map(({ id }) => id),
		isLater: url.searchParams.has('after'),
		next:
			found.next && filterQuery(filter, { ...at, after: `${found.next.month}.${found.next.id}` }),
		months: found.months.map((value) => ({ value, label: monthName(value) })),
		bands: BANDS.map((value) => ({ value, label: bandName(value) })),
		themes: THEMES.map((value) => ({ value, label: themeName(value) })),
		tags: found.tags.map(({ id, name }) => ({ value: id, label: name })),
		units: found.units.slice(1).map(({ id, names, depth }) => ({
			value: id,
			label: `${'\u2003'.repeat(depth - 1)}${inLocale(names, locale)}`
		})),
		about: month
			? {
					month: monthName(month),
					comments: formatCount(about.comments, locale),
					themes: about.themes.map(({ theme, comments: count }) => ({
						...{ label: themeName(theme), comments: count, href: narrowed({ theme }) }
					})),
					tags: about.tags.map(({ id, name, comments: count }) => ({
						...{ label: name, comments: count, href: narrowed({ tag: id }) }
					})),
					terms: about.terms.map(({ term, comments: count }) => ({
						...{ label: term, comments: count, href: narrowed({ search: term }) }
					}))
				}
			: null
	};
};

export const actions: Actions = {
	read: async (event) => {
		const form = await event.request.formData();
		const ids = form.getAll('id').map(String);
		try {
			const { supabase } = event.locals;
			return { marked: await comments.mark(supabase, placeOf(event).unit.id, ids, true) };
		} catch (failure) {
			if (!(failure instanceof DatabaseError) || failure.status >= 500) throw failure;
			return fail(failure.status, {
				back: { values: {}, problems: { form: m.comments_refused() } }
			});
		}
	}
};
