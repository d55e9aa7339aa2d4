/**
 * Figures against their targets: reached, missed, or not to be told from so few answers. The rule is
 * scoring/target.ts; here units and dimensions are put together with the targets that hold for them. Pure.
 */
import type { Localised } from '$lib/i18n/localised';
import { dimensionOf, MEASURES, type Measure } from '$lib/scoring/attribution';
import { figureOf, type Figure } from '$lib/scoring/suppression';
import { stateAgainst, type TargetState } from '$lib/scoring/target';
import { cellOf, FORMULA, type Comparison } from './comparison';
import type { TargetInForce } from './settings';

export interface JudgedRow {
	unitId: string;
	names: Localised;
	measure: Measure;
	target: TargetInForce;
	figure: Figure;
	/** Null where nothing may be shown. */
	state: TargetState | null;
	/** What a figure that looks like the target proves at least; null where it proves more or does not. */
	provesOnly: number | null;
}

/** Under 30 persons an interval is shown and nothing is concluded from it. */
export function judge(figure: Figure, target: number): Pick<JudgedRow, 'state' | 'provesOnly'> {
	if (figure.state === 'hidden') return { state: null, provesOnly: null };
	if (figure.state === 'interval') return { state: 'cannot_be_told', provesOnly: null };
	const state = stateAgainst(figure, target);
	const looksReached = state === 'cannot_be_told' && figure.value >= target;
	return { state, provesOnly: looksReached ? figure.low : null };
}

/** The unit itself by every measure that has a target, then its peers; units without a figure are left out. */
export function judgedRows(
	{ unit, cells, cross, settings }: Comparison,
	peers: readonly { id: string; names: Localised }[],
	measures: readonly Measure[] = MEASURES
): JudgedRow[] {
	// A target is about all answers, not about one part of them.
	if (cross !== null) return [];
	const targets = new Map(
		settings.targets.map((each) => [`${each.unitId} ${each.dimension}`, each])
	);
	const rowsOf = (id: string, names: Localised, asked: readonly Measure[]) =>
		asked.flatMap<JudgedRow>((measure) => {
			const target = targets.get(`${id} ${dimensionOf(measure)}`);
			const cell = cellOf(cells, id, measure);
			if (!target || !cell) return [];
			const figure = figureOf(cell, FORMULA);
			return [{ unitId: id, names, measure, target, figure, ...judge(figure, target.target) }];
		});
	return [
		...rowsOf(unit.id, unit.names, MEASURES),
		...peers
			.filter(({ id }) => id !== unit.id)
			.flatMap(({ id, names }) => rowsOf(id, names, measures))
	];
}
