/**
 * On which paper a code is printed: sheets for walls, signs for gates, tents for tables.
 * Owns: the formats, how large a gate sign must be, what a request for a print names. Pure.
 */
import { isUuid } from '$lib/forms/is-uuid';

export const FORMATS = ['a4', 'a5', 'a3', 'gate', 'tent'] as const;
export type Format = (typeof FORMATS)[number];

/** Short sides in millimetres; a long side is √2 times as long. */
const PAPERS = { A3: 297, A2: 420, A1: 594, A0: 841 } as const;
export type GatePaper = keyof typeof PAPERS;

/** From how many metres a gate sign can be read; beyond, no paper is large enough. */
export const NEAREST = 1;
export const FARTHEST = 6;

/** A code is read from ten times its side: a phone camera then still tells its modules apart. */
const SIDE_PER_DISTANCE = 1 / 10;
const LEAST_SIDE_MM = 100;
/** How much of the sheet's width the code may take; the rest is its clear margin. */
const MOST_OF_WIDTH = 0.72;

export interface GateSign {
	paper: GatePaper;
	/** Short side of the sheet in mm. */
	width: number;
	/** Side of the code itself, without its clear margin, in mm. */
	side: number;
}

/** The smallest sheet with a code that is read from `metres` away. */
export function gateSign(metres: number): GateSign {
	const far = Math.min(FARTHEST, Math.max(NEAREST, metres));
	const side = Math.max(LEAST_SIDE_MM, Math.ceil(far * 1000 * SIDE_PER_DISTANCE));
	for (const [paper, width] of Object.entries(PAPERS) as [GatePaper, number][]) {
		if (side <= width * MOST_OF_WIDTH) return { paper, width, side };
	}
	throw new RangeError(`no paper holds a code of ${side} mm`);
}

/** What somebody wants printed. */
export interface PrintRequest {
	points: string[];
	units: string[];
	formats: Format[];
	metres: number;
	isMono: boolean;
}

const MOST_CHOSEN = 500;
const TOKEN = /^[0-9A-HJKMNP-TV-Z]{11}$/;

/** Reads a request from an address; what it does not know it leaves out. */
export function readRequest(query: URLSearchParams): PrintRequest {
	const formats = FORMATS.filter((format) => query.getAll('f').includes(format));
	const metres = Number(query.get('far') ?? '3');
	return {
		points: query
			.getAll('p')
			.filter((token) => TOKEN.test(token))
			.slice(0, MOST_CHOSEN),
		units: query
			.getAll('u')
			.filter((id) => isUuid(id))
			.slice(0, MOST_CHOSEN),
		formats: formats.length > 0 ? formats : ['a4'],
		metres: Number.isFinite(metres) ? Math.min(FARTHEST, Math.max(NEAREST, metres)) : 3,
		isMono: query.get('ink') === 'mono'
	};
}
