/**
 * What the hall shows of a unit, on its television and on the monthly sheet: the overall figure, one row
 * per dimension, and as many "Chúng tôi đã làm" as there is room for. Pure; every figure comes as the
 * results page has it. Must not know: colours, sizes, addresses.
 */
import { dimensionOf, OVERALL, type Dimension, type Measure } from '$lib/scoring/attribution';
import type { Figure } from '$lib/scoring/suppression';
import type { ListedPeriod } from '$lib/transparency/results';

export interface MeasureFigure {
	measure: Measure;
	figure: Figure;
}

/** A published "Chúng tôi đã làm" as people read it. */
export interface DoneLine {
	text: string;
	day: string;
	about: string;
}

/** Hidden is less than an interval, an interval less than a figure; then more persons are more. */
function weight(figure: Figure): number {
	if (figure.state === 'hidden') return -1;
	return figure.persons + (figure.state === 'shown' ? 1e9 : 0);
}

/**
 * One row per dimension. Both series of a dimension are never mixed: the one that says more is shown, the
 * other stays on the results page.
 */
export function hallFigures(figures: readonly MeasureFigure[]): {
	overall: Figure | null;
	dimensions: MeasureFigure[];
} {
	const best = new Map<Dimension, MeasureFigure>();
	for (const one of figures) {
		const dimension = dimensionOf(one.measure);
		const known = best.get(dimension);
		if (!known || weight(one.figure) > weight(known.figure)) best.set(dimension, one);
	}
	const overall = figures.find(({ measure }) => measure === OVERALL)?.figure ?? null;
	const order: Dimension[] = ['access', 'procedure', 'conduct', 'result', 'complaints'];
	return { overall, dimensions: order.flatMap((dimension) => best.get(dimension) ?? []) };
}

/** The newest period of a list; of those that end on the same day the shortest. */
export function newestPeriod(periods: readonly ListedPeriod[]): ListedPeriod | undefined {
	return [...periods].sort(
		(a, b) => b.end.localeCompare(a.end) || b.start.localeCompare(a.start)
	)[0];
}

/** The newest month of a list, else its newest period: the sheet is made every month. */
export function newestMonth(periods: readonly ListedPeriod[]): ListedPeriod | undefined {
	return newestPeriod(periods.filter(({ kind }) => kind === 'month')) ?? newestPeriod(periods);
}

/**
 * The first notes that fit into a number of lines, and how many do not.
 * @param perLine letters that surely fit into one line
 * @param mostLines on how many lines the page cuts a note off
 * @param around lines that a note takes beside its text: its day, the space after it
 */
export function fitNotes(
	notes: readonly DoneLine[],
	room: { lines: number; perLine: number; mostLines: number; around: number }
): { shown: DoneLine[]; more: number } {
	let left = room.lines;
	const shown: DoneLine[] = [];
	for (const note of notes) {
		left -= Math.min(Math.ceil(note.text.length / room.perLine), room.mostLines) + room.around;
		if (left < 0 && shown.length > 0) break;
		shown.push(note);
	}
	return { shown, more: notes.length - shown.length };
}
