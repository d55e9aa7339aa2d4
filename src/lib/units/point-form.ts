/** The form of a service point: how it is read, and which lines differ from what somebody else has saved. */
import { z } from 'zod';
import { changedLines, type ChangedLine } from '$lib/forms/changed-meanwhile';
import { inLocale, type Localised } from '$lib/i18n/localised';
import type { Locale } from '$lib/i18n/locale';
import { m } from '$lib/i18n/paraglide/messages.js';
import { MOMENTS, momentLabel, POINT_KINDS, pointKindLabel } from './kinds';
import type { PointCard, PointChoices, PointValues } from './points.server';

export const GROUP_FIELDS = ['group_1', 'group_2', 'group_3', 'group_4', 'group_5', 'group_6'];

const label = () => z.string().trim().max(80, m.units_too_long()).default('');
const scope = () => z.string().trim().max(300, m.units_too_long()).default('');
const id = z.uuid().or(z.literal('')).catch('');

const choicesShape = () => ({
	kind: z.enum(POINT_KINDS, m.units_kind_missing()),
	moment: z.enum(MOMENTS, m.units_moment_missing()),
	wording: z.enum(['auto', 'one_stop', 'gate']).catch('auto'),
	staffed_by: z.enum(['one', 'several'], m.units_staff_missing()),
	staff: id.default(''),
	questionnaire: id.default(''),
	offers_paper: z.string().optional(),
	scope_line_vi: scope(),
	scope_line_zh: scope(),
	scope_line_en: scope(),
	...Object.fromEntries(GROUP_FIELDS.map((field) => [field, id.default('')]))
});

interface Chosen extends Omit<PointValues, 'labels'> {
	scope_line: Record<'vi' | 'zh' | 'en', string>;
	groups: string[];
	offers_paper: boolean;
}

function toValues(data: Record<string, string | undefined>): Chosen {
	const text = (name: string) => data[name] ?? '';
	const wording = text('wording');
	const groups = GROUP_FIELDS.map(text).filter(Boolean);
	return {
		kind: text('kind') as (typeof POINT_KINDS)[number],
		moment: text('moment') as (typeof MOMENTS)[number],
		...(wording === 'one_stop' || wording === 'gate' ? { wording } : {}),
		staffed_by: text('staffed_by') === 'one' ? 'one' : 'several',
		staff_person_id: text('staff') || null,
		questionnaire_id: text('questionnaire') || null,
		groups: [...new Set(groups)],
		offers_paper: text('offers_paper') !== '',
		scope_line: { vi: text('scope_line_vi'), zh: text('scope_line_zh'), en: text('scope_line_en') }
	};
}

/** What all points of a form have in common: everything but label, code and unit. */
export const commonSchema = () =>
	z.object(choicesShape()).transform((data) => toValues(data as Record<string, string>));

/** One point with its label and code. Sentences are evaluated per request. */
export const pointSchema = () =>
	z
		.object({
			...choicesShape(),
			labels_vi: label().pipe(z.string().min(1, m.units_label_missing())),
			labels_zh: label(),
			labels_en: label(),
			ref: z.string().trim().max(40, m.units_code_wrong()).default('')
		})
		.transform(({ labels_vi, labels_zh, labels_en, ref, ...rest }) => ({
			...toValues(rest as Record<string, string>),
			labels: { vi: labels_vi, zh: labels_zh, en: labels_en },
			code: ref
		}));
export type PointForm = z.infer<ReturnType<typeof pointSchema>>;

const nameIn = (
	things: { id: string; names: Localised }[],
	wanted: string | null,
	locale: Locale
) => {
	const found = things.find(({ id }) => id === wanted);
	return found ? inLocale(found.names, locale) : '';
};
const staffing = (value: string | undefined) =>
	value === 'one' ? m.units_staffed_one() : m.units_staffed_several();
const yesNo = (value: boolean) => (value ? m.audit_yes() : m.audit_no());

/** What somebody else has changed, beside what was typed. */
export function pointChanges(
	mine: PointForm,
	now: PointCard,
	choices: PointChoices,
	locale: Locale
): ChangedLine[] {
	const scopeOf = (texts: Partial<Record<'vi' | 'zh' | 'en', string | null>> | null) =>
		[texts?.vi, texts?.zh, texts?.en].filter(Boolean).join(' / ');
	return changedLines([
		{ label: m.units_label(), mine: scopeOf(mine.labels), now: scopeOf(now.labels) },
		{ label: m.units_code(), mine: mine.code, now: now.code ?? '' },
		{
			label: m.units_point_kind(),
			mine: mine.kind ? pointKindLabel(mine.kind) : '',
			now: pointKindLabel(now.kind)
		},
		{
			label: m.units_moment(),
			mine: mine.moment ? momentLabel(mine.moment) : '',
			now: momentLabel(now.moment)
		},
		{ label: m.units_staffed(), mine: staffing(mine.staffed_by), now: staffing(now.staffed_by) },
		{ label: m.units_scope(), mine: scopeOf(mine.scope_line), now: scopeOf(now.scope_line) },
		{
			label: m.units_point_groups(),
			mine: mine.groups.map((group) => nameIn(choices.groups, group, locale)).join(', '),
			now: now.groups.map(({ names }) => inLocale(names, locale)).join(', ')
		},
		{
			label: m.units_point_questionnaire(),
			mine: nameIn(choices.questionnaires, mine.questionnaire_id ?? null, locale),
			now: nameIn(choices.questionnaires, now.questionnaire_id, locale)
		},
		{ label: m.units_paper(), mine: yesNo(mine.offers_paper), now: yesNo(now.offers_paper) }
	]);
}
