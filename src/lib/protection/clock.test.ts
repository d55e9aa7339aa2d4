import { expect, it } from 'vitest';
import { clockTime } from './clock';

it.each([
	['07:30', '07:30'],
	[' 7h30 ', '07:30'],
	['7 giờ 30 phút', '07:30'],
	['7.05', '07:05'],
	['7h', '07:00'],
	['18', '18:00'],
	['8时30分', '08:30'],
	['24:00', '24:00']
])('understands %s', (typed, meant) => expect(clockTime(typed)).toBe(meant));

it.each(['', '24:01', '25:00', '7:60', '7:5', '-1', 'sáng', '07:30:15', '0730'])(
	'does not take %s for a time',
	(typed) => expect(clockTime(typed)).toBeNull()
);
