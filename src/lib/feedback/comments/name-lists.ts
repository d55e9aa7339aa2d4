/**
 * Words by which names of persons are told from other words. Lists only; names.ts says how they are used.
 * Folded forms (no diacritics, lower case) stand beside accented ones where people write without them.
 */

const words = (text: string) => new Set(text.trim().split(/\s+/));

/** Lower case without diacritics; `đ` is `d`. The twin of private.folded() for these rules. */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[đĐ]/g, 'd')
		.normalize('NFC')
		.toLowerCase();
}

/** The names and, for those who write without diacritics, their plain forms. */
function withFolded(text: string): Set<string> {
	const written = words(text);
	return new Set([...written, ...[...written].map(fold)]);
}

/** Family names that are hardly ever another word: one given name after them is enough. As written, lower case. */
export const SURE_FAMILIES = withFolded(`
	nguyễn trần phạm huỳnh hoàng bùi đặng phan vũ ngô dương đinh trịnh đoàn trương triệu quách lưu phùng nông bế hứa
	đàm võ lê lâm đỗ lương lý hoàn`);

/** Family names that are also places or everyday words: only before a middle and a given name. */
export const FAMILIES = withFolded(`
	hồ hà vi chu la lô mạc tô mai cao tạ tống đào âu bạch cam châu điệp đổng giáp hầu kiều kim lạc lai lộc lục lữ luân
	mã mẫn ninh nghiêm ôn phó quang sầm tăng thạch thân thái tiêu tôn vàng văn vương giàng trang hoa mông đồng dư`);

/** Middle names; after a family name they make a name even in lower case. */
export const MIDDLE = words(
	`van thi duc huu cong dinh minh ngoc thanh quang xuan kim thu hong hoang quoc viet anh bao tien manh the`
);

/** Given names in everyday use, as they are written. */
const GIVEN_TEXT = `
	Lan Hoa Hương Hùng Dũng Tuấn Minh Hằng Hạnh Hiền Hiếu Huệ Hưng Huy Huyền Khánh Kiên Lâm Liên Linh Loan Long Lý
	Mai Mạnh My Nam Nga Ngân Ngọc Nguyệt Nhung Oanh Phong Phúc Phương Quân Quang Quyên Quỳnh Sơn Tâm Tân Thảo Thắng
	Thành Thanh Thịnh Thơm Thu Thúy Thủy Thương Tiến Toàn Trang Trinh Trung Trường Tú Tùng Tuyết Uyên Vân Việt Vinh
	Vui Xuân Yến Ánh Bình Châu Chi Chiến Cường Cúc Đạt Đông Đức Dung Duy Duyên Giang Hà Hải Hồng Ly Nhàn Nhi Như
	Nụ Thơ Thoa Thắm Thùy Tư Hòa Hoàn Hoàng Hậu Khoa Khôi Lợi Lực Lương Luyến Miên Mận Nghĩa Nhân Phượng Quế Sáu
	Sinh Thái Thế Tín Tình Toản Trâm Trí Tuân Tuyến Vượng Vy Đào Điệp Dương Hường`;

/** Given names with their diacritics, lower case. */
export const GIVEN = words(GIVEN_TEXT.toLowerCase());
/** Given names without diacritics. */
export const GIVEN_FOLDED = new Set([...GIVEN].map(fold));

/** Forms of address; what follows them capitalised is a name. Folded. */
export const ADDRESS = `anh|chi|co|chu|bac|ong|ba|thay|di|cau|mo|em|chau|ban|dong chi|d/c|sep|me|bo|thim`;
/** How the short ones of these are written: "Chị", or "Chi" without diacritics, but not "Chí" or "Bắc". */
export const ADDRESS_WRITTEN = words(
	`anh chị chi cô co chú chu bác bac ông ong bà ba thầy thay dì cậu mợ em cháu chau bạn đ/c d/c sếp sep mẹ bố thím tên ten`
);

/** Posts; what follows them capitalised is a name unless it is a place or a part of the house. Folded. */
export const POSTS = `can bo|nhan vien|chuyen vien|cong chuc|vien chuc|pho giam doc|giam doc|pho truong phong|truong phong|pho phong|pho chu tich|chu tich|bao ve|lai xe|tai xe|ke toan|lanh dao|bi thu|thu truong|doi truong|to truong|truong ban|pho ban|canh sat|cong an|thieu ta|trung ta|dai uy|thuong uy|trung uy|bac si|giao vien|nguoi ten|ten la|toi la|ten|ho va ten|ho ten`;

/** Places, offices and things of two syllables or more that stand capitalised after a post; folded. */
export const NOT_NAMES = new Set(
	`mot cua|bo phan|trung tam|hai quan|bien phong|kiem dich|uy ban|nha nuoc|viet nam|lang son|tan thanh|huu nghi|dong dang|coc nam|chi ma|dich vu|cua khau|thu phi|tiep nhan|tra ket qua|hanh chinh|buu dien|cong an|kho bac|ngan hang|cong ty|to cong tac|tong cuc|chi cuc|thi tran|thanh pho|trung quoc|ha noi|cao loc|loc binh|van lang|trang dinh|binh gia|bac son|huu lung|chi lang|dinh lap|van quan|cao bang|bac giang|quang ninh|ho chi minh|ha giang|thai nguyen|bac kan|quang tay|bang tuong|nam ninh|ba ria|vung tau|hai phong|da nang|nghi dinh|thong tu|quyet dinh|ho so|to khai|dang kiem|dia chinh|tu phap|ho tich|nong dan|mat tran|huong dan|nhiet tinh|lich su|than thien|thai do`.split(
		'|'
	)
);
/** The same of one syllable, as written: "Phường" is a ward, "Phương" a name. */
export const NOT_NAME_SYLLABLES = words(
	`phòng thuế ubnd sở ban quầy bộ cục xã phường tỉnh huyện internet zalo facebook online luật đơn giấy phiếu máy đảng
	hội không và thì nên rất đã đang cũng có chưa nói tại quay so thue cuc don giay phieu rat khong one counter`
);

/** Words (folded) before a name that make it a street, a school or a ward. */
export const PLACE_BEFORE =
	/(?:^|[\s,(])(?:duong|pho|phuong|xa|thi tran|huyen|thanh pho|tp|tp\.|tinh|quan|truong|khu|cau|cho|ga|ben|cua khau|nga tu|nga ba|thon|ban|lang|khoi|quang truong|cong vien|benh vien|cong ty|cty|ngan hang|giai|ngo|ngach|quoc lo)\s+$/;

/** Chinese family names that are not everyday words themselves. */
export const CHINESE_FAMILIES =
	'王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱郭何罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范廖贾夏韦韋傅邹侯孟熊秦阎薛雷龙龍段郝孔邵史毛赖武康贺严覃农';
