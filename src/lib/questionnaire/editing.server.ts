/**
 * One change to a draft from a page: read it as it is now, change it, save it; and what a refusal means
 * there. Owns: that two people at the same draft do not undo each other's work. A page names the part
 * it began from (`markOf`), so a colleague at another question is no conflict.
 */
import { createHash } from 'node:crypto';
import { error } from '@sveltejs/kit';
import type { SupabaseClient } from '@supabase/supabase-js';
import { refusedForm } from '$lib/forms/refused.server';
import { DatabaseError } from '$lib/server/errors';
import * as questionnaires from './questionnaires.server';
import type { OpenVersion } from './questionnaires.server';
import { refusalSentence } from './refusal';
import { withUnread, type ReadVersion } from './translations';
import type { Version } from './version';

/** A short mark of a part of a version; another mark means another content. */
export function markOf(part: unknown): string {
	return createHash('sha256')
		.update(JSON.stringify(part ?? null))
		.digest('base64url')
		.slice(0, 16);
}

/** Answers with the page that says why, when the database refuses to show something. */
export async function opened<T>(work: Promise<T>): Promise<T> {
	return work.catch((failure: unknown) => {
		const sentence = failure instanceof DatabaseError ? refusalSentence(failure) : undefined;
		if (failure instanceof DatabaseError && sentence) error(failure.status, { message: sentence });
		throw failure;
	});
}

export const openVersion = (client: SupabaseClient, id: string): Promise<OpenVersion> =>
	opened(questionnaires.readVersion(client, id));

/**
 * Changes a draft. Saved by somebody else between reading and saving, it is read and changed again:
 * `change` sees what is there now and decides whether it still fits.
 * @param change the new definition (what was read of changed words is unread again), or all of it;
 *   undefined leaves the draft as it is
 * @throws DatabaseError
 */
export async function edit(
	client: SupabaseClient,
	versionId: string,
	change: (open: OpenVersion) => { definition: Version } | ReadVersion | undefined
): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		const open = await openVersion(client, versionId);
		const changed = change(open);
		if (!changed) return;
		const whole = 'readers' in changed ? changed : withUnread(open, changed.definition);
		try {
			await questionnaires.save(client, versionId, whole, open.revision);
			return;
		} catch (failure) {
			const isLate = failure instanceof DatabaseError && failure.key === 'changed_meanwhile';
			if (!isLate || attempt === 3) throw failure;
		}
	}
}

/** The form as it came, with what the database has against it; throws what is our fault. */
export const refused = (failure: unknown, form: FormData, field?: string) =>
	refusedForm(failure, form, (refusal) => ({ field, sentence: refusalSentence(refusal) }));
