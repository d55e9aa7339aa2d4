/**
 * The colours of charts, taken from the tokens of src/app.css at the moment of drawing, so that a
 * chart follows light and dark. Paper is always white: printing uses the light set.
 */
export interface Palette {
	ink: string;
	muted: string;
	line: string;
	bar: string;
	aboveBar: string;
	belowBar: string;
	accent: string;
	/** The band between limits. */
	wash: string;
	paper: string;
}

const TOKENS: Record<keyof Palette, string> = {
	ink: '--ink',
	muted: '--ink-2',
	line: '--line',
	bar: '--bar',
	aboveBar: '--above-bar',
	belowBar: '--below-bar',
	accent: '--accent',
	wash: '--accent-wash',
	paper: '--paper'
};

/** The light tokens of look.md, for print and for a page without the tokens. */
const LIGHT: Palette = {
	ink: '#17212b',
	muted: '#4b5865',
	line: '#d8dee4',
	bar: '#cdd5e2',
	aboveBar: '#a8d6cf',
	belowBar: '#e5c294',
	accent: '#2b4590',
	wash: '#eef1fa',
	paper: '#ffffff'
};

/** The palette in force at an element, or the light one for paper. */
export function paletteOf(element: Element, isPrinting: boolean): Palette {
	if (isPrinting) return LIGHT;
	const style = getComputedStyle(element);
	const entries = Object.entries(TOKENS).map(([name, token]) => [
		name,
		style.getPropertyValue(token).trim() || LIGHT[name as keyof Palette]
	]);
	return Object.fromEntries(entries) as Palette;
}
