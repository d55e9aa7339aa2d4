import { error } from '@sveltejs/kit';
import { zipSync } from 'fflate';
import type { RequestHandler } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { codeFileName } from '$lib/posters/file-names';
import { readRequest } from '$lib/posters/formats';
import { readPoints } from '$lib/posters/points.server';
import { formAddress } from '$lib/posters/poster';
import { qrPng, qrSvg } from '$lib/posters/qr';
import { publicOrigin } from '$lib/server/env';

const MOST_POINTS = 300;

/** The codes of the chosen points for a printer, as SVG and PNG in a folder per unit. */
export const GET: RequestHandler = async (event) => {
	const wanted = readRequest(event.url.searchParams);
	const points = await readPoints(event.locals.supabase, placeOf(event).unit.id, wanted);
	if (points.length === 0) error(404, { message: m.print_sheets_none() });
	if (points.length > MOST_POINTS) error(422, { message: m.print_too_many({ most: MOST_POINTS }) });
	const files: Record<string, Uint8Array> = {};
	const lines = ['\uFEFFfile\tunit\tpoint\taddress'];
	for (const point of points) {
		const [unit, label] = [inLocale(point.unit, 'vi'), inLocale(point.labels, 'vi')];
		const name = codeFileName(unit, label, point.token);
		const address = formAddress(publicOrigin(event), point.token);
		files[`${name}.svg`] = new TextEncoder().encode(qrSvg(address));
		files[`${name}.png`] = new Uint8Array(await qrPng(address));
		lines.push([name, unit, label, address].join('\t'));
	}
	// What is what, for whoever lays out the sheets.
	files['codes.tsv'] = new TextEncoder().encode(lines.join('\r\n') + '\r\n');
	return new Response(new Uint8Array(zipSync(files, { level: 1 })), {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': 'attachment; filename="ma-qr.zip"'
		}
	});
};
