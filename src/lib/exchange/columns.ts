/**
 * What can be imported and exported: the columns of each kind of file, how a cell of each is read, and what
 * stands in the template. Headings and fixed words of files are Vietnamese whatever language the pages speak,
 * so that a file means the same to everybody; English headings and identifiers are understood too.
 */
import { parseDay } from './dates.ts';
import { fold } from './fold.ts';
import { parseCount } from './numbers.ts';
import type { Cell } from './table-file.ts';

export const FILE_KINDS = ['units', 'points', 'procedures', 'members', 'served'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const isFileKind = (value: string): value is FileKind =>
	(FILE_KINDS as readonly string[]).includes(value);

/** A cell as it is staged, or the key of what is wrong with it. */
export type Read = { value: unknown } | { problem: string };

export interface Column {
	field: string;
	heading: string;
	/** Other headings that mean it. */
	aliases: string[];
	required?: boolean;
	/** Only in exports: for the reader, not read again. */
	information?: boolean;
	/** One line of the explanation sheet. */
	help: string;
	examples: [Cell, Cell];
	read: (cell: Cell) => Read;
	/** The staged value as the export writes it. */
	write: (value: unknown) => Cell;
}

const text =
	(most: number) =>
	(cell: Cell): Read => {
		const value = String(cell).trim();
		return value.length > most ? { problem: 'too_long' } : { value };
	};
const asText = (value: unknown): Cell => (typeof value === 'number' ? value : String(value ?? ''));

/** A fixed list: identifier → its word in files; the identifiers and other words are understood too. */
function oneOf(words: Record<string, string>, more: Record<string, string> = {}) {
	const known = new Map<string, string>();
	for (const [identifier, word] of Object.entries(words)) {
		known.set(fold(identifier), identifier).set(fold(word), identifier);
	}
	for (const [word, identifier] of Object.entries(more)) known.set(fold(word), identifier);
	return {
		read: (cell: Cell): Read => {
			const value = known.get(fold(String(cell)));
			return value ? { value } : { problem: 'unknown_word' };
		},
		write: (value: unknown): Cell => words[String(value)] ?? String(value ?? ''),
		help: `Một trong: ${Object.values(words).join('; ')}.`
	};
}

const UNIT_KIND = oneOf(
	{
		board: 'Ban quản lý',
		province: 'Tỉnh, thành phố',
		department: 'Sở, ngành',
		commune: 'Xã, phường',
		centre: 'Trung tâm',
		division: 'Phòng',
		office: 'Văn phòng',
		one_stop: 'Bộ phận Một cửa',
		gate: 'Cửa khẩu',
		yard: 'Bến bãi'
	},
	{
		Ban: 'board',
		Tỉnh: 'province',
		Sở: 'department',
		'Sở, ban, ngành': 'department',
		Xã: 'commune',
		Phường: 'commune',
		'Phòng chuyên môn': 'division',
		'Một cửa': 'one_stop',
		'Trung tâm Phục vụ hành chính công': 'one_stop',
		Bãi: 'yard'
	}
);
const POINT_KIND = oneOf(
	{ counter: 'Quầy', kiosk: 'Máy tại sảnh', link: 'Đường dẫn' },
	{ Bàn: 'counter', Máy: 'kiosk', 'Ki-ốt': 'kiosk', Kiosk: 'kiosk' }
);
const MOMENT = oneOf(
	{ both: 'Cả hai', receive: 'Nộp hồ sơ', return: 'Nhận kết quả' },
	{ 'Nộp hồ sơ và nhận kết quả': 'both', 'Tiếp nhận': 'receive', 'Trả kết quả': 'return' }
);
const STAFFED = oneOf({ several: 'Nhiều người', one: 'Một người' }, { 1: 'one' });
const ROLE = oneOf(
	{
		officer: 'Cán bộ xử lý',
		analyst: 'Cán bộ tổng hợp',
		leader: 'Lãnh đạo',
		administrator: 'Quản trị viên',
		auditor: 'Người kiểm tra (chỉ xem)'
	},
	{ 'Người kiểm tra': 'auditor' }
);

type Given = Pick<Column, 'field' | 'heading' | 'help' | 'examples'> & Partial<Column>;
const column = (given: Given): Column => ({
	aliases: [],
	read: text(200),
	write: asText,
	...given
});

const code = (heading: string, examples: [Cell, Cell], help: string): Column =>
	column({
		field: 'code',
		heading,
		aliases: ['Mã', 'Code'],
		required: true,
		read: text(40),
		examples,
		help
	});
const translations = (field: string): Column[] => [
	column({
		field: `${field}_en`,
		heading: 'Tên tiếng Anh',
		aliases: ['English'],
		help: 'Để trống nếu chưa có bản dịch; bản dịch đã có được giữ nguyên.',
		examples: ['', '']
	}),
	column({
		field: `${field}_zh`,
		heading: 'Tên tiếng Trung',
		aliases: ['Chinese', '中文'],
		help: 'Chữ Hán giản thể. Để trống nếu chưa có bản dịch.',
		examples: ['', '']
	})
];
const decidingUnit = column({
	field: 'deciding',
	heading: 'Đơn vị giải quyết',
	aliases: ['Mã đơn vị giải quyết', 'Deciding unit'],
	help: 'Mã, hoặc tên nếu chỉ một đơn vị có tên ấy.',
	examples: ['VD-KHTH', 'VD-QLDN']
});

const DAY = column({
	field: 'day',
	heading: 'Ngày',
	aliases: ['Day', 'Date'],
	required: true,
	help: 'Ngày/tháng/năm, hoặc ô kiểu ngày của Excel. Không được là ngày sắp tới.',
	examples: ['02/11/2026', '03/11/2026'],
	read: (cell) => {
		const value = parseDay(cell);
		return value ? { value } : { problem: 'impossible_date' };
	},
	write: (value) => String(value).split('-').reverse().join('/')
});

const wholeNumber =
	(most: number) =>
	(cell: Cell): Read => {
		const value = parseCount(cell);
		return value === undefined || (value !== null && value > most)
			? { problem: 'impossible_number' }
			: { value };
	};

export const COLUMNS: Record<FileKind, Column[]> = {
	units: [
		code(
			'Mã đơn vị',
			['VD-TTQLCK', 'VD-HN'],
			'Mã của cơ quan, mỗi đơn vị một mã. Nhập lại cùng mã thì sửa đơn vị ấy.'
		),
		column({
			field: 'name',
			heading: 'Tên đơn vị',
			aliases: ['Đơn vị', 'Tên', 'Name'],
			required: true,
			help: 'Tên đầy đủ bằng tiếng Việt.',
			examples: ['Trung tâm Quản lý cửa khẩu', 'Cửa khẩu Hữu Nghị']
		}),
		column({
			field: 'kind',
			heading: 'Loại đơn vị',
			aliases: ['Loại', 'Kind'],
			required: true,
			help: UNIT_KIND.help,
			examples: ['Trung tâm', 'Cửa khẩu'],
			read: UNIT_KIND.read,
			write: UNIT_KIND.write
		}),
		column({
			field: 'parent',
			heading: 'Đơn vị cấp trên',
			aliases: ['Mã đơn vị cấp trên', 'Trực thuộc', 'Parent'],
			help: 'Mã của đơn vị cấp trên (có trong hệ thống hoặc trong tệp này, dòng trên hay dòng dưới đều được). Để trống: trực thuộc cơ quan.',
			examples: ['', 'VD-TTQLCK']
		}),
		column({
			field: 'sort',
			heading: 'Thứ tự',
			aliases: ['STT', 'Order'],
			help: 'Số nguyên; đơn vị có số nhỏ đứng trước. Có thể để trống.',
			examples: [10, 20],
			read: wholeNumber(1_000_000)
		}),
		...translations('name')
	],
	points: [
		code(
			'Mã vị trí',
			['VD-Q1', 'VD-Q2'],
			'Mã của vị trí lấy ý kiến, mỗi vị trí một mã. Nhập lại cùng mã thì sửa vị trí ấy.'
		),
		column({
			field: 'label',
			heading: 'Tên vị trí',
			aliases: ['Vị trí', 'Nhãn', 'Label', 'Tên'],
			required: true,
			read: text(80),
			help: 'Chữ người dân nhìn thấy, ví dụ Quầy 1.',
			examples: ['Quầy 1', 'Quầy 2']
		}),
		column({
			field: 'unit',
			heading: 'Đơn vị',
			aliases: ['Mã đơn vị', 'Unit'],
			required: true,
			help: 'Đơn vị tiếp nhận: mã, hoặc tên nếu chỉ một đơn vị có tên ấy.',
			examples: ['VD-HN', 'VD-HN']
		}),
		column({
			field: 'kind',
			heading: 'Loại vị trí',
			aliases: ['Loại', 'Kind'],
			help: `${POINT_KIND.help} Để trống: Quầy.`,
			examples: ['Quầy', 'Quầy'],
			read: POINT_KIND.read,
			write: POINT_KIND.write
		}),
		column({
			field: 'moment',
			heading: 'Thời điểm hỏi',
			aliases: ['Thời điểm', 'Moment'],
			help: `${MOMENT.help} Để trống: Cả hai.`,
			examples: ['Cả hai', 'Nhận kết quả'],
			read: MOMENT.read,
			write: MOMENT.write
		}),
		column({
			field: 'groups',
			heading: 'Mã lĩnh vực',
			aliases: ['Lĩnh vực', 'Groups'],
			help: 'Các lĩnh vực vị trí này phục vụ, nhiều nhất sáu, cách nhau bằng dấu phẩy. Để trống: giữ nguyên.',
			examples: ['VD-BEN-BAI, VD-PHI', 'VD-PHI'],
			read: (cell) => {
				const codes = String(cell)
					.split(/[,;\n]/)
					.map((one) => one.trim())
					.filter(Boolean);
				return codes.length > 6 ? { problem: 'too_many_groups' } : { value: codes };
			},
			write: (value) => (Array.isArray(value) ? value.join(', ') : '')
		}),
		decidingUnit,
		column({
			field: 'staffed_by',
			heading: 'Số người trực',
			aliases: ['Người trực', 'Staffed by'],
			help: `${STAFFED.help} Vị trí một người trực: số liệu không công bố.`,
			examples: ['Nhiều người', 'Nhiều người'],
			read: STAFFED.read,
			write: STAFFED.write
		}),
		...translations('label')
	],
	procedures: [
		{
			...code(
				'Mã thủ tục',
				['VD-1.001', 'VD-1.002'],
				'Mã thủ tục hành chính. Dòng để trống cột này là dòng của riêng lĩnh vực.'
			),
			required: false
		},
		column({
			field: 'name',
			heading: 'Tên thủ tục',
			aliases: ['Thủ tục', 'Tên', 'Name'],
			read: text(500),
			help: 'Bắt buộc khi có mã thủ tục.',
			examples: ['Cấp giấy phép xây dựng', 'Gia hạn giấy phép xây dựng']
		}),
		column({
			field: 'group',
			heading: 'Mã lĩnh vực',
			aliases: ['Lĩnh vực', 'Group'],
			required: true,
			read: text(40),
			help: 'Lĩnh vực của thủ tục.',
			examples: ['VD-XD', 'VD-XD']
		}),
		column({
			field: 'group_name',
			heading: 'Tên lĩnh vực',
			aliases: ['Group name'],
			help: 'Bắt buộc khi lĩnh vực chưa có trong hệ thống.',
			examples: ['Xây dựng', '']
		}),
		{
			...decidingUnit,
			help: `${decidingUnit.help} Để trống: đơn vị giải quyết của lĩnh vực.`,
			examples: ['VD-KHTH', '']
		}
	],
	members: [
		column({
			field: 'email',
			heading: 'Thư điện tử',
			aliases: ['Email', 'E-mail'],
			required: true,
			help: 'Người này nhận thư mời; tài khoản do chính họ lập.',
			examples: ['VD-can-bo@example.vn', 'VD-lanh-dao@example.vn'],
			read: (cell) => {
				const value = String(cell).trim().toLowerCase();
				return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value) && value.length <= 320
					? { value }
					: { problem: 'impossible_email' };
			}
		}),
		column({
			field: 'role',
			heading: 'Vai trò',
			aliases: ['Role'],
			required: true,
			help: ROLE.help,
			examples: ['Cán bộ xử lý', 'Lãnh đạo'],
			read: ROLE.read,
			write: ROLE.write
		}),
		column({
			field: 'unit',
			heading: 'Đơn vị',
			aliases: ['Mã đơn vị', 'Unit'],
			help: 'Mã hoặc tên đơn vị. Để trống: cả cơ quan.',
			examples: ['VD-HN', '']
		}),
		column({
			field: 'person',
			heading: 'Họ tên',
			aliases: ['Name'],
			information: true,
			help: 'Chỉ có khi xuất; khi nhập thì bỏ qua: họ tên do người nhận lời mời tự ghi.',
			examples: ['', '']
		})
	],
	served: [
		DAY,
		column({
			field: 'point',
			heading: 'Mã vị trí',
			aliases: ['Vị trí', 'Point'],
			required: true,
			read: text(60),
			help: 'Mã của vị trí lấy ý kiến.',
			examples: ['VD-Q1', 'VD-Q1']
		}),
		column({
			field: 'group',
			heading: 'Mã lĩnh vực',
			aliases: ['Lĩnh vực', 'Group'],
			read: text(40),
			help: 'Để trống: số của cả vị trí.',
			examples: ['', '']
		}),
		column({
			field: 'served',
			heading: 'Số lượt phục vụ',
			aliases: ['Số lượt', 'Lượt', 'Served'],
			required: true,
			help: 'Số nguyên từ 0 đến 100.000.',
			examples: [37, 41],
			read: wholeNumber(100_000)
		}),
		column({
			field: 'label',
			heading: 'Tên vị trí',
			aliases: [],
			information: true,
			help: 'Chỉ có khi xuất; khi nhập thì bỏ qua.',
			examples: ['', '']
		})
	]
};

/** Whether a row is an example of the template, which is not imported: its code begins with VD-. */
export function isExample(kind: FileKind, { cells }: { cells: Record<string, unknown> }): boolean {
	const named: Record<FileKind, unknown> = {
		units: cells.code,
		points: cells.code,
		procedures: cells.code ?? cells.group,
		members: cells.email,
		served: cells.point
	};
	return /^vd-/i.test(String(named[kind] ?? ''));
}

/** What a row is found by, within its file: two rows with the same key are one too many. */
export function keyOf(kind: FileKind, cells: Record<string, unknown>): string | null {
	const parts: Record<FileKind, unknown[]> = {
		units: [cells.code],
		points: [cells.code],
		procedures: [cells.code ?? `group ${String(cells.group)}`],
		members: [cells.email, cells.role, cells.unit ?? ''],
		served: [cells.point, cells.day, cells.group ?? '']
	};
	return parts[kind].some((part) => part === undefined) ? null : JSON.stringify(parts[kind]);
}
