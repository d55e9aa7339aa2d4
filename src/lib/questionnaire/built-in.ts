/**
 * The three built-in forms: which items, in which order. Everything they say is in item-data.ts and
 * fact-data.ts. Plain Node reads this (demo loader), so imports are relative and carry `.ts`.
 */
import { FACTS } from './fact-data.ts';
import { BLOCKS, ITEMS } from './item-data.ts';
import {
	versionSchema,
	type FactCode,
	type Item,
	type Localised,
	type Version
} from './version.ts';

/** What the built-in forms are called in an organisation that starts from them. */
export const BUILT_IN_NAMES: Readonly<Record<'quick' | 'nine' | 'sixteen', Localised>> = {
	quick: { vi: 'Phiếu nhanh', zh: '快速问卷', en: 'Quick form' },
	nine: { vi: 'Phiếu 9 nội dung', zh: '9项问卷', en: 'Nine-item form' },
	sixteen: { vi: 'Phiếu 16 nội dung', zh: '16项问卷', en: 'Sixteen-item form' }
};

const AUDIO = { vi: null, zh: null, en: null };

function item(code: string): Item {
	const data = ITEMS[code];
	if (!data) throw new Error(`no built-in item ${code}`);
	return { code, ...data, audio: AUDIO };
}

function form(
	id: string,
	shape: Pick<Version, 'series' | 'seconds' | 'asksMoment' | 'asksFiled'>,
	codes: string
): Version {
	const items = codes.split(' ').map(item);
	return versionSchema.parse({
		form: id,
		...shape,
		blocks:
			shape.series === 'quick'
				? []
				: BLOCKS.filter((block) => items.some(({ code }) => code.startsWith(block.code))),
		items,
		facts: [FACTS.H1],
		unchecked: ['zh', 'en']
	});
}

const LONG = { series: 'items', asksMoment: true, asksFiled: true } as const;

/** The forms every organisation starts with, by identifier; frozen data, copy before changing. */
export const builtIn: Readonly<Record<'quick' | 'nine' | 'sixteen', Version>> = {
	// S0 first: it must be there even when someone stops.
	quick: form(
		'quick',
		{ series: 'quick', seconds: 30, asksMoment: false, asksFiled: false },
		'S0 B0 C0 D0 E0'
	),
	// S0 last: people judge the whole after the parts.
	nine: form('nine', { ...LONG, seconds: 60 }, 'B1 B2 B3 C1 C2 D1 D2 E1 E3 S0'),
	sixteen: form(
		'sixteen',
		{ ...LONG, seconds: 120 },
		'A1 A2 A3 B1 B2 B3 B4 C1 C2 C3 D1 D2 D3 E1 E2 E3 S0'
	)
};

/**
 * The same version with exactly these optional questions, in the order of the catalogue.
 * @param codes e.g. `['F1', 'F2', 'H1']`; an empty list turns H1 off too
 */
export function withFacts(version: Version, codes: readonly FactCode[]): Version {
	return { ...version, facts: Object.values(FACTS).filter(({ code }) => codes.includes(code)) };
}
