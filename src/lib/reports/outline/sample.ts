/** A sample outline with every placeholder: what an office may begin from, and what tests fill. */
import { Document, Packer } from 'docx';
import { bodyText, heading, PAGE, STYLES } from '../word-parts';

const LINES: [text: string, isHeading?: boolean][] = [
	['V. Mức độ hài lòng của người dân, tổ chức', true],
	['{{co_quan}} báo cáo mức độ hài lòng tại nơi phục vụ của {{don_vi}}, {{ky_bao_cao}}.'],
	['1. Nhận xét chung', true],
	['{{nhan_xet}}'],
	['2. Số liệu theo đơn vị và nhóm nội dung', true],
	['{{bang_don_vi}}'],
	['{{bang_noi_dung}}'],
	['{{bang_cau_hoi}}'],
	['3. So với chỉ tiêu', true],
	['{{bang_chi_tieu}}'],
	['4. Nội dung giảm rõ và giải trình', true],
	['{{bang_giai_trinh}}'],
	['5. Chỉ số của tỉnh', true],
	['{{bang_chi_so}}'],
	['6. Cách tính', true],
	['{{cach_tinh}}']
];

export function sampleOutline(): Promise<Buffer> {
	const children = LINES.map(([text, isHeading]) => (isHeading ? heading(text) : bodyText(text)));
	return Packer.toBuffer(
		new Document({
			creator: '',
			styles: STYLES,
			sections: [{ properties: { page: PAGE }, children }]
		})
	);
}
