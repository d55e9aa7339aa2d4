/**
 * What a call of the open data asks for: its query, read strictly. A name or value that it does not know is told,
 * never passed over: a script that misspells a filter must not get everything. Pure.
 */
import { MEASURES } from '../scoring/attribution.ts';
import { parsePeriod } from '../scoring/period.ts';
import type { Formula } from '../scoring/tally.ts';
import type { After } from './open-cells.ts';
import { FORMULAS } from './scores.ts';

export const MOST_PER_PAGE = 5000;
export const USUAL_PER_PAGE = 1000;

export interface ScoresQuery {
	organisation: string | null;
	unit: string | null;
	period: string | null;
	/** `latest`: of each period its newest revision. */
	revision: number | 'latest' | 'all';
	subjects: string[] | null;
	formulas: readonly Formula[];
	limit: number;
	after: After | null;
}

/** What is wrong with a query, and with which name in it. */
export interface QueryProblem {
	error:
		| 'unknown_parameter'
		| 'impossible_id'
		| 'impossible_period'
		| 'impossible_revision'
		| 'unknown_measure'
		| 'unknown_formula'
		| 'unknown_format'
		| 'impossible_limit'
		| 'impossible_after';
	parameter: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ITEM = /^item:[A-Z][A-Z0-9]{0,9}$/;
export const FILTERS = [
	'organisation',
	'unit',
	'period',
	'revision',
	'measure',
	'formula'
] as const;
const NAMES = new Set<string>([...FILTERS, 'format', 'limit', 'after']);

/** `S0` and `measure:S0` are the measure; an item is always written `item:B1`. */
function subjectOf(name: string): string | null {
	if (ITEM.test(name)) return name;
	const code = name.replace(/^measure:/, '');
	return (MEASURES as readonly string[]).includes(code) ? `measure:${code}` : null;
}

/** The cursor as text: opaque to its reader. */
export const cursorOf = ({ publication, unit, subject }: After): string =>
	Buffer.from(`${publication}|${unit}|${subject}`).toString('base64url');

function afterOf(cursor: string): After | null {
	const parts = Buffer.from(cursor, 'base64url').toString().split('|');
	const [publication = '', unit = '', subject = ''] = parts;
	const isWhole = parts.length === 3 && UUID.test(publication) && UUID.test(unit);
	return isWhole && /^(measure|item):\w{1,11}$/.test(subject)
		? { publication, unit, subject }
		: null;
}

/** Reads the query of GET /api/v1/scores. */
export function readScoresQuery(params: URLSearchParams): ScoresQuery | QueryProblem {
	for (const name of params.keys()) {
		if (!NAMES.has(name)) return { error: 'unknown_parameter', parameter: name.slice(0, 40) };
	}
	const of = (name: string) => params.get(name) || null;
	for (const name of ['organisation', 'unit']) {
		const id = of(name);
		if (id && !UUID.test(id)) return { error: 'impossible_id', parameter: name };
	}
	const period = of('period');
	if (period && !parsePeriod(period)) return { error: 'impossible_period', parameter: 'period' };
	const revision = of('revision') ?? 'latest';
	if (!/^(latest|all|[1-9]\d{0,3})$/.test(revision)) {
		return { error: 'impossible_revision', parameter: 'revision' };
	}
	const measures = params.getAll('measure').flatMap((text) => text.split(',').filter(Boolean));
	const subjects = measures.map(subjectOf);
	if (subjects.includes(null)) return { error: 'unknown_measure', parameter: 'measure' };
	const formula = of('formula');
	const formulas = formula ? FORMULAS.filter((one) => one === formula) : FORMULAS;
	if (formulas.length === 0) return { error: 'unknown_formula', parameter: 'formula' };
	const limit = of('limit') ?? String(USUAL_PER_PAGE);
	if (!/^\d{1,4}$/.test(limit) || +limit < 2 || +limit > MOST_PER_PAGE) {
		return { error: 'impossible_limit', parameter: 'limit' };
	}
	const cursor = of('after');
	const after = cursor ? afterOf(cursor) : null;
	if (cursor && !after) return { error: 'impossible_after', parameter: 'after' };
	return {
		organisation: of('organisation'),
		unit: of('unit'),
		period,
		revision: revision === 'latest' || revision === 'all' ? revision : Number(revision),
		subjects: subjects.length > 0 ? (subjects as string[]) : null,
		formulas,
		limit: Number(limit),
		after
	};
}

/**
 * The form of the answer: what `format` names, else the first of the Accept header that we speak. Undefined when
 * the header takes neither (406), null for a format that does not exist (422).
 */
export function formatOf(
	params: URLSearchParams,
	accept: string | null
): 'json' | 'csv' | null | undefined {
	const named = params.get('format');
	if (named) return named === 'json' || named === 'csv' ? named : null;
	const kinds = (accept ?? '*/*')
		.split(',')
		.map((part) => {
			const [kind = '', ...rest] = part.trim().toLowerCase().split(';');
			const weight = rest.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find(Boolean);
			return { kind: kind.trim(), weight: weight === undefined ? 1 : Number(weight) };
		})
		.filter(({ weight }) => weight > 0)
		.sort((a, b) => b.weight - a.weight);
	for (const { kind } of kinds) {
		if (kind === 'text/csv') return 'csv';
		if (['application/json', 'application/*', '*/*', ''].includes(kind)) return 'json';
		if (kind === 'text/*') return 'csv';
	}
	return undefined;
}
