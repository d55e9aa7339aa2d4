/**
 * Which unit a measure counts for: the one that received the person or the one that decided the
 * case (design 5). Owns the list of measures and their two series; knows no names and no labels.
 */

/** Measures of the forms that ask item by item (B1–E3), in the order of the form. */
export const ITEM_SERIES = ['A', 'B', 'C', 'D', 'E'] as const;

/** Measures of the quick form (B0–E0): one question each, never mixed with the item series. */
export const QUICK_SERIES = ['B0', 'C0', 'D0', 'E0'] as const;

/** Overall satisfaction, asked directly in every form: the only measure pooled over forms. */
export const OVERALL = 'S0';

export const MEASURES = [OVERALL, ...ITEM_SERIES, ...QUICK_SERIES] as const;

export type Measure = (typeof MEASURES)[number];
export type Series = 'items' | 'quick';
export type Dimension = 'overall' | 'access' | 'procedure' | 'conduct' | 'result' | 'complaints';
export type Side = 'receiving' | 'deciding';

const DIMENSIONS: Record<Measure, Dimension> = {
	S0: 'overall',
	A: 'access',
	B: 'procedure',
	C: 'conduct',
	D: 'result',
	E: 'complaints',
	B0: 'procedure',
	C0: 'conduct',
	D0: 'result',
	E0: 'complaints'
};

/** True for a string that names a measure; E1 is an item on its own line and not a measure. */
export function isMeasure(value: string): value is Measure {
	return Object.hasOwn(DIMENSIONS, value);
}

/** What a measure asks about; the same dimension has one measure in each series. */
export function dimensionOf(measure: Measure): Dimension {
	return DIMENSIONS[measure];
}

/**
 * The unit a measure counts for. Rules and procedure and the result are the work of whoever
 * decides the case; the place, the staff, complaints and the whole belong to whoever received the
 * person (domain 1.3: the same split as the official five factors).
 */
export function sideOf(measure: Measure): Side {
	const dimension = DIMENSIONS[measure];
	return dimension === 'procedure' || dimension === 'result' ? 'deciding' : 'receiving';
}

/** What stands in a cell of the unit × measure table when there is no figure to show. */
export type Absence = { reason: 'counts_elsewhere'; side: Side } | { reason: 'not_asked' };

/** What a unit with its subtree does: receives people at service points, decides cases, or both. */
export interface UnitRole {
	receives: boolean;
	decides: boolean;
}

/**
 * Why a unit has no cell for a measure: the measure counts for the other side, or no form used
 * there asks it.
 */
export function absenceOf(measure: Measure, role: UnitRole): Absence {
	const side = sideOf(measure);
	const counts = side === 'receiving' ? role.receives : role.decides;
	return counts ? { reason: 'not_asked' } : { reason: 'counts_elsewhere', side };
}
