import { globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApi } from './openapi';
import { FILTERS } from './query';

const description = openApi('https://host.example');

/** Every `$ref` in it. */
function references(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(references);
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]) =>
		name === '$ref' ? [String(inner)] : references(inner)
	);
}

describe('the description of the API', () => {
	it('names every address that anybody may read, and no other', () => {
		const served = globSync('src/routes/api/v1/*/+server.ts')
			.map((file) => file.split('/').at(-2))
			.filter((name) => name !== 'served' && name !== 'openapi.json');
		expect(Object.keys(description.paths).sort()).toEqual(
			served.map((name) => `/api/v1/${name}`).sort()
		);
	});

	it('refers to shapes that it holds', () => {
		const all = references(description);
		expect(all.length).toBeGreaterThan(5);
		for (const reference of all) {
			const name = reference.replace('#/components/schemas/', '');
			expect(Object.keys(description.components.schemas), reference).toContain(name);
		}
	});

	it('names every filter of the scores', () => {
		const names = description.paths['/api/v1/scores'].get.parameters.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([...FILTERS, 'format', 'limit', 'after']));
	});
});
