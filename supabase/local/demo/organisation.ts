// The demo organisation as data: the management board of the Đồng Đăng – Lạng Sơn border-gate economic zone with
// the units that its plans name. Contact, procedures and answers are made up; its flag is_demo marks every page.
//
// Where Bộ phận Một cửa belongs: directly under the board. The plan of 2025 (part II.2) lists "Văn phòng, bộ phận
// một cửa" side by side and has its counters receive for all divisions; below Văn phòng, which only decides here,
// its answers would show up as those of Văn phòng.

import { BUILT_IN_NAMES } from '../../../src/lib/questionnaire/built-in.ts';
import type { FactCode } from '../../../src/lib/questionnaire/version.ts';

export interface Names {
	vi: string;
	zh?: string;
	en?: string;
}

export const ORGANISATION = {
	names: {
		vi: 'Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn',
		zh: '同登—谅山口岸经济区管理委员会',
		en: 'Management Board of the Đồng Đăng – Lạng Sơn Border-Gate Economic Zone'
	},
	// Nobody's: a number of zeros, and a domain that RFC 2606 keeps free for examples.
	phone: '0205 3 000 000',
	email: 'hotro@bqlktck.example',
	address: {
		vi: 'Số 000 đường Minh Họa, tỉnh Lạng Sơn (địa chỉ minh họa)',
		zh: '谅山省示例路000号(示例地址)',
		en: '000 Minh Họa Street, Lạng Sơn Province (example address)'
	}
} as const;

/** Kinds as in public.units; `parent` is the key of another unit, none for those directly under the board. */
export const UNITS: { key: string; parent?: string; kind: string; names: Names }[] = [
	{
		key: 'office',
		kind: 'office',
		names: { vi: 'Văn phòng', zh: '办公室', en: 'Office of the Board' }
	},
	{
		key: 'planning',
		kind: 'division',
		names: { vi: 'Phòng Kế hoạch tổng hợp', zh: '综合计划处', en: 'General Planning Division' }
	},
	{
		key: 'business',
		kind: 'division',
		names: {
			vi: 'Phòng Quản lý doanh nghiệp',
			zh: '企业管理处',
			en: 'Business Management Division'
		}
	},
	{
		key: 'oneStop',
		kind: 'one_stop',
		names: { vi: 'Bộ phận Một cửa', zh: '一站式服务窗口', en: 'One-Stop Section' }
	},
	{
		key: 'gates',
		kind: 'centre',
		names: {
			vi: 'Trung tâm Quản lý cửa khẩu',
			zh: '口岸管理中心',
			en: 'Border-Gate Management Centre'
		}
	},
	{
		key: 'huuNghi',
		parent: 'gates',
		kind: 'gate',
		names: { vi: 'Cửa khẩu Hữu Nghị', zh: '友谊口岸', en: 'Hữu Nghị Border Gate' }
	},
	{
		key: 'tanThanh',
		parent: 'gates',
		kind: 'gate',
		names: { vi: 'Cửa khẩu Tân Thanh', zh: '新清口岸', en: 'Tân Thanh Border Gate' }
	}
];

/** Lĩnh vực with the unit that decides and some procedures in their usual names. */
export const GROUPS: { code: string; decides: string; names: Names; procedures: string[] }[] = [
	{
		code: 'DAU-TU',
		decides: 'planning',
		names: { vi: 'Đầu tư', zh: '投资', en: 'Investment' },
		procedures: [
			'Cấp Giấy chứng nhận đăng ký đầu tư',
			'Điều chỉnh Giấy chứng nhận đăng ký đầu tư',
			'Gia hạn thời hạn hoạt động của dự án đầu tư'
		]
	},
	{
		code: 'XAY-DUNG',
		decides: 'planning',
		names: { vi: 'Xây dựng, quy hoạch', zh: '建设、规划', en: 'Construction and planning' },
		procedures: [
			'Cấp giấy phép xây dựng mới',
			'Thẩm định báo cáo nghiên cứu khả thi đầu tư xây dựng',
			'Cung cấp thông tin quy hoạch xây dựng'
		]
	},
	{
		code: 'MOI-TRUONG',
		decides: 'planning',
		names: { vi: 'Môi trường', zh: '环境', en: 'Environment' },
		procedures: ['Cấp giấy phép môi trường', 'Cấp đổi giấy phép môi trường']
	},
	{
		code: 'DOANH-NGHIEP',
		decides: 'business',
		names: { vi: 'Hoạt động của doanh nghiệp', zh: '企业经营', en: 'Business operation' },
		procedures: [
			'Cấp giấy phép thành lập văn phòng đại diện của thương nhân nước ngoài',
			'Gia hạn giấy phép thành lập văn phòng đại diện'
		]
	},
	{
		code: 'LAO-DONG',
		decides: 'business',
		names: { vi: 'Lao động', zh: '劳动用工', en: 'Labour' },
		procedures: [
			'Cấp giấy phép lao động cho người lao động nước ngoài',
			'Xác nhận không thuộc diện cấp giấy phép lao động',
			'Đăng ký nội quy lao động'
		]
	},
	{
		code: 'THUONG-MAI',
		decides: 'business',
		names: { vi: 'Xuất nhập khẩu, thương mại', zh: '进出口、贸易', en: 'Import, export, trade' },
		procedures: [
			'Cấp giấy chứng nhận xuất xứ hàng hóa',
			'Hỗ trợ khai báo trên Nền tảng cửa khẩu số'
		]
	},
	{
		code: 'VAN-PHONG',
		decides: 'office',
		names: { vi: 'Văn thư, sao lục giấy tờ', zh: '文书、文件副本', en: 'Records and copies' },
		procedures: ['Cấp bản sao từ sổ gốc', 'Cung cấp thông tin theo yêu cầu của công dân']
	},
	{
		code: 'PHI-HA-TANG',
		decides: 'gates',
		names: {
			vi: 'Phí sử dụng hạ tầng cửa khẩu',
			zh: '口岸基础设施使用费',
			en: 'Fee for the use of gate infrastructure'
		},
		procedures: ['Thu phí sử dụng công trình kết cấu hạ tầng cửa khẩu', 'Hoàn trả phí nộp thừa']
	},
	{
		code: 'BEN-BAI',
		decides: 'gates',
		names: {
			vi: 'Bến bãi, điều phối xe',
			zh: '停车场、车辆调度',
			en: 'Parking areas, calling vehicles'
		},
		procedures: ['Đăng ký xe vào bãi chờ', 'Sắp xếp thứ tự xe xuất khẩu']
	}
];

/** The forms in use and their optional questions. */
export const FORMS: Record<'quick' | 'nine' | 'sixteen', { names: Names; facts: FactCode[] }> = {
	quick: { names: BUILT_IN_NAMES.quick as Names, facts: ['H1'] },
	nine: { names: BUILT_IN_NAMES.nine as Names, facts: ['F1', 'O1', 'H1'] },
	sixteen: { names: BUILT_IN_NAMES.sixteen as Names, facts: ['F1', 'F2', 'I1', 'H1'] }
};
