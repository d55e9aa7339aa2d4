// Words that no page says any more only cost their translators time.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkMessages } from './require-messages';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(ts|svelte)$/.test(file) && !/\.test\.ts$|paraglide/.test(file))
	.map((file) => ({ file, text: readFileSync(join('src', file), 'utf8') }));

/** A key put together (`m[…]`), or `m` under another name: who reads a message could not be found. */
const HIDDEN = /\bm\s*(\?\.)?\[|=\s*m\s*[;,)]|\btypeof m\b|\.\.\.m\b/;

it('a message is always named in full', () => {
	const hiding = sources.filter(({ text }) => HIDDEN.test(text));
	expect(hiding.map(({ file }) => file)).toEqual([]);
});

it('every message is said somewhere', () => {
	const named = new Set(
		sources.flatMap(({ text }) => Array.from(text.matchAll(/\bm\s*\.\s*(\w+)/g), ([, key]) => key))
	);
	expect(checkMessages().filter((key) => !named.has(key))).toEqual([]);
});
