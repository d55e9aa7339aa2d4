import type { RequestHandler } from './$types';
import { formAddress } from '$lib/posters/poster';
import { qrSvg } from '$lib/posters/qr';
import { publicOrigin } from '$lib/server/env';
import { posterPoint } from '../poster-point.server';

/** The QR code of a service point as an SVG file, for a poster of one's own. */
export const GET: RequestHandler = async (event) => {
	const { token } = await posterPoint(event);
	return new Response(qrSvg(formAddress(publicOrigin(event), token)), {
		headers: {
			'content-type': 'image/svg+xml',
			'content-disposition': `inline; filename="${token}.svg"`
		}
	});
};
