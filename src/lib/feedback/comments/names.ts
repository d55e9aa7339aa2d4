/**
 * Finds names of persons: after a form of address or a post, by family name, in Chinese before a title, in English
 * after one. Owns: these rules; the words are in name-lists.ts. Pure, and honest: it misses names that nothing marks.
 */
import {
	ADDRESS,
	ADDRESS_WRITTEN,
	CHINESE_FAMILIES,
	FAMILIES,
	fold,
	GIVEN,
	GIVEN_FOLDED,
	MIDDLE,
	NOT_NAME_SYLLABLES,
	NOT_NAMES,
	PLACE_BEFORE,
	POSTS,
	SURE_FAMILIES
} from './name-lists.ts';
import type { Found } from './numbers.ts';

/** A capitalised syllable, or an initial with its dot. */
const SYLLABLE = String.raw`(?:\p{Lu}\p{Ll}{1,6}|\p{Lu}\.(?:\p{Lu}\.?)?|\p{Lu}(?![\p{L}\p{N}]))`;
const NAME = `${SYLLABLE}(?: ${SYLLABLE}){0,4}`;

/** Whether what begins at this place is a place of the map, an office or a thing. */
function isPlace(text: string, twin: string, at: number): boolean {
	const first = /^\p{L}*/u.exec(text.slice(at, at + 20))?.[0].toLowerCase() ?? '';
	const folded = twin.slice(at, at + 40).split(/[^a-z]+/, 4);
	return (
		NOT_NAME_SYLLABLES.has(first) || [2, 3].some((n) => NOT_NAMES.has(folded.slice(0, n).join(' ')))
	);
}
/** A family name as it is written: with its diacritics, or without any. */
const isIn = (families: Set<string>, syllable: string) => families.has(syllable.toLowerCase());

/** Same length as the text, folded letter by letter, so that places agree. */
function foldedTwin(text: string): string {
	return [...text]
		.map((sign) => {
			const folded = fold(sign);
			return folded.length === sign.length ? folded : sign;
		})
		.join('');
}

const TITLE = new RegExp(`(?<!\\p{L})(?:${POSTS}|${ADDRESS})(?: (?:ten la|ten|la))? `, 'gu');
const SHORT_ADDRESS = /^[a-z/]{2,4} (?:ten |la |ten la )?$/;
const AT_ONCE = new RegExp(NAME, 'uy');

/** Capitalised syllables after a form of address or a post: "anh Tuấn", "cán bộ Nguyễn Thị Lan", "ông T.". */
function afterTitle(text: string, twin: string): Found[] {
	const found: Found[] = [];
	for (const title of twin.matchAll(TITLE)) {
		const from = title.index + title[0].length;
		AT_ONCE.lastIndex = from;
		const written = AT_ONCE.exec(text)?.[0];
		if (!written || isPlace(text, twin, from)) continue;
		const [said = ''] = /^\S*/.exec(text.slice(title.index).toLowerCase()) ?? [];
		if (SHORT_ADDRESS.test(title[0]) && !ADDRESS_WRITTEN.has(said)) continue;
		// "Ông T. Cán bộ…": a new sentence is no part of the name.
		const name = written.replace(/^(\p{Lu}\.(?:\p{Lu}\.?)?) \p{Lu}\p{Ll}.*$/u, '$1');
		found.push({ from, to: from + name.length, kind: 'name' });
	}
	return found;
}

/** A family name with what follows it: "Nguyễn Văn An", also without diacritics. */
function byFamily(text: string, twin: string): Found[] {
	const found: Found[] = [];
	const run = /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{0,6}(?: \p{Lu}(?:\p{Ll}{1,6}|\.)){1,5}(?!\p{L})/gu;
	for (const { 0: written, index } of text.matchAll(run)) {
		const syllables = written.split(' ');
		// A sentence may begin before the name: "Cảm ơn" does not, "Nhờ Nguyễn Văn An" does.
		for (let at = 0; at < syllables.length - 1; at++) {
			const [family = '', next = ''] = syllables.slice(at);
			const left = syllables.length - at;
			const isFamily =
				isIn(SURE_FAMILIES, family) ||
				(isIn(FAMILIES, family) && left >= 3 && MIDDLE.has(fold(next)));
			const name = syllables.slice(at, at + 4).join(' ');
			const from = index + syllables.slice(0, at).join(' ').length + (at > 0 ? 1 : 0);
			if (
				!isFamily ||
				(left === 2 && !isGiven(next) && !next.endsWith('.')) ||
				isPlace(text, twin, from)
			) {
				continue;
			}
			if (PLACE_BEFORE.test(twin.slice(Math.max(0, from - 24), from))) break;
			found.push({ from, to: from + name.length, kind: 'name' });
			break;
		}
	}
	return found;
}

const isGiven = (syllable: string) => {
	const lower = syllable.toLowerCase();
	return GIVEN.has(lower) || (fold(lower) === lower && GIVEN_FOLDED.has(lower));
};

/** Nothing capitalised: a whole name by family and middle name, or a known given name after a form of address. */
const LOW_FULL = new RegExp(
	`(?<![\\p{L}\\p{N}])(?=((\\p{L}{2,6}) (?:${[...MIDDLE].join('|')}) (\\p{L}{2,6})(?: (\\p{L}{2,6}))?)(?!\\p{L}))`,
	'gu'
);
const LOW_ADDRESS =
	/(?<![\p{L}\p{N}])(anh|chị|cô|chú|bác|ông|bà|thầy|dì|em|chi|co|chu|bac|ong|ba|thay|cán bộ|can bo|nhân viên|nhan vien)(?: tên| ten)? (\p{Ll}{2,6})(?: (\p{Ll}{2,6}))?(?!\p{L})/giu;
/** Without diacritics "chi" may be "chỉ", "co" "có", "ba" three: what follows must sound like a sentence about somebody. */
const ABOUT_SOMEBODY =
	/^\s?(?:$|[.,;:!?)\n]|(?:quay|o|phong|bo phan|lam|huong|nhiet|rat|thai|da|tiep|noi|khong|hay|co|thi|la|mot|va|voi|chua|bao|giai|tra|bat|doi|giup|khach|vui|coc|lich|ban|cau|thieu|nhan|cua)(?!\p{L}))/u;
const UNSURE = new Set([
	'chi',
	'co',
	'ba',
	'chu',
	'bac',
	'thay',
	'ong',
	'can bo',
	'nhan vien',
	'em',
	'anh'
]);
/** Given names that are everyday words behind an address without a capital. */
const EVERYDAY = new Set([
	'hai',
	'nam',
	'tu',
	'sau',
	'nay',
	'thu',
	'the',
	'nhu',
	'hoa',
	'ha',
	'phuong',
	'long',
	'thanh',
	'thang',
	'nhan',
	'thai',
	'loi',
	'luc',
	'sinh',
	'tinh',
	'tin',
	'tri',
	'chi',
	'my',
	'hau',
	'hoan',
	'chau',
	'tan',
	'dong',
	'dao',
	'duong',
	'trung',
	'truong',
	'thuong',
	'vui',
	'anh',
	'nghia',
	'tien',
	'hieu',
	'huong',
	'dung',
	'quan',
	'que',
	'thom',
	'lam',
	'ly',
	'toan',
	'man'
]);

function inLowerCase(text: string, twin: string): Found[] {
	const found: Found[] = [];
	for (const match of twin.matchAll(LOW_FULL)) {
		const [, whole = '', , given = '', fourth] = match;
		const family = text.slice(match.index).split(' ', 1)[0] ?? '';
		if (
			!(isIn(SURE_FAMILIES, family) || isIn(FAMILIES, family)) ||
			PLACE_BEFORE.test(twin.slice(Math.max(0, match.index - 24), match.index))
		) {
			continue;
		}
		if (isPlace(text, twin, match.index)) continue;
		// Accented everyday words ("lâm thì…") are not folded names: the given name must be one.
		const written = text.slice(match.index, match.index + whole.length);
		const [, , third = '', last] = written.split(' ');
		if (!isGiven(third) && !(last && isGiven(last))) continue;
		const keep =
			fourth && isGiven(last ?? '')
				? whole.length
				: whole.length - (fourth ? fourth.length + 1 : 0);
		if (given) found.push({ from: match.index, to: match.index + keep, kind: 'name' });
	}
	for (const match of text.matchAll(LOW_ADDRESS)) {
		const [whole, address = '', first = '', second] = match;
		const after = twin.slice(match.index + address.length + 1);
		const start = match.index + whole.indexOf(first, address.length);
		const rest = twin.slice(start + first.length);
		if (!isGiven(first) || after === '') continue;
		if (first !== first.toLowerCase() || isPlace(text, twin, start)) continue;
		const plain = fold(first) === first;
		const unsure = plain && (UNSURE.has(address.toLowerCase()) || EVERYDAY.has(first));
		if ((unsure || EVERYDAY.has(fold(first))) && !ABOUT_SOMEBODY.test(rest)) {
			// "chi lan anh o quay 3": two given names one after the other.
			if (!(second && isGiven(second) && ABOUT_SOMEBODY.test(rest.slice(second.length + 1)))) {
				continue;
			}
		}
		if (
			plain &&
			EVERYDAY.has(first) &&
			/^(?:co|chi|ba|thay)$/i.test(address) &&
			!/^\s?(?:o )?quay/.test(rest)
		) {
			continue;
		}
		const both = second && isGiven(second) && !EVERYDAY.has(fold(second)) ? second.length + 1 : 0;
		found.push({ from: start, to: start + first.length + both, kind: 'name' });
	}
	return found;
}

const CHINESE_TITLES =
	'先生|女士|小姐|主任|科长|科長|老师|老師|经理|經理|处长|局长|警官|师傅|師傅|同志|大姐|大哥|队长|站长|姐|哥';
const CHINESE_BEFORE = new RegExp(
	`[${CHINESE_FAMILIES}][\\u4e00-\\u9fff]{0,2}?(?=(?:${CHINESE_TITLES}))`,
	'gu'
);
const CHINESE_AFTER = new RegExp(
	`(?<=(?:名叫|叫做|我叫|他叫|她叫|姓名[::]?\\s?|工作人员|工作人員|司机|司機|窗口的))[${CHINESE_FAMILIES}][\\u4e00-\\u9fff]{1,2}?(?=(?:很|态|態|非|说|說|服|不|的|在|帮|給|给|就|真|[,,。.!!;;\\s]|$))`,
	'gu'
);
const ENGLISH =
	/(?<=(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Mister|Madam|Dr|Sir|Officer|officer|named|called|name is|staff member|Staff member|mr|mrs|ms)\.? )\p{Lu}\p{L}{0,14}(?:[ -]\p{Lu}\p{L}{0,14}){0,3}/gu;
const ENGLISH_NOT =
	/^(?:The|This|That|In|At|On|Counter|Window|Desk|Gate|Customs|Border|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Zalo)(?!\p{L})/u;

const simple = (text: string, pattern: RegExp, not?: RegExp): Found[] =>
	[...text.matchAll(pattern)]
		.filter(({ 0: name }) => !not?.test(name))
		.map(({ 0: name, index }) => ({ from: index, to: index + name.length, kind: 'name' }));

/** Every name in the text that something marks as one; places may overlap. */
export function findNames(text: string): Found[] {
	const letters = text.match(/\p{L}/gu)?.length ?? 0;
	const capitals = text.match(/\p{Lu}/gu)?.length ?? 0;
	// In a text of capitals a capital tells nothing: it is read as if it were in lower case.
	const shouted = letters > 8 && capitals > letters * 0.6;
	const read = shouted ? lowered(text) : text;
	const twin = foldedTwin(read);
	return [
		...(shouted ? [] : afterTitle(read, twin)),
		...(shouted ? [] : byFamily(read, twin)),
		...inLowerCase(read, twin),
		...simple(text, CHINESE_BEFORE),
		...simple(text, CHINESE_AFTER),
		...simple(text, ENGLISH, ENGLISH_NOT)
	];
}

/** Lower case of the same length. */
const lowered = (text: string) =>
	[...text]
		.map((sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign))
		.join('');
