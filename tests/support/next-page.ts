// Going on to another page in a browser. Click and key return before the browser begins to leave, and the state of a page
// that is being left says nothing: the next page itself is waited for. Only where the whole page is loaded anew.

import type { Locator, Page } from 'playwright';

/** Does what leads to another page; resolves when that page is loaded. */
export async function nextPage(page: Page, act: () => Promise<unknown>): Promise<void> {
	await Promise.all([page.waitForEvent('load'), act()]);
}

/** Clicks what leads to another page, and waits for that page. */
export const follow = (target: Locator): Promise<void> =>
	nextPage(target.page(), () => target.click());
