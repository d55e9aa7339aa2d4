/**
 * The phrases of a masked comment: runs of two and three syllables without a function word, in Chinese words and pairs
 * of words. SQL counts them over at least five comments. Owns: what a phrase is, and the stop words. Pure.
 * No segmenter for Vietnamese: words are mostly two syllables, so runs find them (docs/comments.md).
 */
import { fold } from './name-lists.ts';

const STOP = new Set(
	`va la cua co cho toi em anh chi thi ma o tai voi cac nhung nhu khi den di lai ra vao len xuong duoc bi da dang se cung rat qua
	lam cai con nay kia do ay mot hai ba nhieu it moi nhung neu vi nen de tu boi trong ngoai tren duoi sau truoc hon nhat khong chua
	chang phai hay hoac the thoi a oi nhe nua luon roi van chi hon nua bang theo ve cho minh chung ta ho no ong ba ban hom ngay gio
	the is a an of to in on at and or for with was were it we i you they he she be been that this not no very my our me as by from
	had have has so but are there`
		.trim()
		.split(/\s+/)
);
/** With diacritics these are no function words, although they look like one without. */
const KEPT = new Set([
	'chờ',
	'đợi',
	'máy',
	'giờ',
	'ngày',
	'bàn',
	'chỗ',
	'bãi',
	'bảng',
	'đèn',
	'lệ',
	'ghế',
	'tờ',
	'số'
]);
const CHINESE_STOP = /[的了是在我你他她它们們和也很都就不有这那]/;
/** Node brings a dictionary for Chinese; Vietnamese it cuts into syllables, as spaces do. */
const CHINESE = new Intl.Segmenter('zh', { granularity: 'word' });
const MOST = 60;

const isStop = (syllable: string) => !KEPT.has(syllable) && STOP.has(fold(syllable));

/** Distinct phrases as `folded|as written`, at most sixty. */
export function phrasesOf(masked: string): string[] {
	const found = new Map<string, string>();
	const lower = masked.normalize('NFC').toLowerCase();
	// Nothing runs across a token or a sign of punctuation.
	for (const clause of lower.split(/⟦[a-z]+⟧|[^\p{L}\p{N}\s-]+/u)) {
		for (const run of clause.match(/[\u4e00-\u9fff]{2,}/g) ?? []) {
			const signs = [...CHINESE.segment(run)].map(({ segment }) => segment);
			for (const [at, word] of signs.entries()) {
				const pair = word + (signs[at + 1] ?? '');
				for (const piece of [word, pair]) {
					if (piece.length >= 2 && !CHINESE_STOP.test(piece)) found.set(piece, piece);
				}
			}
		}
		const syllables = clause
			.replace(/[\u4e00-\u9fff]+/g, ' ')
			.split(/\s+/)
			.filter((syllable) => syllable !== '');
		for (let size = 3; size >= 2; size--) {
			for (let at = 0; at + size <= syllables.length; at++) {
				const part = syllables.slice(at, at + size);
				if (part.some((one) => isStop(one) || !/^\p{L}[\p{L}-]*$/u.test(one))) continue;
				const shown = part.join(' ');
				if (shown.length >= 4) found.set(fold(shown), shown);
			}
		}
	}
	return [...found].slice(0, MOST).map(([key, shown]) => `${key}|${shown}`);
}
