// vitest's globalSetup for everything that needs the running product: one stack with its own fresh DATA_DIR and
// the demo. `const product = inject('product')` gives a test its addresses and keys.
// RUNNING_DATA_DIR=/some/folder uses what runs there already instead (faster while writing a test).

import type { TestProject } from 'vitest/node';
import { ProductProcess, productFacts, type Product } from './product.ts';

declare module 'vitest' {
	export interface ProvidedContext {
		product: Product;
	}
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const running = process.env.RUNNING_DATA_DIR;
	if (running) {
		project.provide('product', productFacts(running));
		return () => Promise.resolve();
	}
	const began = Date.now();
	console.log('Starting the product for the tests…');
	const product = await ProductProcess.start();
	console.log(`The product runs after ${((Date.now() - began) / 1000).toFixed(1)} s.`);
	project.provide('product', product.facts());
	return () => product.remove();
}
