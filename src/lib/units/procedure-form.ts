/** The forms of procedures and procedure groups, and which lines differ from what somebody else has saved. */
import { z } from 'zod';
import { changedLines, type ChangedLine } from '$lib/forms/changed-meanwhile';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { GroupCard, ProcedureCard } from './procedures.server';

const code = () => z.string().trim().min(1, m.units_code_missing()).max(40, m.units_code_wrong());
const translation = () => z.string().trim().max(200, m.units_too_long()).default('');

/** Sentences are evaluated per request. */
export const groupSchema = () =>
	z
		.object({
			names_vi: z.string().trim().min(1, m.units_name_missing()).max(200, m.units_too_long()),
			names_zh: translation(),
			names_en: translation(),
			ref: code()
		})
		.transform(({ names_vi, names_zh, names_en, ref }) => ({
			code: ref,
			names: { vi: names_vi, zh: names_zh, en: names_en }
		}));

/** Sentences are evaluated per request. */
export const procedureSchema = () =>
	z.object({
		name: z.string().trim().min(1, m.units_name_missing()).max(500, m.units_too_long()),
		ref: code(),
		group: z.uuid(m.units_group_missing())
	});

export function groupChanges(
	mine: z.infer<ReturnType<typeof groupSchema>>,
	now: GroupCard
): ChangedLine[] {
	const { names } = mine;
	return changedLines([
		{ label: m.units_name(), mine: names.vi, now: now.names.vi },
		{
			label: m.units_in_chinese({ label: m.units_name() }),
			mine: names.zh,
			now: now.names.zh ?? ''
		},
		{
			label: m.units_in_english({ label: m.units_name() }),
			mine: names.en,
			now: now.names.en ?? ''
		},
		{ label: m.units_code_needed(), mine: mine.code, now: now.code }
	]);
}

export function procedureChanges(
	mine: z.infer<ReturnType<typeof procedureSchema>>,
	now: ProcedureCard,
	groupName: (id: string) => string
): ChangedLine[] {
	return changedLines([
		{ label: m.units_procedure_name(), mine: mine.name, now: now.name },
		{ label: m.units_code_needed(), mine: mine.ref, now: now.code },
		{ label: m.units_group(), mine: groupName(mine.group), now: groupName(now.group.id) }
	]);
}
