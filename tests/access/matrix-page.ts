// Writes the access matrix into docs/security.md, between its two marks: `node tests/access/matrix-page.ts`.
// A test compares, so that the page cannot fall behind the file.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CALLS, READS } from './matrix.ts';
import { PLACES, ROLES, type Cells } from './places.ts';

export const SECURITY_PAGE = fileURLToPath(new URL('../../docs/security.md', import.meta.url));
const BEGIN = '<!-- access matrix: made by tests/access/matrix-page.ts -->';
const END = '<!-- end of access matrix -->';

function cell(cells: Cells, role: (typeof ROLES)[number]): string {
	const places = cells[role] ?? [];
	if (places.length === PLACES.length) return 'yes';
	return places.join(', ') || '–';
}

function table(title: string, rows: Record<string, Cells>): string[] {
	return [
		`| ${title} | ${ROLES.join(' | ')} |`,
		`|---|${ROLES.map(() => '---|').join('')}`,
		...Object.entries(rows).map(
			([name, cells]) => `| \`${name}\` | ${ROLES.map((role) => cell(cells, role)).join(' | ')} |`
		)
	];
}

/** The two tables of the page as Markdown. */
export function matrixPage(): string {
	return [...table('read', READS), '', ...table('call', CALLS)].join('\n');
}

/** docs/security.md with the tables as they are in matrix.ts. @throws Error when the marks are missing */
export function withMatrix(page: string): string {
	const begin = page.indexOf(BEGIN);
	const end = page.indexOf(END);
	if (begin < 0 || end < begin) {
		throw new Error('docs/security.md has lost the marks of its matrix');
	}
	return `${page.slice(0, begin + BEGIN.length)}\n\n${matrixPage()}\n\n${page.slice(end)}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	writeFileSync(SECURITY_PAGE, withMatrix(readFileSync(SECURITY_PAGE, 'utf8')));
}
