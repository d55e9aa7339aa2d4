/**
 * The service point of a poster's address; shared by the page and the two pictures of the code.
 * Members of the organisation print its posters; those of the demo are open to everybody.
 */
import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { DatabaseError } from '$lib/server/errors';
import { anonymousClient } from '$lib/server/supabase';
import { canonicalToken } from '$lib/survey/token';
import type { ServicePoint } from '$lib/units/service-point';
import { readServicePoint } from '$lib/units/service-point.server';

/** Answers 404 for an unknown token, 410 with the telephone for a closed point, 403 for a stranger. */
export async function posterPoint(event: RequestEvent): Promise<ServicePoint> {
	const point = await openPoint(event.params.point ?? '');
	if (point.isDemo) return point;
	const { session } = event.locals;
	if (session.state !== 'in') {
		redirect(303, `/sign-in?${new URLSearchParams({ to: event.url.pathname })}`);
	}
	const isOurs = session.places.some(
		({ organisation }) => organisation.id === point.organisationId
	);
	if (!isOurs) error(403, { message: m.office_not_yours() });
	return point;
}

async function openPoint(typed: string): Promise<ServicePoint> {
	const token = canonicalToken(typed);
	if (!token) error(404, { message: m.public_unknown_place() });
	return readServicePoint(anonymousClient(), token).catch((failure: unknown) => {
		if (!(failure instanceof DatabaseError)) throw failure;
		if (failure.key === 'unknown_token') error(404, { message: m.public_unknown_place() });
		if (failure.key === 'point_closed') {
			const phone = phoneIn(failure.details);
			error(410, { message: m.public_point_closed({ phone }), phone });
		}
		if (failure.key === 'token_replaced') error(410, { message: m.units_token_replaced_office() });
		if (failure.status === 503) error(503, { message: m.public_busy() });
		throw failure;
	});
}

function phoneIn(details: string | undefined): string {
	const { phone } = JSON.parse(details ?? '{}') as { phone?: string };
	return phone ?? '';
}
