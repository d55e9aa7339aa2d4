// axe over every public page, on a phone and a desk, by day and by night (WCAG 2.2 AA and axe's own good practice).

import { AxeBuilder } from '@axe-core/playwright';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { ROOT } from '../../supabase/local/migrations.ts';
import { launchBrowser } from '../support/chromium.ts';
import { OFFICE_PAGES, OTHER_SERVER } from './office-pages.ts';
import { PUBLIC_PAGES } from './public-pages.ts';

const product = inject('product');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SCREENS = [
	{ name: 'phone', viewport: { width: 360, height: 740 } },
	{ name: 'desk', viewport: { width: 1280, height: 900 } }
];

let browser: Browser;
beforeAll(async () => {
	browser = await launchBrowser();
});
afterAll(() => browser.close());

it('every page of the route folder is on the list', () => {
	const folder = join(ROOT, 'src/routes');
	const routes = globSync('**/+page{,@*}.svelte', { cwd: folder }).map((file) => dirname(file));
	const listed = [...PUBLIC_PAGES, ...OFFICE_PAGES].map((page) => page.route).filter(Boolean);
	expect([...new Set([...listed, ...OTHER_SERVER])].sort()).toEqual(routes.sort());
});

describe.each(PUBLIC_PAGES)('$name', (listed) => {
	for (const { name, viewport } of SCREENS) {
		for (const colorScheme of ['light', 'dark'] as const) {
			it(`has nothing for axe to find: ${name}, ${colorScheme}`, async () => {
				const context = await browser.newContext({ viewport, colorScheme, locale: 'vi-VN' });
				try {
					const page = await context.newPage();
					await page.goto(await listed.address(product));
					await listed.act?.(page);
					const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
					const found = violations.flatMap(({ id, nodes }) =>
						nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`)
					);
					expect(found).toEqual([]);
				} finally {
					await context.close();
				}
			});
		}
	}
});
