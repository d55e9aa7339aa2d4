/**
 * The optional questions, none of them required: data, no logic. H1 is on by default; its answer is
 * stored as who pressed, not among the facts.
 */
import type { Fact, FactCode } from './version.ts';

/** In the order in which a form asks them. */
export const FACTS: Record<FactCode, Fact> = {
	F1: {
		code: 'F1',
		max: 1,
		text: {
			vi: 'Ông/Bà phải đến đây mấy lần cho việc này?',
			zh: '为这件事您来了几次？',
			en: 'How many times did you have to come for this?'
		},
		choices: [
			{ vi: '1 lần', zh: '1次', en: 'once' },
			{ vi: '2 lần', zh: '2次', en: 'twice' },
			{ vi: '3 lần trở lên', zh: '3次或以上', en: 'three times or more' }
		]
	},
	F2: {
		code: 'F2',
		max: 1,
		text: {
			vi: 'Có ai đòi thêm tiền hoặc giấy tờ ngoài quy định không?',
			zh: '有人额外索要规定以外的钱或材料吗？',
			en: 'Did anyone ask for money or papers beyond the rules?'
		},
		choices: [
			{ vi: 'Không', zh: '没有', en: 'No' },
			{ vi: 'Có', zh: '有', en: 'Yes' },
			{ vi: 'Không muốn trả lời', zh: '不想回答', en: 'I prefer not to say' }
		]
	},
	I1: {
		code: 'I1',
		max: 3,
		text: {
			vi: 'Theo Ông/Bà, điều gì cần sửa nhất? (chọn tối đa 3)',
			zh: '您认为最需要改进什么？（最多选3项）',
			en: 'What most needs mending? (up to 3)'
		},
		choices: [
			{ vi: 'Thời gian chờ', zh: '等候时间', en: 'Waiting time' },
			{ vi: 'Giấy tờ, thủ tục', zh: '材料、手续', en: 'Papers, procedure' },
			{ vi: 'Thái độ cán bộ', zh: '工作人员态度', en: 'Staff attitude' },
			{
				vi: 'Năng lực, hướng dẫn của cán bộ',
				zh: '工作人员能力和说明',
				en: 'Staff skill and guidance'
			},
			{ vi: 'Công khai thông tin, phí', zh: '信息和收费公开', en: 'Open information and fees' },
			{ vi: 'Đúng hẹn', zh: '按时', en: 'Keeping the date' },
			{ vi: 'Chỗ ngồi, trang thiết bị', zh: '座位和设备', en: 'Seats and equipment' },
			{ vi: 'Dịch vụ trực tuyến', zh: '网上服务', en: 'Online service' },
			{ vi: 'Trả lời góp ý, phản ánh', zh: '意见答复', en: 'Answers to complaints' },
			{ vi: 'Không có gì', zh: '没有', en: 'Nothing' }
		]
	},
	O1: {
		code: 'O1',
		max: 1,
		text: { vi: 'Ông/Bà đi việc cho ai?', zh: '您是为谁办事？', en: 'Whom do you act for?' },
		choices: [
			{ vi: 'Cho bản thân, gia đình', zh: '个人、家庭', en: 'Myself or my family' },
			{ vi: 'Cho doanh nghiệp, tổ chức', zh: '企业、单位', en: 'A company or organisation' }
		]
	},
	H1: {
		code: 'H1',
		max: 1,
		text: { vi: 'Ai bấm phiếu này?', zh: '谁在填写？', en: 'Who is filling this in?' },
		choices: [
			{ vi: 'Tôi tự bấm', zh: '我自己', en: 'I am' },
			{
				vi: 'Người nhà, người quen giúp',
				zh: '家人或熟人帮忙',
				en: 'A relative or friend helps me'
			},
			{ vi: 'Cán bộ giúp', zh: '工作人员帮忙', en: 'A member of staff helps me' }
		]
	}
};
