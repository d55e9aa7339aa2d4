/**
 * A corpus of our own for the masking rules: sentences made from templates, half of them with something to mask (known
 * place and kind), half with what only looks like it. Deterministic. It measures the rules against what we thought of;
 * it is no sample of what citizens write (docs/comments.md says so). For tests only.
 */
import type { Kind } from './numbers.ts';

export interface Sample {
	text: string;
	/** What must be masked; undefined for a hard negative, in which nothing of `kind` may be found. */
	secret: string | undefined;
	kind: Kind;
}

/** mulberry32: the same corpus on every machine. */
export function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

class Maker {
	readonly next: () => number;
	constructor(seed: number) {
		this.next = random(seed);
	}
	pick<T>(of: readonly T[]): T {
		return of[Math.floor(this.next() * of.length)]!;
	}
	digits(count: number): string {
		return Array.from({ length: count }, () => Math.floor(this.next() * 10)).join('');
	}
	number(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}
	grouped(digits: string, sizes: number[], by: string): string {
		let at = 0;
		const parts = sizes.map((size) => digits.slice(at, (at += size)));
		return parts.concat(digits.slice(at) || []).join(by);
	}
}

type Make = (m: Maker) => string;
const FAMILY = [
	'Nguyễn',
	'Trần',
	'Lê',
	'Phạm',
	'Hoàng',
	'Vũ',
	'Đặng',
	'Bùi',
	'Đỗ',
	'Ngô',
	'Nông',
	'Lương',
	'Hứa',
	'Triệu',
	'Vi',
	'Hà',
	'Lý',
	'Đàm',
	'Mai',
	'Chu'
];
const MIDDLE = ['Văn', 'Thị', 'Đức', 'Hữu', 'Minh', 'Ngọc', 'Thanh', 'Quang', 'Xuân', 'Kim'];
const GIVEN = [
	'Lan',
	'Hương',
	'Hùng',
	'Tuấn',
	'Hằng',
	'Dũng',
	'Thảo',
	'Linh',
	'Hà',
	'Sơn',
	'Phương',
	'Hiền',
	'Trang',
	'Quân',
	'Yến',
	'Nga',
	'Đạt',
	'Oanh',
	'Thủy',
	'Kiên',
	'Mạnh',
	'Cường',
	'Loan',
	'Bình'
];
const strip = (text: string) =>
	text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

const mobile = (m: Maker) =>
	`0${m.pick(['91', '98', '97', '35', '38', '70', '79', '81', '85', '56', '59', '90'])}${m.digits(7)}`;
const PHONES: Make[] = [
	mobile,
	(m) => m.grouped(mobile(m), [4, 3, 3], ' '),
	(m) => m.grouped(mobile(m), [4, 3, 3], '.'),
	(m) => m.grouped(mobile(m), [4, 3, 3], '-'),
	(m) => m.grouped(mobile(m), [3, 3, 4], ' '),
	(m) => m.grouped(mobile(m), [3, 4, 3], '.'),
	(m) => m.grouped(mobile(m), [4, 2, 2, 2], ' '),
	(m) => m.grouped(mobile(m), [1, 1, 1, 1, 1, 1, 1, 1, 1], ' '),
	(m) => `+84${mobile(m).slice(1)}`,
	(m) => `+84 ${m.grouped(mobile(m).slice(1), [3, 3, 3], ' ')}`,
	(m) => `(+84) ${m.grouped(mobile(m).slice(1), [2, 3, 4], ' ')}`,
	(m) => `84${mobile(m).slice(1)}`,
	(m) => `0205 3 ${m.digits(3)} ${m.digits(3)}`,
	(m) => `0205.3${m.digits(3)}.${m.digits(3)}`,
	(m) => `024 ${m.digits(4)} ${m.digits(4)}`,
	(m) => `(0205) 3${m.digits(6)}`,
	(m) => `o${mobile(m).slice(1)}`,
	(m) => `+86 13${m.digits(9)}`,
	(m) => `1${m.pick(['3', '5', '8'])}${m.digits(9)}`
];
const PHONE_FRAMES = [
	'Gọi {} mà không ai nghe máy',
	'sđt của tôi {} mong phản hồi',
	'Số {} là của cán bộ quầy 3.',
	'liên hệ {}',
	'Tôi là lái xe, {}, chờ từ sáng',
	'{} gọi lại cho tôi nhé',
	'zalo {} nhé',
	'Xin liên hệ số {}, cảm ơn',
	'so dt {}',
	'我的电话{},请回复'
];
const IDS: Make[] = [
	(m) => `0${m.pick(['20', '01', '24', '36'])}${m.digits(9)}`,
	(m) => m.grouped(`020${m.digits(9)}`, [3, 3, 3, 3], ' '),
	(m) => m.grouped(`020${m.digits(9)}`, [3, 3, 6], '.'),
	(m) => `0${m.number(10, 99)}${m.digits(6)}`,
	(m) => m.grouped(`08${m.digits(7)}`, [3, 3, 3], ' '),
	(m) => `B${m.digits(7)}`,
	(m) => `45${m.digits(15)}X`
];
const ID_FRAMES = [
	'CCCD {} làm từ tháng trước',
	'số căn cước {} của tôi bị ghi sai',
	'Tôi tên có số CMND {} đã nộp',
	'giấy tờ số {} chưa được trả',
	'Hồ sơ ghi nhầm {} thành số khác',
	'can cuoc {}',
	'cccd: {}'
];
const ACCOUNTS: Make[] = [
	(m) => `${m.number(1, 9)}${m.digits(12)}`,
	(m) => `${m.number(1, 9)}${m.digits(9)}`,
	(m) => m.grouped(`9704${m.digits(12)}`, [4, 4, 4, 4], ' '),
	(m) => m.grouped(`4${m.digits(15)}`, [4, 4, 4, 4], '-'),
	(m) => `${m.number(1, 9)}${m.digits(13)}`
];
const ACCOUNT_FRAMES = [
	'chuyển vào stk {} giúp',
	'số tài khoản {} Vietcombank',
	'Bảo chuyển khoản vào {} ngay',
	'thẻ {} của tôi bị trừ hai lần',
	'tk: {}',
	'Tôi chuyển nhầm sang {}'
];
const plateTail: Make[] = [
	(m) => `${m.digits(3)}.${m.digits(2)}`,
	(m) => m.digits(5),
	(m) => `${m.number(1, 9)}${m.digits(3)}`
];
const series = (m: Maker) => m.pick(['A', 'B', 'C', 'D', 'E', 'F', 'S', 'X', 'Y', 'Z', 'R', 'T']);
const province = (m: Maker) => m.pick(['12', '29', '30', '51', '98', '99', '14', '11', '88']);
const PLATES: Make[] = [
	(m) => `${province(m)}${series(m)}-${m.pick(plateTail)(m)}`,
	(m) => `${province(m)}${series(m)}${m.number(1, 9)}-${m.digits(3)}.${m.digits(2)}`,
	(m) => `${province(m)}-${series(m)}${m.number(1, 9)} ${m.digits(3)}.${m.digits(2)}`,
	(m) => `${province(m)}${series(m)} ${m.pick(plateTail)(m)}`,
	(m) => `${province(m)}${series(m)}${m.digits(5)}`,
	(m) => `${province(m)}${series(m).toLowerCase()}${m.digits(5)}`,
	(m) => `${province(m)}${series(m).toLowerCase()}-${m.digits(5)}`,
	(m) => `${province(m)}LD-${m.digits(3)}.${m.digits(2)}`,
	(m) => `桂${series(m)}${m.number(1, 9)}${m.digits(4)}`,
	(m) => `桂${series(m)}·${m.number(1, 9)}${m.digits(4)}`
];
const PLATE_FRAMES = [
	'Xe {} chờ từ 5h sáng',
	'biển số {} vào bãi rồi mà chưa được gọi',
	'bks {} bị gọi sai lượt',
	'Container {} nằm bãi hai ngày',
	'tôi lái xe {}',
	'xe {} của tôi',
	'车牌{}等了一天'
];
const DOSSIERS: Make[] = [
	(m) =>
		`H37.${m.number(10, 60)}-2${m.number(4, 6)}1${m.number(0, 2)}${m.number(10, 28)}-${m.digits(4)}`,
	(m) => `H37-2611${m.number(10, 28)}-${m.digits(4)}`,
	(m) => `000.00.${m.number(10, 60)}.H37-2611${m.number(10, 28)}-${m.digits(4)}`,
	(m) => `h37.${m.number(10, 60)}.${m.number(10, 60)}-2611${m.number(10, 28)}-${m.digits(4)}`,
	(m) =>
		`G12.${m.number(10, 60)}.2611${m.number(10, 28)}.${m.digits(4)}`.replace(/\.(\d{6})\./, '-$1-')
];
const DOSSIER_FRAMES = [
	'Hồ sơ {} quá hẹn 5 ngày',
	'mã hồ sơ {} chưa có kết quả',
	'tra cứu {} báo không tìm thấy',
	'ho so {} bi tra lai',
	'Tôi nộp {}, đến nay chưa xong'
];
const EMAILS: Make[] = [
	(m) => `${strip(m.pick(GIVEN)).toLowerCase()}.${m.digits(3)}@gmail.com`,
	(m) => `${strip(m.pick(FAMILY)).toLowerCase()}${m.digits(2)}@langson.gov.vn`,
	(m) => `${strip(m.pick(GIVEN)).toLowerCase()}_${m.digits(2)}@yahoo.com.vn`,
	(m) => `${m.digits(8)}@qq.com`
];
const EMAIL_FRAMES = [
	'gửi vào {} giúp tôi',
	'email: {}',
	'Mail {} không nhận được gì',
	'Trả lời về {}.',
	'请发到{}'
];
const LINKS: Make[] = [
	(m) => `https://facebook.com/profile.php?id=${m.digits(14)}`,
	(m) => `https://zalo.me/0${m.digits(9)}`,
	(m) => `facebook.com/${strip(m.pick(GIVEN)).toLowerCase()}.${m.digits(4)}`,
	(m) => `https://dichvucong.example.vn/hoso/${m.digits(9)}`
];
const LINK_FRAMES = ['xem ở {} nhé', 'Trang {} của cán bộ', 'link {}', 'Ảnh ở {} đó'];
const full = (m: Maker) => [m.pick(FAMILY), m.pick(MIDDLE), m.pick(GIVEN)].join(' ');
const NAMES: [Make, string[]][] = [
	[
		(m) => m.pick(GIVEN),
		[
			'Cảm ơn chị {} đã giúp tôi',
			'Anh {} ở quầy 3 rất nhiệt tình',
			'cô {} giải thích dễ hiểu',
			'bác {} bảo vệ chỉ đường tận tình',
			'Ông {} hướng dẫn rõ ràng',
			'Khen cán bộ {} làm nhanh',
			'nhân viên {} thái độ khó chịu',
			'Đồng chí {} tiếp dân lịch sự',
			'Gặp trưởng phòng {} mới xong việc',
			'chị {} bảo tôi về'
		]
	],
	// Marked by nothing: most of these are missed, and the figure says so.
	[(m) => m.pick(GIVEN), ['{} quầy 3 làm nhanh', 'Hôm nay {} trực quầy', 'khen {} ở quầy 2 nhé']],
	[
		full,
		[
			'Cảm ơn anh {} nhiều',
			'Cán bộ {} hướng dẫn tận tình',
			'{} là người nhận hồ sơ của tôi',
			'Hồ sơ do {} tiếp nhận',
			'Tôi là {}, đến nộp hồ sơ',
			'Cô {} quầy số 2 rất lịch sự',
			'giám đốc {} cần xem lại',
			'Người ký là {}.'
		]
	],
	[
		(m) => `${m.pick(GIVEN).charAt(0)}.`,
		['ông {} làm việc chậm', 'Chị {} quầy 2 hay cáu gắt', 'anh {} không giải thích']
	],
	[
		(m) => full(m).toLowerCase(),
		['chi oi {} quay 3 rat tot', 'tôi gặp {} ở quầy 2', 'cán bộ {} rất tốt']
	],
	[(m) => strip(full(m)), ['Can bo {} rat nhiet tinh', 'Toi gap {} o quay 5', 'anh {} huong dan']],
	[(m) => strip(full(m)).toLowerCase(), ['can bo {} rat tot', 'toi gap {} o quay so 3']],
	[
		(m) => m.pick(['lan', 'hằng', 'tuấn', 'hùng', 'linh', 'trang', 'oanh', 'yến', 'dũng', 'kiên']),
		[
			'chị {} quầy 3 nhiệt tình',
			'anh {} hướng dẫn rõ',
			'cô {} rất lịch sự',
			'khen anh {} làm việc tốt'
		]
	],
	[
		(m) => m.pick(['lan', 'hang', 'tuan', 'hung', 'linh', 'trang', 'oanh', 'yen', 'kien', 'nga']),
		['chi {} quay 3 nhiet tinh', 'anh {} lam viec tot', 'co {} rat lich su']
	],
	[
		(m) => `${m.pick([...'王李张刘陈杨黄周吴'])}${m.pick(['', '丽', '伟', '小明'])}`,
		['感谢{}先生的帮助', '{}女士态度很好', '窗口的{}主任很耐心', '{}老师讲得清楚']
	],
	[
		(m) => m.pick(['John Smith', 'Linh', 'Nguyen', 'Anna Brown', 'Tran Van Nam']),
		['Mr {} was helpful', 'Thanks to Ms. {} at counter 2', 'Mrs {} explained it well']
	]
];

const NEGATIVES: Make[] = [
	(m) => `Nộp lệ phí ${m.number(1, 9)}${m.digits(1)}0.000 đồng`,
	(m) => `Phí bến bãi ${m.number(1, 9)}.${m.digits(3)}.000 đồng một xe`,
	(m) => `thu ${m.number(1, 9)}${m.digits(2)}.${m.digits(3)}.000đ không có biên lai`,
	(m) => `Mất ${m.number(1, 9)}00000000 đồng tiền hàng`,
	(m) =>
		`Ngày ${m.number(10, 28)}/${m.number(10, 12)}/2026 nộp, ngày ${m.number(10, 28)}-12-2026 trả`,
	(m) => `Chờ từ ${m.number(7, 9)}h30 đến ${m.number(10, 12)}h45 mới xong`,
	(m) => `từ 08:30 đến 11:${m.number(10, 59)} ngày ${m.number(1, 28)}/11`,
	(m) => `Quầy ${m.number(1, 30)} và quầy số ${m.number(1, 12)} rất đông`,
	(m) => `Quầy ${m.number(11, 30)}A đóng cửa, quầy ${m.number(11, 20)} B mở`,
	(m) => `Theo Nghị định ${m.number(10, 99)}/2018/NĐ-CP phải có Bộ phận Một cửa`,
	(m) => `Thông tư ${m.number(10, 30)}/2023/TT-VPCP ghi rõ`,
	(m) => `Quyết định số ${m.number(100, 9999)}/QĐ-UBND ngày ${m.number(10, 28)}/10/2026`,
	() => 'Luật số 91/2025/QH15 bảo vệ dữ liệu cá nhân',
	(m) => `Cửa khẩu Hữu Nghị đông xe, ${m.number(100, 900)} xe chờ`,
	() => 'Từ Lạng Sơn sang Bằng Tường mất ba tiếng',
	() => 'Đường Trần Đăng Ninh tắc, phố Lê Lợi cũng vậy',
	() => 'Nhân viên Bưu điện và cán bộ Hải quan không thống nhất',
	() => 'Cán bộ Một cửa nhiệt tình, Bộ phận Một cửa sạch sẽ',
	() => 'Anh em lái xe chờ lâu, anh chị cán bộ vui vẻ',
	() => 'Ông bà lớn tuổi được ưu tiên',
	() => 'chi can mot lan la xong, co huong dan ro rang',
	() => 'ba lan moi xong, co ba quay lam viec',
	() => 'Ba quầy mà chỉ có một người làm, chị hướng dẫn tận tình',
	() => 'Khu kinh tế cửa khẩu Đồng Đăng, Tân Thanh, Cốc Nam',
	() => 'Thành phố Hồ Chí Minh làm nhanh hơn Hà Nội',
	() => 'Công ty Hoàng Long phải nộp lại hồ sơ',
	(m) => `Có ${m.number(100, 999)} người, ${m.number(10, 60)} phút mới đến lượt`,
	(m) => `Xe ${m.number(15, 40)} tấn chở 25000 kg dưa hấu`,
	(m) => `Nộp ${m.number(2, 9)} bản, ${m.number(10, 99)} trang, khổ A4`,
	() => 'Mã QR mờ, quét mãi không được',
	() => 'Vào dichvucong.gov.vn rất chậm',
	() => 'Trang www.langson.gov.vn không mở được',
	(m) => `Năm 2025, 2026 đều phải làm lại từ đầu, ${m.number(2, 5)} lần`,
	(m) => `Tổng 1.250.000.000 đồng, thuế ${m.number(10, 99)}%`,
	(m) => `Kỳ 15/12/2025 - 14/03/2026 kết quả ${m.number(60, 99)},5%`,
	() => 'Hotline 1900 1234 không ai nghe',
	() => '收费150000盾,排队两个小时',
	() => '工作人员态度很好,窗口服务快',
	() => 'The staff at Counter 3 were polite. The fee was 120,000 VND.',
	(m) => `It took ${m.number(2, 5)} hours on 12-11-2026 at Huu Nghi gate`
];

function made(
	kind: Kind,
	makers: readonly Make[],
	frames: readonly string[],
	count: number,
	seed: number
): Sample[] {
	const m = new Maker(seed);
	return Array.from({ length: count }, (_, n) => {
		const secret = makers[n % makers.length]!(m);
		return { kind, secret, text: m.pick(frames).replace('{}', () => secret) };
	});
}

/** Positives of every kind, `count` each. */
export function positives(count: number): Sample[] {
	const m = new Maker(8);
	const names = Array.from({ length: count }, (_, n): Sample => {
		const [make, frames] = NAMES[n % NAMES.length]!;
		const secret = make(m);
		return { kind: 'name', secret, text: m.pick(frames).replace('{}', () => secret) };
	});
	return [
		...made('phone', PHONES, PHONE_FRAMES, count, 1),
		...made('id', IDS, ID_FRAMES, count, 2),
		...made('account', ACCOUNTS, ACCOUNT_FRAMES, count, 3),
		...made('plate', PLATES, PLATE_FRAMES, count, 4),
		...made('dossier', DOSSIERS, DOSSIER_FRAMES, count, 5),
		...made('email', EMAILS, EMAIL_FRAMES, count, 6),
		...made('link', LINKS, LINK_FRAMES, count, 7),
		...names
	];
}

/** Sentences with nothing to mask. */
export function negatives(count: number): string[] {
	const m = new Maker(9);
	return Array.from({ length: count }, (_, n) => NEGATIVES[n % NEGATIVES.length]!(m));
}
