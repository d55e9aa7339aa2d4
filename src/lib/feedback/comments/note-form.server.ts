/**
 * What the four pages of a note share: the choices of its form, reading the form, and what a refusal becomes. The
 * editor who was overtaken gets both versions: the present one in the sentence, the typed one in the fields.
 */
import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { parseForm, withProblem } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import { NOTE_STATES } from './comment';
import { stateName, subjectChoices } from './comment-words';
import * as notes from './notes.server';
import { refusalOf } from './refusal';

/** Where a refusal is said; the others belong to no field. */
const FIELD_OF: Record<string, string> = { unknown_owner: 'owner', impossible_date: 'done_on' };
const DAY = /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const subject = z.string().max(3).default('');

const mendSchema = () =>
	z.object({
		title: z
			.string()
			.trim()
			.min(1, m.comments_mend_title_missing())
			.max(120, m.comments_mend_title_missing()),
		what: z.string().trim().max(2000, m.comments_mend_what_long()).default(''),
		of: z.uuid(),
		owner: z.union([z.literal(''), z.uuid()]).default(''),
		due_on: z
			.string()
			.refine((day) => day === '' || DAY.test(day), m.comments_mend_due_wrong())
			.default(''),
		state: z.enum(NOTE_STATES),
		subject
	});
const doneSchema = () =>
	z.object({
		text: z
			.string()
			.trim()
			.min(1, m.comments_done_text_missing())
			.max(500, m.comments_done_text_missing()),
		done_on: z.string().regex(DAY, m.comments_done_on_wrong()),
		of: z.uuid(),
		subject
	});

/** Units, colleagues and items that a note of this place can name. */
export async function noteChoices({ locals }: Pick<RequestEvent, 'locals'>, unitId: string) {
	const { units, owners } = await notes.readChoices(locals.supabase, unitId);
	return {
		units: units.map(({ id, names, depth }) => ({
			value: id,
			label: `${'\u2003'.repeat(depth)}${inLocale(names, locals.locale)}`
		})),
		owners: owners.map(({ id, name }) => ({ value: id, label: name })),
		subjects: subjectChoices(locals.locale)
	};
}
export type NoteFormChoices = Awaited<ReturnType<typeof noteChoices>>;

/** Reads what a page shows; a note that is not there, or not theirs, becomes the page that says so. */
export async function readNote<T>(reading: Promise<T>): Promise<T> {
	return reading.catch((failure: unknown) => {
		const sentence = failure instanceof DatabaseError ? refusalOf(failure.key) : undefined;
		if (sentence) error((failure as DatabaseError).status, { message: sentence });
		throw failure;
	});
}

/** A note that was changed meanwhile, in one line. */
function presentLine(event: RequestEvent, details: string | undefined) {
	const now = notes.presentNote(details);
	if (!now) return { now: '', seen: undefined };
	const { locale } = event.locals;
	const parts =
		'title' in now
			? [
					now.title,
					now.what,
					now.owner?.name,
					now.dueOn && formatDate(now.dueOn, locale),
					stateName(now.state)
				]
			: [now.text, formatDate(now.doneOn, locale)];
	return { now: parts.filter(Boolean).join(' · '), seen: now.revision };
}

/** A refusal as the form that came back; anything else is thrown on. */
export function refuseNote(event: RequestEvent, form: FormData, failure: unknown) {
	if (failure instanceof DatabaseError && failure.key === 'changed_meanwhile') {
		const { now, seen } = presentLine(event, failure.details);
		const back = withProblem(form, 'form', m.comments_changed({ now }));
		return fail(409, { back, seen: seen ?? Number(form.get('seen')) });
	}
	const { status, data } = refusedForm(failure, form, ({ key }) => ({
		field: FIELD_OF[key ?? ''],
		sentence: refusalOf(key)
	}));
	return fail(status, { ...data, seen: Number(form.get('seen')) || undefined });
}

/** Saves the posted note and goes back to the list, or answers with the form. */
export async function saveNote(
	event: RequestEvent,
	kind: 'mend' | 'done',
	query: string,
	id?: string
) {
	const form = await event.request.formData();
	const seen = Number(form.get('seen'));
	const known = id === undefined ? undefined : { id, seen };
	const { supabase } = event.locals;
	const parsed =
		kind === 'mend'
			? ({ kind, ...parseForm(mendSchema(), form) } as const)
			: ({ kind, ...parseForm(doneSchema(), form) } as const);
	if (!parsed.ok) return fail(422, { back: parsed.state, seen: known?.seen });
	try {
		if (parsed.kind === 'mend') {
			const { of, ...values } = parsed.data;
			const comment = form.get('comment');
			const comments = typeof comment === 'string' ? [comment] : [];
			await notes.putImprovement(supabase, of, { ...values, comments }, known);
		} else {
			const { of, ...values } = parsed.data;
			const improvement = String(form.get('improvement') ?? '');
			await notes.putDone(supabase, of, { ...values, improvement }, known);
		}
	} catch (failure) {
		return refuseNote(event, form, failure);
	}
	redirect(303, `/comments/notes${query}${query ? '&' : '?'}saved=${kind}`);
}
