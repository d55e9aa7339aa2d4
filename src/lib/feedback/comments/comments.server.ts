/**
 * Comments as members read, mark, tag and (leaders, with a reason) unmask them. SQL decides who may what and how few
 * are too few; every function throws DatabaseError with its key. Must not know: pages and texts.
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';
import type { CommentFilter } from './comment';
import { THEMES } from './themes';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const tag = z.object({ id: z.uuid(), name: z.string() });
const comment = z.object({
	id: z.uuid(),
	text: z.string(),
	insulting: z.boolean(),
	theme: z.enum(THEMES),
	month: z.string().nullable(),
	unit: z.object({ id: z.uuid(), names: texts }).nullable(),
	tags: z.array(tag),
	read: z.boolean()
});
const place = z.object({ month: z.string(), id: z.uuid() });
const commentList = z.object({
	state: z.enum(['shown', 'few', 'none', 'nothing']),
	comments: z.array(comment),
	next: place.nullable(),
	months: z.array(z.string()),
	units: z.array(z.object({ id: z.uuid(), names: texts, depth: z.number() })),
	tags: z.array(tag)
});
const oneComment = comment
	.extend({ may_unmask: z.boolean(), may_note: z.boolean(), all_tags: z.array(tag) })
	.transform(({ may_unmask, may_note, all_tags, ...rest }) => ({
		...rest,
		mayUnmask: may_unmask,
		mayNote: may_note,
		allTags: all_tags
	}));
const themes = z.object({
	month: z.string().nullable(),
	comments: z.number(),
	themes: z.array(z.object({ theme: z.enum(THEMES), comments: z.number() })),
	tags: z.array(tag.extend({ comments: z.number() })),
	terms: z.array(z.object({ term: z.string(), comments: z.number() }))
});
const tagList = z.array(tag.extend({ revision: z.number(), used: z.boolean() }));

export type CommentList = z.infer<typeof commentList>;
export type OneComment = z.infer<typeof oneComment>;
/** Where a page of the list ends. */
export type ListPlace = z.infer<typeof place>;

export async function list(
	client: SupabaseClient,
	unitId: string,
	filter: CommentFilter,
	after: ListPlace | null
): Promise<CommentList> {
	const asked = { p_unit: unitId, p_filter: filter, p_after: after };
	return commentList.parse(await dataOf('list comments', client.rpc('list_comments', asked)));
}

export async function read(client: SupabaseClient, commentId: string): Promise<OneComment> {
	const asked = { p_comment: commentId };
	return oneComment.parse(await dataOf('read comment', client.rpc('read_comment', asked)));
}

/** The words as they were written; logged with the reason. */
export async function unmask(
	client: SupabaseClient,
	commentId: string,
	reason: string
): Promise<string> {
	const asked = { p_comment: commentId, p_reason: reason };
	const data = await dataOf('unmask comment', client.rpc('unmask_comment', asked));
	return z.object({ text: z.string() }).parse(data).text;
}

/** @returns how many changed */
export async function mark(
	client: SupabaseClient,
	unitId: string,
	commentIds: string[],
	isRead: boolean
): Promise<number> {
	const asked = { p_unit: unitId, p_comments: { items: commentIds }, p_read: isRead };
	return z.number().parse(await dataOf('mark comments', client.rpc('mark_comments', asked)));
}

export async function setTags(
	client: SupabaseClient,
	commentId: string,
	tagIds: string[]
): Promise<void> {
	const asked = { p_comment: commentId, p_tags: { items: tagIds } };
	await dataOf('tag comment', client.rpc('tag_comment', asked));
}

/** What the comments of a month are about; the newest month without one. */
export async function readThemes(client: SupabaseClient, unitId: string, month: string | null) {
	const asked = { p_unit: unitId, p_month: month };
	return themes.parse(await dataOf('read themes', client.rpc('comment_themes', asked)));
}

export async function listTags(client: SupabaseClient, unitId: string) {
	return tagList.parse(await dataOf('list tags', client.rpc('list_tags', { p_unit: unitId })));
}

/** Adds a tag, or renames one that was read as `seen`. */
export async function putTag(
	client: SupabaseClient,
	unitId: string,
	name: string,
	known?: { id: string; seen: number }
): Promise<void> {
	const asked = { p_unit: unitId, p_name: name, p_tag: known?.id ?? null };
	await dataOf('put tag', client.rpc('put_tag', { ...asked, p_seen: known?.seen ?? null }));
}

export async function deleteTag(
	client: SupabaseClient,
	unitId: string,
	tagId: string
): Promise<void> {
	await dataOf('delete tag', client.rpc('delete_tag', { p_unit: unitId, p_tag: tagId }));
}
