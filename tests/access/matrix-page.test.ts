import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SECURITY_PAGE, withMatrix } from './matrix-page.ts';

test('docs/security.md shows the matrix as it is tested', () => {
	const page = readFileSync(SECURITY_PAGE, 'utf8');
	expect(page).toBe(withMatrix(page));
});
