/**
 * The fixed kinds of units and service points, and their names in the reader's language.
 * Owns: the words. The lists themselves are checked by SQL.
 */
import { m } from '$lib/i18n/paraglide/messages.js';

export const UNIT_KINDS = [
	'board',
	'province',
	'department',
	'commune',
	'centre',
	'division',
	'office',
	'one_stop',
	'gate',
	'yard'
] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

const UNIT_LABELS: Record<UnitKind, () => string> = {
	board: m.units_kind_board,
	province: m.units_kind_province,
	department: m.units_kind_department,
	commune: m.units_kind_commune,
	centre: m.units_kind_centre,
	division: m.units_kind_division,
	office: m.units_kind_office,
	one_stop: m.units_kind_one_stop,
	gate: m.units_kind_gate,
	yard: m.units_kind_yard
};
export const unitKindLabel = (kind: UnitKind): string => UNIT_LABELS[kind]();
export const unitKindOptions = () =>
	UNIT_KINDS.map((value) => ({ value, label: unitKindLabel(value) }));

export const POINT_KINDS = ['counter', 'kiosk', 'link'] as const;
export type PointKind = (typeof POINT_KINDS)[number];
const POINT_LABELS: Record<PointKind, () => string> = {
	counter: m.units_point_counter,
	kiosk: m.units_point_kiosk,
	link: m.units_point_link
};
export const pointKindLabel = (kind: PointKind): string => POINT_LABELS[kind]();

export const MOMENTS = ['both', 'receive', 'return'] as const;
export type PointMoment = (typeof MOMENTS)[number];
const MOMENT_LABELS: Record<PointMoment, () => string> = {
	both: m.units_moment_both,
	receive: m.units_moment_receive,
	return: m.units_moment_return
};
export const momentLabel = (moment: PointMoment): string => MOMENT_LABELS[moment]();
