/**
 * Protects the persons in a comment before anybody reads it: numbers, addresses and names become tokens ⟦phone⟧,
 * ⟦name⟧ …, which the page says in the reader's language. Pure; the worker runs it. Must not know: where texts are kept.
 */
import { findNames } from './names.ts';
import { findNumbers, type Found, type Kind } from './numbers.ts';

/** Counts changes of the rules: the worker masks anew what older rules have masked. */
export const MASKING_RULES = 1;

export const KINDS = [
	'phone',
	'id',
	'account',
	'plate',
	'dossier',
	'email',
	'link',
	'name'
] as const satisfies readonly Kind[];
export type { Kind };

const TOKEN = /⟦(?:phone|id|account|plate|dossier|email|link|name)⟧/gu;

export interface Masked {
	text: string;
	/** What was found, in the order of the text. */
	kinds: Kind[];
}

/** The text as the rules read it: one form per letter, plain digits, no invisible signs inside numbers. */
function plain(text: string): string {
	return text
		.normalize('NFC')
		.replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
		.replace(/[\uff10-\uff19]/g, (digit) => String(digit.charCodeAt(0) - 0xff10))
		.replace(/[\u00a0\u2007\u202f]/g, ' ');
}

/** Which of two places that overlap is kept: the surer kind, then the longer one. */
const RANK: Record<Kind, number> = {
	email: 0,
	link: 1,
	dossier: 2,
	account: 3,
	id: 3,
	phone: 3,
	plate: 4,
	name: 5
};

function withoutOverlaps(found: Found[]): Found[] {
	const kept: Found[] = [];
	const better = (a: Found, b: Found) =>
		RANK[a.kind] - RANK[b.kind] || b.to - b.from - (a.to - a.from) || a.from - b.from;
	for (const place of [...found].sort(better)) {
		if (kept.every(({ from, to }) => place.to <= from || place.from >= to)) kept.push(place);
	}
	return kept.sort((a, b) => a.from - b.from);
}

function maskPiece(piece: string, kinds: Kind[]): string {
	let masked = '';
	let at = 0;
	for (const { from, to, kind } of withoutOverlaps([...findNumbers(piece), ...findNames(piece)])) {
		masked += `${piece.slice(at, from)}⟦${kind}⟧`;
		kinds.push(kind);
		at = to;
	}
	return masked + piece.slice(at);
}

/** Masks until nothing more is found: a masked text comes out as it went in. */
export function mask(text: string): Masked {
	const kinds: Kind[] = [];
	let masked = plain(text);
	// What stands beside a token may only then be told (a name behind a masked name); three rounds are plenty.
	for (let round = 0; round < 3; round++) {
		const before = masked;
		masked = masked
			.split(/(⟦(?:phone|id|account|plate|dossier|email|link|name)⟧)/u)
			.map((piece, index) => (index % 2 === 1 ? piece : maskPiece(piece, kinds)))
			.join('');
		if (masked === before) break;
	}
	return { text: masked, kinds };
}

export type Piece = { text: string } | { kind: Kind };

/** A masked text in pieces, for a page that draws the tokens. */
export function pieces(masked: string): Piece[] {
	const parts: Piece[] = [];
	let at = 0;
	for (const match of masked.matchAll(TOKEN)) {
		if (match.index > at) parts.push({ text: masked.slice(at, match.index) });
		parts.push({ kind: match[0].slice(1, -1) as Kind });
		at = match.index + match[0].length;
	}
	if (at < masked.length) parts.push({ text: masked.slice(at) });
	return parts;
}
