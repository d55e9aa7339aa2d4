/**
 * The ticket of an open form: one answer, for one point and version, within 24 hours.
 * Owns: signing and checking. SQL checks the same (private.ticket_problem) and counts each once.
 * Must not know: who answers. The nonce is random and joined to nothing that is kept.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A ticket may be spent for 24 hours. */
export const TICKET_SECONDS = 24 * 60 * 60;
/** How far the clock of another machine may run ahead of ours. */
const SKEW_SECONDS = 5 * 60;
const SHAPE = /^[A-Za-z0-9_-]{22}\.[0-9]{9,11}\.[A-Za-z0-9_-]{43}$/;

/** What a ticket is good for. */
export interface TicketScope {
	pointId: string;
	versionId: string;
}

function sign(secret: string, nonce: string, scope: TicketScope, issued: string): string {
	const message = ['lang-nghe ticket 1', nonce, scope.pointId, scope.versionId, issued].join('|');
	return createHmac('sha256', secret).update(message).digest('base64url');
}

const seconds = (now: Date) => Math.floor(now.getTime() / 1000);

/** A fresh ticket `<nonce>.<unix seconds>.<signature>`. */
export function issueTicket(secret: string, scope: TicketScope, now = new Date()): string {
	const nonce = randomBytes(16).toString('base64url');
	const issued = String(seconds(now));
	return `${nonce}.${issued}.${sign(secret, nonce, scope, issued)}`;
}

/** Whether a ticket may be spent on this form, and if not, why. */
export function checkTicket(
	secret: string,
	scope: TicketScope,
	ticket: unknown,
	now = new Date()
): 'good' | 'invalid' | 'stale' {
	if (typeof ticket !== 'string' || !SHAPE.test(ticket)) return 'invalid';
	const [nonce, issued, signature] = ticket.split('.') as [string, string, string];
	const expected = sign(secret, nonce, scope, issued);
	if (!timingSafeEqual(Buffer.from(expected), Buffer.from(signature))) return 'invalid';
	const age = seconds(now) - Number(issued);
	return age > TICKET_SECONDS || age < -SKEW_SECONDS ? 'stale' : 'good';
}
