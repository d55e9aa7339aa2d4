/** What stands on the monthly sheet of a unit, made of its results page and its published notes. Pure. */
import type { Figure } from '$lib/scoring/suppression';
import { qrShape } from '$lib/posters/qr';
import type { QrShape } from '$lib/posters/qr-shape';
import type { ListedPeriod } from '$lib/transparency/results';
import type { UnitPage } from '$lib/transparency/unit-page';
import { fitNotes, hallFigures, type DoneLine, type MeasureFigure } from './hall-page';

export interface Sheet {
	unit: string;
	/** Null when the unit is the organisation itself. */
	organisation: string | null;
	isDemo: boolean;
	period: ListedPeriod;
	overall: Figure | null;
	dimensions: MeasureFigure[];
	done: { shown: DoneLine[]; more: number };
	qr: QrShape;
	shortAddress: string;
}

/** Lines of notes beside the figures: fewer dimensions leave more room. */
const LINES = 12;
const LINES_PER_DIMENSION = 1.9;

/**
 * @param result the unit in Vietnamese: the sheet hangs on a wall in Vietnam
 * @param origin scheme and host under which phones reach us
 */
export function makeSheet(
	result: UnitPage & { period: ListedPeriod },
	notes: readonly DoneLine[],
	origin: string
): Sheet {
	const address = `${origin}/results/${result.unit.id}`;
	const figures = hallFigures(result.figures);
	return {
		unit: result.unit.name,
		organisation: result.unit.parent ? result.organisation.name : null,
		isDemo: result.organisation.isDemo,
		period: result.period,
		...figures,
		done: fitNotes(notes, {
			lines: LINES + (5 - figures.dimensions.length) * LINES_PER_DIMENSION,
			perLine: 72,
			mostLines: 8,
			around: 1.5
		}),
		qr: qrShape(address),
		shortAddress: address.replace(/^https?:\/\//, '')
	};
}
