/** The place the request is about; the gate has made sure that there is one. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Place } from './session.server';

/** Answers 403 when the person holds no membership (only possible without the gate). */
export function placeOf(event: Pick<RequestEvent, 'locals'>): Place {
	const { session } = event.locals;
	if (session.state !== 'in' || !session.place) error(403, { message: m.office_not_yours() });
	return session.place;
}

/** `?unit=…` for links and redirects where the person has several places, otherwise nothing. */
export function placeQuery(event: Pick<RequestEvent, 'locals'>): string {
	const { session } = event.locals;
	const hasMany = session.state === 'in' && session.places.length > 1;
	return hasMany && session.place ? `?unit=${session.place.unit.id}` : '';
}
