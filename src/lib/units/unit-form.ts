/** The form of a unit: how it is read, and which lines differ from what somebody else has saved. */
import { z } from 'zod';
import { changedLines, type ChangedLine } from '$lib/forms/changed-meanwhile';
import { m } from '$lib/i18n/paraglide/messages.js';
import { UNIT_KINDS, unitKindLabel } from './kinds';
import type { UnitCard, UnitValues } from './units.server';

const name = () => z.string().trim().max(200, m.units_too_long()).default('');

/** Sentences are evaluated per request. */
export const unitSchema = () =>
	z
		.object({
			names_vi: name().pipe(z.string().min(1, m.units_name_missing())),
			names_zh: name(),
			names_en: name(),
			kind: z.enum(UNIT_KINDS, m.units_kind_missing()),
			// Not "code": fields of that name are never shown again (parse-form.ts).
			ref: z.string().trim().max(40, m.units_code_wrong()).default(''),
			sort: z
				.string()
				.trim()
				.regex(/^\d{0,6}$/, m.units_number_wrong())
				.optional()
		})
		.transform(({ names_vi, names_zh, names_en, kind, ref, sort }): UnitValues => ({
			names: { vi: names_vi, zh: names_zh, en: names_en },
			...{ kind, code: ref },
			...(sort ? { sort } : {})
		}));

/** What somebody else has changed, beside what was typed. */
export function unitChanges(mine: UnitValues, now: UnitCard): ChangedLine[] {
	return changedLines([
		{ label: m.units_name(), mine: mine.names.vi, now: now.names.vi },
		{
			label: m.units_in_chinese({ label: m.units_name() }),
			mine: mine.names.zh,
			now: now.names.zh ?? ''
		},
		{
			label: m.units_in_english({ label: m.units_name() }),
			mine: mine.names.en,
			now: now.names.en ?? ''
		},
		{ label: m.units_kind(), mine: unitKindLabel(mine.kind), now: unitKindLabel(now.kind) },
		{ label: m.units_code(), mine: mine.code, now: now.code ?? '' },
		{ label: m.units_sort(), mine: mine.sort ?? String(now.sort), now: String(now.sort) }
	]);
}
