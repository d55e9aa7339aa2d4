import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTicket, issueTicket, TICKET_SECONDS } from './ticket';

const secret = 'a secret of at least thirty-two characters';
const scope = {
	pointId: '00000000-0000-4000-8000-000000000001',
	versionId: '00000000-0000-4000-8000-000000000002'
};
const now = new Date('2026-03-14T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);

describe('a ticket', () => {
	it('is good for its point and version for 24 hours', () => {
		const ticket = issueTicket(secret, scope, now);
		expect(checkTicket(secret, scope, ticket, now)).toBe('good');
		expect(checkTicket(secret, scope, ticket, later(TICKET_SECONDS))).toBe('good');
		expect(checkTicket(secret, scope, ticket, later(TICKET_SECONDS + 1))).toBe('stale');
		expect(checkTicket(secret, scope, ticket, later(-300))).toBe('good');
		expect(checkTicket(secret, scope, ticket, later(-301))).toBe('stale');
	});

	it('is made of what SQL checks too: nonce, time, HMAC-SHA256 over the agreed message', () => {
		const [nonce, issued, signature] = issueTicket(secret, scope, now).split('.');
		expect(nonce).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(issued).toBe('1773482400');
		const message = `lang-nghe ticket 1|${nonce}|${scope.pointId}|${scope.versionId}|${issued}`;
		expect(signature).toBe(createHmac('sha256', secret).update(message).digest('base64url'));
	});

	it('is no good for another point, version or secret', () => {
		const ticket = issueTicket(secret, scope, now);
		expect(checkTicket(secret, { ...scope, pointId: scope.versionId }, ticket, now)).toBe(
			'invalid'
		);
		expect(checkTicket(secret, { ...scope, versionId: scope.pointId }, ticket, now)).toBe(
			'invalid'
		);
		expect(checkTicket(`${secret}!`, scope, ticket, now)).toBe('invalid');
	});

	it('is no good with any character changed', () => {
		const ticket = issueTicket(secret, scope, now);
		fc.assert(
			fc.property(
				fc.nat(ticket.length - 1),
				fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }),
				(at, other) => {
					const forged = ticket.slice(0, at) + other + ticket.slice(at + 1);
					fc.pre(forged !== ticket);
					expect(checkTicket(secret, scope, forged, now)).not.toBe('good');
				}
			)
		);
	});

	it('is refused, not failed on, whatever comes', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(checkTicket(secret, scope, value, now)).toBe('invalid');
			})
		);
	});
});
