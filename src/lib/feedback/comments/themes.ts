/**
 * What a comment is mainly about: one theme by the words it holds, in the order of the form's question I1. The page
 * filters by it and counts it. Owns: the list of themes and their words. Pure; works on text without diacritics.
 */
import { fold } from './name-lists.ts';

export const THEMES = [
	'waiting',
	'papers',
	'attitude',
	'skill',
	'openness',
	'promptness',
	'facilities',
	'online',
	'replies',
	'praise',
	'other'
] as const;
export type Theme = (typeof THEMES)[number];

/** Words without diacritics; a theme counts each that is found. */
const WORDS: Record<Exclude<Theme, 'other'>, RegExp> = {
	replies:
		/gop y|phan anh|kien nghi|khieu nai|khong ai nghe may|khong tra loi|chua thay tra loi|phan hoi|complain|feedback|意见|反映|投诉|答复/g,
	online:
		/truc tuyen|online|dich vu cong|tai tep|bao loi|phan mem|he thong|mang |wifi|ung dung|app|nen tang so|website|vneid|系统|网上|上网/g,
	promptness:
		/dung hen|tre hen|qua hen|sai hen|som hon ngay hen|ngay hen|giay hen|cham (?:\w+ )?ngay|tra ket qua|late|on time|准时|按时|逾期/g,
	facilities:
		/cho ngoi|ghe|nha ve sinh|nuoc uong|dieu hoa|quat|may lay so|bai xe|bai do|nha cho|cho nghi|cho de xe|loa |den |bien chi dan|o ga|nong|sach se|seat|toilet|parking|sign|座位|厕所|停车|路面|休息/g,
	openness:
		/niem yet|cong khai|bang gia|muc phi|le phi|thu phi|bien lai|hoa don|thong bao|minh bach|tien ngoai|fee|price|receipt|收费|公开|发票|费用/g,
	papers:
		/giay to|thu tuc|ho so|to khai|bo sung|mau don|ban sao|cong chung|bieu mau|rườm rà|ruom ra|form |paper|document|材料|手续|表格|申报/g,
	skill:
		/huong dan|giai thich|nghiep vu|chuyen mon|thanh thao|lung tung|guidance|explain|skill|讲解|说明|指导/g,
	attitude:
		/thai do|lich su|nhiet tinh|than thien|cau gat|cau co|hach sach|quat|kho chiu|ton trong|vui ve|tan tinh|nho nhe|nhe nhang|cuoi|attitude|polite|rude|friendly|态度|热情|耐心|礼貌/g,
	waiting:
		/cho (?:lau|hon|doi|mai|gan|den luot)|doi lau|phai doi|phai cho|thoi gian cho|xep hang|un tac|dong nguoi|den luot|hang dai|rat cham|lau qua|\bwait|queue|等|排队|排隊|太慢/g,
	praise:
		/cam on|rat tot|hai long|tuyet voi|nhanh hon|rat nhanh|khen|chuyen nghiep|tien loi|rat tien|thank|good|great|excellent|谢谢|感谢|满意|很好|效率/g
};

/** The theme with the most words; of equal ones the more particular (the order of WORDS); `other` without any. */
export function themeOf(text: string): Theme {
	const folded = fold(text);
	let best: Theme = 'other';
	let most = 0;
	for (const [theme, words] of Object.entries(WORDS) as [Theme, RegExp][]) {
		const hits = folded.match(words)?.length ?? 0;
		if (hits > most) [best, most] = [theme, hits];
	}
	return best;
}
