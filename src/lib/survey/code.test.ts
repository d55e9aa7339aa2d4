import { describe, expect, it } from 'vitest';
import { canonicalCode, groupedCode } from './code';

describe('a one-time code', () => {
	it.each(['7K3M9QX2T1', '7k3m9 qx2t1', ' 7K3M9-QX2TI ', '7k3m9.qx2tl', '7K3M9 QX2TL'])(
		'is read from %j',
		(typed) => expect(canonicalCode(typed)).toBe('7K3M9QX2T1')
	);

	it('reads the letter O as zero', () => {
		expect(canonicalCode('OOOOO ooooo')).toBe('0000000000');
	});

	it.each(['', '7K3M9QX2T', '7K3M9QX2T12', '7K3M9QX2TU', 'quầy số một'])('is not %j', (typed) => {
		expect(canonicalCode(typed)).toBeNull();
	});

	it('is shown in two groups and read back', () => {
		expect(groupedCode('7K3M9QX2T1')).toBe('7K3M9 QX2T1');
		expect(canonicalCode(groupedCode('7K3M9QX2T1'))).toBe('7K3M9QX2T1');
	});
});
