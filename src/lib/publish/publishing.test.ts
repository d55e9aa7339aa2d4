import { describe, expect, it } from 'vitest';
import type { ListedPeriod } from '$lib/transparency/results';
import { workOf, type PublicationState } from './publishing';

const period = (closed: boolean): ListedPeriod => ({
	...{ code: '2026-Q2', kind: 'quarter', start: '2026-03-15', end: '2026-06-14' },
	closed
});
const publication: PublicationState['publications'][number] = {
	...{ id: 'p', revision: 1, isLatest: true, publishedOn: '2026-06-16' },
	...{ reason: null, publishedBy: null }
};

describe('what there is to do with a period', () => {
	it.each([
		[false, 0, false, 'wait'],
		[true, 0, false, 'publish'],
		[true, 1, false, 'nothing'],
		[true, 1, true, 'revise']
	] as const)('closed %s, %i publications, changed %s: %s', (closed, count, isChanged, work) => {
		const publications = Array.from({ length: count }, () => publication);
		expect(workOf({ period: period(closed), publications, isChanged })).toBe(work);
	});
});
