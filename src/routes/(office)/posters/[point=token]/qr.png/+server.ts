import type { RequestHandler } from './$types';
import { formAddress } from '$lib/posters/poster';
import { qrPng } from '$lib/posters/qr';
import { publicOrigin } from '$lib/server/env';
import { posterPoint } from '../poster-point.server';

/** The QR code of a service point as a PNG large enough for print. */
export const GET: RequestHandler = async (event) => {
	const { token } = await posterPoint(event);
	const png = await qrPng(formAddress(publicOrigin(event), token));
	return new Response(new Uint8Array(png), {
		headers: {
			'content-type': 'image/png',
			'content-disposition': `inline; filename="${token}.png"`
		}
	});
};
