// The words inside an archive that an organisation takes along: Vietnamese first, then English. Plain text, read by
// whoever opens it years later and without this product.

import type { ArchivePlan } from './archive.ts';

const tableLines = ({ tables }: ArchivePlan) =>
	tables
		.map(
			({ name, about, columns }) =>
				`tables/${name}/\n    ${about ?? ''}\n    ${columns.join(', ')}\n`
		)
		.join('\n');

/** @param at when the archive was begun */
export function archiveReadme(wanted: ArchivePlan, at: Date): string {
	const day = at.toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' });
	const [year, month, date] = day.split('-');
	return `LẮNG NGHE: TOÀN BỘ DỮ LIỆU CỦA MỘT CƠ QUAN
Cơ quan: ${wanted.organisation.vi}
Ngày lập: ${date}/${month}/${year}

Trong tệp này có dữ liệu cá nhân (họ tên, thư điện tử của cán bộ) và từng phiếu trả lời, từng ý kiến của
người dân, kể cả phần chưa công bố. Chỉ người có nhiệm vụ mới được mở. Không tìm cách nhận ra người trả lời:
pháp luật cấm. Dùng xong thì xóa.

Mở tệp:     age -d -i khoa.txt TỆP.tar.gz.age | tar xz
Định dạng:  mỗi bảng một thư mục tables/<bảng>/, trong đó 000001.jsonl, 000002.jsonl… Mỗi dòng là một
            bản ghi JSON, mã UTF-8, tên trường như trong cơ sở dữ liệu.
Đủ hay chưa: rows.json ghi số dòng của từng bảng và nằm cuối tệp; không có rows.json là tệp chưa trọn.
Phiếu:      public.responses.ratings xếp theo thứ tự câu hỏi (private.version_items.position):
            1 đến 5 là mức đánh giá, 0 là không áp dụng, null là bỏ trống.
            public.responses.stratum_id dẫn tới private.strata: vị trí, đơn vị, lĩnh vực, ngôn ngữ.
Không có:   mật khẩu, mã mở đường dẫn, khóa. Phiếu nhận trong lúc lập tệp có thể có hoặc không.

------------------------------------------------------------------------------------------------------------

LẮNG NGHE: EVERYTHING THAT ONE ORGANISATION OWNS
Organisation: ${wanted.organisation.vi}
Made on: ${day}

It holds personal data (names and addresses of staff) and every answer and comment, also those that were not
released. Only who has to may open it. Do not try to find out who answered: the law forbids it. Delete it when
you are done.

Open:       age -d -i key.txt FILE.tar.gz.age | tar xz
Format:     one folder per table, tables/<table>/, in it 000001.jsonl, 000002.jsonl… Each line is one record as
            JSON, UTF-8, fields named as in the database.
Whole:      rows.json says how many rows each table has and stands at the end; without it the file is cut off.
Answers:    public.responses.ratings follows the order of the items (private.version_items.position):
            1 to 5 are the levels, 0 is not applicable, null is left blank.
            public.responses.stratum_id leads to private.strata: point, units, field, language.
Not in it:  passwords, secrets of links, keys. Answers that came while it was made may be in it or not.

------------------------------------------------------------------------------------------------------------
Các bảng và cột · Tables and columns

${tableLines(wanted)}`;
}
