// Which demo point has which form: tests look for a kind of form, not for a label that the demo may change.

import type { Product } from './product.ts';

/** What tells the forms apart on the page. */
const MARKS = {
	quick: (page: string) => page.includes('name="B0"') && !page.includes('Hải quan'),
	gate: (page: string) => page.includes('name="B0"') && page.includes('Hải quan'),
	nine: (page: string) => page.includes('name="B1"') && !page.includes('name="A1"'),
	sixteen: (page: string) => page.includes('name="A1"')
};

export type FormKind = keyof typeof MARKS;

const pages = new Map<string, string>();

async function pageOf(url: string): Promise<string> {
	const known = pages.get(url);
	if (known) return known;
	const page = await (await fetch(url)).text();
	pages.set(url, page);
	return page;
}

/**
 * The address of the first demo point with such a form.
 * @param also what else its page must hold
 * @throws Error when the demo has none
 */
export async function formAddress(product: Product, kind: FormKind, also = ''): Promise<string> {
	for (const { url } of product.servicePoints) {
		const address = product.url + new URL(url).pathname;
		const page = await pageOf(address);
		if (MARKS[kind](page) && page.includes(also)) return address;
	}
	throw new Error(`the demo has no ${kind} form with ${also}`);
}
