import type { SignedInPage } from '../signed-in-page.ts';

export const print: SignedInPage[] = [];
