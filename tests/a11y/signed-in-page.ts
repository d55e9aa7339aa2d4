import type { Page } from 'playwright';
import type { Product } from '../support/product.ts';

/** A page behind the sign-in, as axe is to see it. */
export interface SignedInPage {
	name: string;
	/** Folder under src/routes that renders it, groups included. */
	route: string;
	role: string;
	path(product: Product): Promise<string> | string;
	/** A document of its own inside the page, with landmarks of its own; it is on a list by itself. */
	without?: string;
	/** What to do before the page is opened. */
	before?(page: Page, product: Product): Promise<void>;
	/** What to do on the page before it is looked at. */
	act?(page: Page): Promise<void>;
}
