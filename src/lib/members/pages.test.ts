import { expect, test } from 'vitest';
import { refusalOf } from './gate.server';
import { mayOpen } from './pages';
import { placesOf, type Membership, type Session } from './session.server';

const names = { vi: 'Đơn vị' };
const member = (unit: string, role: Membership['role']): Membership => ({
	id: crypto.randomUUID(),
	role,
	unit: { id: unit, names, kind: 'office' },
	organisation: { id: 'root', names, isDemo: false }
});
const person = { id: 'p', email: 'a@b.vn', name: 'A', hasSecondFactor: false };
const session = (...memberships: Membership[]): Session => {
	const places = placesOf(memberships);
	return { state: 'in', person, places, place: places[0] };
};

test('what lies below a page belongs to it, the longest address wins', () => {
	expect(mayOpen('/members', ['auditor'])).toBe(true);
	expect(mayOpen('/members/invite', ['auditor'])).toBe(false);
	expect(mayOpen('/members/edit/1', ['administrator'])).toBe(true);
	expect(mayOpen('/account', [])).toBe(true);
	expect(mayOpen('/membership', ['officer'])).toBe(true);
});

test('roles at one unit are put together, units stay apart', () => {
	const places = placesOf([member('a', 'officer'), member('b', 'leader'), member('a', 'analyst')]);
	expect(places.map(({ unit, roles }) => [unit.id, roles])).toEqual([
		['a', ['officer', 'analyst']],
		['b', ['leader']]
	]);
});

test('the gate refuses by state first, then by role', () => {
	expect(refusalOf({ state: 'idle' }, '/office')).toBe('idle');
	expect(refusalOf({ state: 'half', person }, '/office')).toBe('half');
	expect(refusalOf(session(), '/members')).toBe('withdrawn');
	expect(refusalOf(session(), '/office')).toBeUndefined();
	expect(refusalOf(session(member('a', 'officer')), '/members')).toBe('withdrawn');
	expect(refusalOf(session(member('a', 'administrator')), '/members')).toBeUndefined();
});
