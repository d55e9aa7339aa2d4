/**
 * Who asks, and what may this person do: read anew at every request of an office page, so that a
 * withdrawn membership ends with the next click. Owns: the session's states, the mark of activity and
 * the chosen place. Must not know: forms and pages.
 */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { User } from '@supabase/supabase-js';
import { z } from 'zod';
import { m } from '$lib/i18n/paraglide/messages.js';
import { env } from '$lib/server/env';
import { dataOf } from '$lib/server/errors';
import { cookieName, cookieRules } from '$lib/server/supabase';
import { activityMark, idleSeconds, RENEW_SECONDS } from './activity';
import { ROLES, type Role } from './roles';

const texts = z.object({ vi: z.string(), zh: z.string().nullish(), en: z.string().nullish() });
const answer = z.object({
	person: z.object({ id: z.uuid(), name: z.string(), email: z.string() }).nullable(),
	memberships: z.array(
		z
			.object({
				id: z.uuid(),
				role: z.enum(ROLES),
				unit: z.object({ id: z.uuid(), names: texts, kind: z.string() }),
				organisation: z.object({ id: z.uuid(), names: texts, is_demo: z.boolean() })
			})
			.transform(({ organisation: { is_demo, ...organisation }, ...rest }) => ({
				...rest,
				organisation: { ...organisation, isDemo: is_demo }
			}))
	)
});

export type Membership = z.infer<typeof answer>['memberships'][number];

export interface Person {
	id: string;
	email: string;
	/** Empty until an invitation has been accepted. */
	name: string;
	hasSecondFactor: boolean;
}

/** A unit at which the person holds roles; what the switcher offers. */
export interface Place {
	unit: Membership['unit'];
	organisation: Membership['organisation'];
	roles: Role[];
}

export type Session =
	/** Nobody is signed in; `idle` when somebody was, but did nothing for too long. */
	| { state: 'none' | 'idle' }
	/** The password was right, the second factor has not been shown yet. */
	| { state: 'half'; person: Person }
	| { state: 'in'; person: Person; places: Place[]; place: Place | undefined };

/** Roles that are held at one unit, put together. */
export function placesOf(memberships: readonly Membership[]): Place[] {
	const places = new Map<string, Place>();
	for (const { unit, organisation, role } of memberships) {
		const place = places.get(unit.id) ?? { unit, organisation, roles: [] };
		place.roles.push(role);
		places.set(unit.id, place);
	}
	return [...places.values()];
}

const markName = () => cookieName('active');
const now = () => Date.now() / 1000;

/** Notes a click of this person. */
export function markActive(event: RequestEvent, person: string): void {
	const mark = activityMark(env().TICKET_SECRET, person, now());
	event.cookies.set(markName(), mark, cookieRules());
}

export function forgetActivity(event: RequestEvent): void {
	event.cookies.delete(markName(), cookieRules());
}

/** The person of the session's token, asked of the Auth server: a session ended there counts no more. */
async function currentUser(event: RequestEvent): Promise<User | undefined> {
	const { data, error: failure } = await event.locals.supabase.auth.getUser();
	if (failure && (failure.name === 'AuthRetryableFetchError' || (failure.status ?? 0) >= 500)) {
		error(503, { message: m.error_busy_open() });
	}
	return data.user ?? undefined;
}

/** Whether a verified second factor is still to be shown in this session. */
async function isHalf(event: RequestEvent, user: User): Promise<boolean> {
	if (!user.factors?.some((factor) => factor.status === 'verified')) return false;
	const { data } = await event.locals.supabase.auth.mfa.getAuthenticatorAssuranceLevel();
	return data?.currentLevel !== 'aal2';
}

/** The state of this request's session. */
export async function readSession(event: RequestEvent): Promise<Session> {
	const hasCookie = event.cookies
		.getAll()
		.some(({ name }) => name.startsWith(cookieName('session')));
	if (!hasCookie) return { state: 'none' };
	const user = await currentUser(event);
	if (!user) return { state: 'none' };
	const idle = idleSeconds(event.cookies.get(markName()), env().TICKET_SECRET, user.id, now());
	if (idle === undefined || idle > env().IDLE_MINUTES * 60) {
		await event.locals.supabase.auth.signOut({ scope: 'local' });
		forgetActivity(event);
		return { state: 'idle' };
	}
	if (idle >= Math.min(RENEW_SECONDS, env().IDLE_MINUTES * 10)) markActive(event, user.id);
	const person: Person = {
		id: user.id,
		email: user.email ?? '',
		name: '',
		hasSecondFactor: user.factors?.some((factor) => factor.status === 'verified') ?? false
	};
	if (await isHalf(event, user)) return { state: 'half', person };
	const rows = await dataOf('read memberships', event.locals.supabase.rpc('my_memberships'));
	const { person: known, memberships } = answer.parse(rows);
	const places = placesOf(memberships);
	const wanted = event.url.searchParams.get('unit');
	const place = places.find(({ unit }) => unit.id === wanted) ?? places[0];
	return { state: 'in', person: { ...person, name: known?.name ?? '' }, places, place };
}
