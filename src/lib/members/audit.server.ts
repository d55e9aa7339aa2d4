/**
 * The audit log as its page reads it: fifty lines of a subtree, filtered, newest first.
 * Must not know: words for actions and records (audit-words.ts).
 */
import type { SupabaseClient } from '@supabase/supabase-js';
import { z } from 'zod';
import { dataOf } from '$lib/server/errors';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const page = z.object({
	more: z.boolean(),
	lines: z.array(
		z
			.object({
				seq: z.number(),
				at: z.string(),
				actor: z
					.object({ id: z.uuid(), name: z.string().nullable(), email: z.string().nullable() })
					.nullable(),
				actor_kind: z.enum(['person', 'worker', 'system']),
				action: z.string(),
				record_type: z.string(),
				record_id: z.string(),
				unit: texts.nullable(),
				subject: z.string().nullable(),
				changes: z.record(z.string(), z.unknown())
			})
			.transform(({ actor_kind, record_type, record_id, ...rest }) => ({
				...rest,
				actorKind: actor_kind,
				recordType: record_type,
				recordId: record_id
			}))
	)
});

export type AuditPage = z.infer<typeof page>;
export type AuditLine = AuditPage['lines'][number];

export interface AuditFilter {
	/** Part of a name or an address. */
	person: string;
	action: string;
	recordType: string;
	/** Days in Vietnam, `yyyy-mm-dd`, both included; empty for no bound. */
	from: string;
	to: string;
	/** Lines before this number. */
	before: number | undefined;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day = (value: string | null) =>
	value && DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : '';

/** The filter that an address asks for; what makes no sense is left out. */
export function filterOf(search: URLSearchParams): AuditFilter {
	const before = Number.parseInt(search.get('before') ?? '', 10);
	return {
		person: (search.get('person') ?? '').trim().slice(0, 100),
		action: (search.get('action') ?? '').slice(0, 40),
		recordType: (search.get('record') ?? '').slice(0, 40),
		from: day(search.get('start')),
		to: day(search.get('end')),
		before: Number.isSafeInteger(before) && before > 0 ? before : undefined
	};
}

/** @throws DatabaseError not_allowed */
export async function read(
	client: SupabaseClient,
	unitId: string,
	filter: AuditFilter
): Promise<AuditPage> {
	const asked = {
		p_unit: unitId,
		p_person: filter.person || null,
		p_action: filter.action || null,
		p_record_type: filter.recordType || null,
		p_from: filter.from || null,
		p_to: filter.to || null,
		p_before: filter.before ?? null
	};
	return page.parse(await dataOf('read audit log', client.rpc('read_audit_log', asked)));
}
