import type { RequestHandler } from './$types';
import { comparisonWord } from '$lib/compare/comparison-files.server';
import { placeOf } from '$lib/members/place.server';
import { toWordDocument } from '$lib/reports/word';

/** Whole document: number, place, day and signatory stay blank for people to fill. */
export const GET: RequestHandler = (event) =>
	comparisonWord(event, placeOf(event), 'bao-cao-hai-long', (report) =>
		toWordDocument(report, {
			place: '………',
			year: Number(
				new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }).slice(0, 4)
			),
			signatory: 'Thủ trưởng cơ quan',
			recipients: ['Như trên', 'Sở Nội vụ', 'Lãnh đạo cơ quan']
		})
	);
