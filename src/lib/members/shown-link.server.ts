/** An invitation's link as the page shows it: address, code, and until when it works. */
import type { RequestEvent } from '@sveltejs/kit';
import { formatDate } from '$lib/i18n/dates';
import { publicOrigin } from '$lib/server/env';
import { qrShape } from '$lib/posters/qr';
import type { InvitationLink } from './members.server';

export function shownLink(event: RequestEvent, { token, expiresAt }: InvitationLink) {
	const address = `${publicOrigin(event)}/invite/${token}`;
	const until = new Date(expiresAt).toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	return { address, shape: qrShape(address), until: formatDate(until, event.locals.locale) };
}
