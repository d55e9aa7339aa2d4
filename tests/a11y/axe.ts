// What axe is asked of a page (WCAG 2.2 AA and axe's own good practice), on a phone and a desk, by day and by night.

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { expect, it } from 'vitest';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = { name: 'phone', viewport: { width: 360, height: 740 } };
const SCREENS = [PHONE, { name: 'desk', viewport: { width: 1280, height: 900 } }];

/** How a page is first opened. */
export const ON_PHONE = { viewport: PHONE.viewport, locale: 'vi-VN' };

/**
 * Four tests of a page that was opened and brought into its state once; window and colours then change under it, as on
 * a desk. No page is wider than its phone.
 * @param without what axe does not look into
 */
export function lookAtEveryScreen(pageOf: () => Page, without?: string): void {
	for (const { name, viewport } of SCREENS) {
		for (const colorScheme of ['light', 'dark'] as const) {
			it(`has nothing for axe to find: ${name}, ${colorScheme}`, async () => {
				const page = pageOf();
				await page.setViewportSize(viewport);
				await page.emulateMedia({ colorScheme });
				// No page of ours has frames: axe can say what it found there, instead of on a page opened for it. Of what it
				// found right only the count is made. Both together take a quarter of the time.
				const axe = new AxeBuilder({ page })
					.options({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
					.setLegacyMode();
				const { violations } = await (without ? axe.exclude(without) : axe).analyze();
				const found = violations.flatMap(({ id, nodes }) =>
					nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`)
				);
				expect(found).toEqual([]);
				const width = await page.evaluate(() => document.documentElement.scrollWidth);
				expect(width).toBeLessThanOrEqual(viewport.width);
			});
		}
	}
}
