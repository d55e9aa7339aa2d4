import { expect, test } from 'vitest';
import { activityMark, idleSeconds } from './activity';

const SECRET = 's'.repeat(32);

test('the mark tells how long nobody has clicked', () => {
	const mark = activityMark(SECRET, 'person', 1000.7);
	expect(idleSeconds(mark, SECRET, 'person', 1060)).toBe(60);
});

test('a mark that was changed, or belongs to somebody else, counts as none', () => {
	const mark = activityMark(SECRET, 'person', 1000);
	expect(idleSeconds(undefined, SECRET, 'person', 1000)).toBeUndefined();
	expect(idleSeconds(mark.replace('1000', '9000'), SECRET, 'person', 9000)).toBeUndefined();
	expect(idleSeconds(mark, SECRET, 'another', 1000)).toBeUndefined();
	expect(idleSeconds(mark, 't'.repeat(32), 'person', 1000)).toBeUndefined();
});
