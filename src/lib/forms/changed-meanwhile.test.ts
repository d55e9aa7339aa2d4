import { expect, it } from 'vitest';
import { changedLines } from './changed-meanwhile';

it('keeps only what differs', () => {
	const same = { label: 'Tên', mine: ' Văn phòng ', now: 'Văn phòng' };
	const other = { label: 'Mã', mine: 'VP', now: '' };
	expect(changedLines([same, other])).toEqual([other]);
});
