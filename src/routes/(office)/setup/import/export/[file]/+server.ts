import type { RequestHandler } from './$types';
import { askedFile, exportFile } from '$lib/exchange/files.server';
import { exported } from '$lib/exchange/imports.server';
import { placeOf } from '$lib/members/place.server';

export const GET: RequestHandler = (event) => {
	const asked = askedFile(event.params.file);
	const today = new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	const rows = exported(event.locals.supabase, placeOf(event).unit.id, asked.kind);
	return exportFile(asked, today, rows);
};
