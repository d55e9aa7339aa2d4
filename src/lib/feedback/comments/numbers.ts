/**
 * Finds numbers that lead to a person: telephones, identity papers, accounts and cards, plates, dossiers, addresses of
 * mail and web. Owns: the shapes of these, and of amounts, dates and law numbers that look like them. Pure.
 */

export type Kind = 'phone' | 'id' | 'account' | 'plate' | 'dossier' | 'email' | 'link' | 'name';

export interface Found {
	from: number;
	to: number;
	kind: Kind;
}

/** All matches of a pattern as places of a kind; `judge` may refuse one, cut it shorter or rename its kind. */
function places(
	text: string,
	pattern: RegExp,
	kind: Kind,
	judge?: (match: RegExpExecArray) => Kind | undefined
): Found[] {
	const found: Found[] = [];
	for (const match of text.matchAll(pattern)) {
		const judged = judge ? judge(match) : kind;
		if (judged) found.push({ from: match.index, to: match.index + match[0].length, kind: judged });
	}
	return found;
}

const EMAIL =
	/[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/giu;
const LINK =
	/(?:https?:\/\/[^\s⟦⟧]{1,2000}|(?:www\.)?(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,10}\/[^\s⟦⟧]{1,2000})/giu;
/** H37.12-231120-0012, 000.00.12.H37-231120-0012, H37.12.05.231120.0012. */
const DOSSIER =
	/(?<![\p{Script=Latin}\p{N}])(?:\d{3}(?:\.\d{2,3}){1,3}\.)?[HGKB]\d{2}(?:\.\d{1,4}){0,4}\s?[-.–]\s?\d{6}\s?[-.–]\s?\d{2,8}(?!\d)/giu;

/** A plate: province number, series, serial number. Hours ("15h30") and shelves ("12A") have too few digits. */
const PLATE =
	/(?<![\p{Script=Latin}\p{N}.,/-])(?:1[1-9]|[2-9]\d)\s?[-.]?\s?(?:[a-z]{1,2}\d?|đ\d?|[a-z]\s?\d)\s?[-.–]?\s?(?:\d{3}\s?[.,]?\s?\d{2}|\d{4})(?![\p{Script=Latin}\p{N}])(?![/-]\d)/giu;
const CHINESE_PLATE =
	/[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[a-z]\s?[·.\s-]?\s?[a-z0-9]{5,6}(?![a-z0-9])/giu;
const isHour = (match: string) =>
	/^\d+\s?[hHgk]\s?\d/.test(match) && !/[-.]/.test(match) && !/^\d\d[HKG]\d?\d{5}$/.test(match);
const UNIT_LETTERS =
	/^\d+\s?(?:km|kg|tr|cm|mm|ml|kw|mb|gb|th|am|pm|so|tk|vn|us|no|nd|qd|tt|cp|or|at|in|to|k|m|g|l)\s?[-.]?\s?\d/i;

/** Nine to nineteen digits, singly or in groups, an "o" for the first zero included. */
const DIGITS =
	/(?<![\p{Script=Latin}\p{N}])(?:\(?\+|00(?=84|86))?\(?(?:\d|[oO](?=[\s.-]?\d{2}))(?:[\s.–()·_,-]{0,2}\d){6,21}[xX]?(?![\p{N}])/gu;
const MONEY_AFTER =
	/^\s?(?:₫|đ(?![\p{L}])|đồng|dong(?!\p{L})|vnđ|vnd|nghìn|ngàn|triệu|tr(?!\p{L})|tỷ|tỉ|k(?!\p{L})|usd|\$|€|元|块|人民币|tệ|ndt|cny|lượt|người|phiếu|hồ sơ|xe|tấn|kg|m2|km)/iu;
const MONEY_BEFORE =
	/(?:lệ phí|mức phí|phí|giá|số tiền|tiền|thu|trả|nộp|hết|mất|fee|paid|pay|cost|¥|\$|₫|费|付了|收了)\s?(?:là|:|có)?\s?$/iu;
const LAW_BEFORE =
	/(?:nghị định|thông tư|luật|quyết định|công văn|văn bản|điều|khoản)\s?(?:số)?\s?:?\s?$/iu;
const ACCOUNT_BEFORE =
	/(?:stk|số tk|so tk|tk|tài khoản|tai khoan|số thẻ|so the|thẻ atm|the atm|thẻ|account(?: number| no\.?)?|acc|card(?: number| no\.?)?|账号|帐号|卡号|银行卡|vietcombank|agribank|techcombank|bidv|vietinbank|mb ?bank|vcb)\s?(?:số|so|là|la|is|no\.?|number|ngân hàng|của tôi|cua toi|tôi|[:：#.]|\s){0,4}$/iu;
const ID_BEFORE =
	/(?:cccd|cmnd|cmt|căn cước(?: công dân)?|can cuoc(?: cong dan)?|chứng minh(?: nhân dân| thư)?|chung minh(?: nhan dan| thu)?|số định danh|so dinh danh|hộ chiếu|ho chieu|passport|id(?: card| number| no\.?)?|身份证|护照|mã số thuế|ma so thue|mst|số giấy tờ|bhxh|bhyt)\s?(?:số|so|là|la|is|号码|号|của tôi|cua toi|[:：#.]|\s){0,4}$/iu;
const PHONE_BEFORE =
	/(?:sđt|sdt|đt|dt|điện thoại|dien thoai|số máy|so may|gọi(?: cho tôi| lại)?(?: số| qua| theo)?|goi(?: lai)?(?: so)?|liên hệ|lien he|lh|zalo|call(?: me)?(?: at| on)?|phone|tel|hotline|mobile|电话|手机|微信)\s?(?:số|so|là|la|is|qua|theo|tôi|của tôi|号码|号|[:：#.]|\s){0,4}$/iu;

/** What a run of digits is, by its digits, how it is grouped and what stands round it. */
function numberKind(written: string, before: string, after: string): Kind | undefined {
	const digits = written.replace(/^[^\d+oO]*[oO]/, '0').replace(/[^\dxX]/g, '');
	const many = digits.length;
	const startsAbroad = /^\(?\+|^00/.test(written);
	// Numbers that anybody may call are nobody's own.
	if (/^1[89]00\d{4,6}$/.test(digits)) return undefined;
	if (ID_BEFORE.test(before)) return 'id';
	if (ACCOUNT_BEFORE.test(before)) return 'account';
	if (PHONE_BEFORE.test(before) && many <= 15) return 'phone';
	if (LAW_BEFORE.test(before) || /^\s?\//.test(after)) return undefined;
	if (/^(?:0[35789]\d{8}|01[2689]\d{8})$/.test(digits)) return 'phone';
	if (/^02\d{9}$/.test(digits)) return 'phone';
	if (/^(?:00)?84\d{9,10}$/.test(digits) && (startsAbroad || many <= 12)) return 'phone';
	if (startsAbroad && many >= 9) return 'phone';
	if (/^1[3-9]\d{9}$/.test(digits) && !isGrouped(written)) return 'phone';
	if (/^(?:86)1[3-9]\d{9}$/.test(digits)) return 'phone';
	// Two dates or a list of years are no number of anybody.
	if (isDates(written)) return undefined;
	if (isGrouped(written) || MONEY_AFTER.test(after) || MONEY_BEFORE.test(before)) return undefined;
	if (/^\d{17}[\dxX]$/.test(digits) || /^0\d{11}$/.test(digits) || many === 9) return 'id';
	if (many >= 10) return 'account';
	return undefined;
}

/** 1.200.000 and 1,200,000: groups of three behind one to three digits, the first not zero. */
const isGrouped = (written: string) =>
	/^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})+$/.test(written.trim());
/** Days, months, times and years one after the other, such as 12-11-2026 or 08 2026 - 09 2026. */
const isDates = (written: string) =>
	/^\d{1,2}[.–-]\d{1,2}[.–-](?:19|20)\d\d\s\d{1,2}(?:[.:]\d{2})?$/.test(written.trim()) ||
	/^(?:\d{1,2}[\s.–-]\d{1,2}[\s.–-](?:19|20)\d\d(?:\s?[–,-]\s?|$))+(?:\d{1,2}[\s.–-]\d{1,2}[\s.–-](?:19|20)\d\d)?$/.test(
		written.trim()
	) ||
	/^(?:19|20)\d\d[\s.–-]\d{1,2}[\s.–-]\d{1,2}$/.test(written.trim()) ||
	/^(?:(?:19|20)\d\d(?:[\s,–-]{1,3}|$)){2,}$/.test(written.trim());

/** Passports: a letter and seven or eight digits. */
const PASSPORT = /(?<![\p{Script=Latin}\p{N}])[A-Z]\s?\d{7,8}(?![\p{Script=Latin}\p{N}])/gu;
const DIGIT_WORD = 'không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín';
const SPOKEN = new RegExp(
	`(?<!\\p{L})(?:(?:${DIGIT_WORD})[\\s,.-]{1,2}){7,12}(?:${DIGIT_WORD})(?!\\p{L})`,
	'giu'
);
/** Seven or eight digits are a telephone or an identity paper only where the words before say so. */
const SHORT = /(?<![\p{Script=Latin}\p{N}])\d(?:[\s.-]?\d){5,7}(?![\p{N}/])/gu;

/** Every number or address in the text that leads to a person; places may overlap. */
export function findNumbers(text: string): Found[] {
	const around = (match: RegExpExecArray): [string, string] => [
		text.slice(Math.max(0, match.index - 40), match.index),
		text.slice(match.index + match[0].length, match.index + match[0].length + 12)
	];
	return [
		...places(text, EMAIL, 'email'),
		...places(text, LINK, 'link', ([link]) =>
			/[?#=]|\d|\/[^/]{8,}/.test(link.replace(/^https?:\/\//, '').replace(/^[^/]*/, ''))
				? 'link'
				: undefined
		),
		...places(text, DOSSIER, 'dossier'),
		...places(text, CHINESE_PLATE, 'plate'),
		...places(text, PLATE, 'plate', (match) => {
			if (isHour(match[0]) || UNIT_LETTERS.test(match[0])) return undefined;
			return MONEY_AFTER.test(around(match)[1]) ? undefined : 'plate';
		}),
		...places(text, PASSPORT, 'id'),
		...places(text, SPOKEN, 'phone'),
		...places(text, DIGITS, 'phone', (match) => numberKind(match[0], ...around(match))),
		...places(text, SHORT, 'phone', (match) => {
			const [before, after] = around(match);
			if (MONEY_AFTER.test(after) || /^1[89]00/.test(match[0])) return undefined;
			if (ID_BEFORE.test(before)) return 'id';
			if (ACCOUNT_BEFORE.test(before)) return 'account';
			return PHONE_BEFORE.test(before) ? 'phone' : undefined;
		})
	];
}
