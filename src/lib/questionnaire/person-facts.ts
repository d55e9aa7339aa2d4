/**
 * Optional questions about the person, in bands so wide that nobody is found by them: data, no logic.
 * All off by default. P5 asks for the ethnic group, which is sensitive data (Law 91/2025): it needs a
 * written reason and is shown for the whole organisation and closed quarters only (SQL sees to both).
 */
import type { Fact, Localised } from './version.ts';

const SILENT: Localised = { vi: 'Không muốn trả lời', zh: '不想回答', en: 'I prefer not to say' };

/** In the order in which a form asks them. */
export const PERSON_FACTS: Readonly<Record<'P1' | 'P2' | 'P3' | 'P4' | 'P5', Fact>> = {
	P1: {
		code: 'P1',
		max: 1,
		text: { vi: 'Ông/Bà ở nhóm tuổi nào?', zh: '您的年龄段？', en: 'Which age group are you in?' },
		choices: [
			{ vi: 'Dưới 25', zh: '25岁以下', en: 'Under 25' },
			{ vi: '25–34', zh: '25–34岁', en: '25–34' },
			{ vi: '35–49', zh: '35–49岁', en: '35–49' },
			{ vi: '50–60', zh: '50–60岁', en: '50–60' },
			{ vi: 'Trên 60', zh: '60岁以上', en: 'Over 60' },
			SILENT
		]
	},
	P2: {
		code: 'P2',
		max: 1,
		text: { vi: 'Giới tính của Ông/Bà?', zh: '您的性别？', en: 'Your sex?' },
		choices: [{ vi: 'Nam', zh: '男', en: 'Male' }, { vi: 'Nữ', zh: '女', en: 'Female' }, SILENT]
	},
	P3: {
		code: 'P3',
		max: 1,
		text: { vi: 'Công việc chính của Ông/Bà?', zh: '您的主要职业？', en: 'Your main occupation?' },
		choices: [
			{ vi: 'Làm nông, lâm nghiệp', zh: '农业、林业', en: 'Farming, forestry' },
			{ vi: 'Công nhân, lao động tự do', zh: '工人、自由劳动者', en: 'Worker, casual labour' },
			{ vi: 'Kinh doanh, buôn bán', zh: '经商', en: 'Trade, own business' },
			{ vi: 'Nhân viên doanh nghiệp', zh: '企业职员', en: 'Employee of a company' },
			{ vi: 'Làm việc trong cơ quan nhà nước', zh: '国家机关工作', en: 'Work for the state' },
			{ vi: 'Học sinh, sinh viên', zh: '学生', en: 'Pupil, student' },
			{ vi: 'Nghỉ hưu, nội trợ, việc khác', zh: '退休、家务、其他', en: 'Retired, at home, other' },
			SILENT
		]
	},
	P4: {
		code: 'P4',
		max: 1,
		text: { vi: 'Ông/Bà đang sống ở đâu?', zh: '您现在住在哪里？', en: 'Where do you live?' },
		choices: [
			{ vi: 'Phường trong tỉnh', zh: '本省的坊', en: 'A ward of this province' },
			{ vi: 'Xã trong tỉnh', zh: '本省的乡', en: 'A commune of this province' },
			{ vi: 'Tỉnh, thành phố khác', zh: '其他省市', en: 'Another province or city' },
			{ vi: 'Nước ngoài', zh: '国外', en: 'Abroad' },
			SILENT
		]
	},
	P5: {
		code: 'P5',
		max: 1,
		text: { vi: 'Ông/Bà là người dân tộc nào?', zh: '您是哪个民族？', en: 'Your ethnic group?' },
		note: {
			vi: 'Câu này không bắt buộc. Chỉ cộng chung cho cả cơ quan, theo quý.',
			zh: '此题可不答。只按季度汇总全机关的数字。',
			en: 'You need not answer. Only totals of the whole organisation per quarter are made.'
		},
		choices: [
			{ vi: 'Kinh', zh: '京族', en: 'Kinh' },
			{ vi: 'Tày', zh: '岱依族', en: 'Tày' },
			{ vi: 'Nùng', zh: '侬族', en: 'Nùng' },
			{ vi: 'Thái', zh: '泰族', en: 'Thái' },
			{ vi: 'Mông', zh: '赫蒙族', en: 'Mông' },
			{ vi: 'Dao', zh: '瑶族', en: 'Dao' },
			{ vi: 'Dân tộc khác', zh: '其他民族', en: 'Another' },
			SILENT
		]
	}
};

/** The code that asks for the ethnic group. */
export const SENSITIVE_FACT = 'P5';
/** How long a reason for it is at least; SQL asks the same. */
export const REASON_CHARACTERS = 20;
