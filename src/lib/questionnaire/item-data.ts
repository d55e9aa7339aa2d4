/**
 * The words of every built-in item, block by block: data, no logic.
 * Vietnamese is the master; zh and en are translations that no native speaker has checked yet.
 * A published version is frozen: a change here reaches people only as a new version.
 */
import type { Block, Item } from './version.ts';

type ItemData = Omit<Item, 'code' | 'audio'>;

/** Stable codes to what is asked. Order within a form is the form's (built-in.ts). */
export const ITEMS: Record<string, ItemData> = {
	S0: {
		dimension: 'overall',
		measure: 'S0',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Nhìn chung, Ông/Bà hài lòng ở mức nào với lần phục vụ này?' },
			zh: { text: '总的来说，您对这次服务满意吗？' },
			en: { text: 'Overall, how satisfied are you with this service?' }
		}
	},
	B0: {
		dimension: 'procedure',
		measure: 'B0',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Thủ tục, giấy tờ và phí phải nộp', help: 'rõ ràng, đúng quy định' },
			zh: { text: '手续、材料和费用', help: '清楚、符合规定' },
			en: { text: 'Procedure, papers and fees', help: 'clear and as the rules say' }
		},
		gateTexts: {
			vi: { text: 'Khai báo, giấy tờ và phí phải nộp', help: 'rõ ràng, đúng quy định' },
			zh: { text: '申报、证件和费用', help: '清楚、符合规定' },
			en: { text: 'Declaration, papers and fees', help: 'clear and as the rules say' }
		}
	},
	C0: {
		dimension: 'conduct',
		measure: 'C0',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Cán bộ phục vụ', help: 'lịch sự, hướng dẫn dễ hiểu' },
			zh: { text: '工作人员', help: '有礼貌、说明清楚' },
			en: { text: 'The staff', help: 'polite, clear guidance' }
		},
		gateTexts: {
			vi: { text: 'Nhân viên ở cửa khẩu, bến bãi', help: 'lịch sự, hướng dẫn dễ hiểu' },
			zh: { text: '口岸、停车场工作人员', help: '有礼貌、说明清楚' },
			en: { text: 'Staff at the gate and the parking area', help: 'polite, clear guidance' }
		}
	},
	D0: {
		dimension: 'result',
		measure: 'D0',
		when: 'return',
		zero: 'result_pending',
		texts: {
			vi: { text: 'Kết quả Ông/Bà nhận được', help: 'đúng hẹn, chính xác' },
			zh: { text: '您拿到的结果', help: '按时、准确' },
			en: { text: 'The result you received', help: 'on time, correct' }
		},
		gateTexts: {
			vi: { text: 'Xe, hàng được giải quyết đúng thời gian, đúng thông tin' },
			zh: { text: '车辆、货物按时办理，信息准确' },
			en: { text: 'Vehicle and goods handled on time, with correct information' }
		}
	},
	E0: {
		dimension: 'complaints',
		measure: 'E0',
		when: 'always',
		zero: 'not_filed',
		texts: {
			vi: {
				text: 'Nếu Ông/Bà đã gửi góp ý, phản ánh: cách tiếp nhận và trả lời',
				help: 'bỏ qua nếu chưa gửi'
			},
			zh: { text: '如果您提过意见或反映过问题：受理和答复情况', help: '没有可不填' },
			en: {
				text: 'If you have sent a comment or complaint: how it was received and answered',
				help: 'skip if not'
			}
		}
	},
	A1: {
		dimension: 'access',
		measure: 'A',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: { text: 'Biển chỉ dẫn rõ ràng, dễ thấy, dễ tìm đúng chỗ' },
			zh: { text: '指示牌清楚、醒目，容易找到地方' },
			en: { text: 'Signs are clear and easy to see; the right place is easy to find' }
		}
	},
	A2: {
		dimension: 'access',
		measure: 'A',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: { text: 'Có đủ ghế ngồi chờ và bàn viết' },
			zh: { text: '等候座位和写字桌足够' },
			en: { text: 'There are enough seats and writing desks' }
		}
	},
	A3: {
		dimension: 'access',
		measure: 'A',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: {
				text: 'Trang thiết bị cho người dân đầy đủ, dùng tốt',
				help: 'ví dụ: máy lấy số, máy tra cứu'
			},
			zh: { text: '为群众提供的设备齐全、好用', help: '如取号机、查询机' },
			en: {
				text: 'Equipment for the public is complete and works well',
				help: 'for example ticket machine, look-up screen'
			}
		}
	},
	B1: {
		dimension: 'procedure',
		measure: 'B',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: { text: 'Quy định về thủ tục được niêm yết công khai, dễ thấy, dễ hiểu' },
			zh: { text: '手续规定公开张贴，容易看到、容易看懂' },
			en: {
				text: 'The rules of the procedure are on public display, easy to see and to understand'
			}
		}
	},
	B2: {
		dimension: 'procedure',
		measure: 'B',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Chỉ phải nộp những giấy tờ đúng quy định' },
			zh: { text: '只要求提交规定的材料' },
			en: { text: 'Only the papers that the rules require were asked for' }
		}
	},
	B3: {
		dimension: 'procedure',
		measure: 'B',
		when: 'always',
		zero: 'no_fee',
		texts: {
			vi: { text: 'Chỉ phải nộp phí, lệ phí đúng quy định' },
			zh: { text: '只收取规定的费用' },
			en: { text: 'Only the fees that the rules set were asked for' }
		}
	},
	B4: {
		dimension: 'procedure',
		measure: 'B',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: { text: 'Thời hạn giải quyết đúng quy định', help: 'ngày hẹn ghi trên giấy hẹn' },
			zh: { text: '办理期限符合规定', help: '见回执上的日期' },
			en: { text: 'The time limit given is as the rules say', help: 'the date on your receipt' }
		}
	},
	C1: {
		dimension: 'conduct',
		measure: 'C',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Cán bộ giao tiếp lịch sự, tôn trọng người dân' },
			zh: { text: '工作人员有礼貌，尊重群众' },
			en: { text: 'Staff are polite and respectful' }
		}
	},
	C2: {
		dimension: 'conduct',
		measure: 'C',
		when: 'always',
		zero: null,
		texts: {
			vi: { text: 'Cán bộ hướng dẫn dễ hiểu, đầy đủ; nghe một lần là làm được hồ sơ' },
			zh: { text: '工作人员说明清楚、完整，一次就能准备好材料' },
			en: {
				text: 'Staff explain clearly and fully; once was enough to complete the application'
			}
		}
	},
	C3: {
		dimension: 'conduct',
		measure: 'C',
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: { text: 'Cán bộ làm đúng quy định khi giải quyết công việc' },
			zh: { text: '工作人员按规定办事' },
			en: { text: 'Staff follow the rules in handling the matter' }
		}
	},
	D1: {
		dimension: 'result',
		measure: 'D',
		when: 'return',
		zero: 'result_pending',
		texts: {
			vi: { text: 'Kết quả được trả đúng hẹn' },
			zh: { text: '按约定时间拿到结果' },
			en: { text: 'The result came on the date promised' }
		}
	},
	D2: {
		dimension: 'result',
		measure: 'D',
		when: 'return',
		zero: 'result_pending',
		texts: {
			vi: { text: 'Kết quả có thông tin đầy đủ, chính xác' },
			zh: { text: '结果内容完整、准确' },
			en: { text: 'The result is complete and correct' }
		}
	},
	D3: {
		dimension: 'result',
		measure: 'D',
		when: 'return',
		zero: 'result_pending',
		texts: {
			vi: { text: 'Kết quả bảo đảm công bằng' },
			zh: { text: '结果公平' },
			en: { text: 'The result is fair' }
		}
	},
	E1: {
		dimension: 'complaints',
		measure: null,
		when: 'always',
		zero: 'unknown',
		texts: {
			vi: {
				text: 'Có nơi nhận góp ý, phản ánh, kiến nghị; gửi dễ dàng',
				help: 'hòm thư, đường dây nóng, mã QR, sổ góp ý'
			},
			zh: {
				text: '有提意见、反映问题的渠道，而且方便',
				help: '意见箱、热线、二维码、意见簿'
			},
			en: {
				text: 'There is a way to comment or complain, and it is easy',
				help: 'box, hotline, QR code, book'
			}
		}
	},
	E2: {
		dimension: 'complaints',
		measure: 'E',
		when: 'filed',
		zero: 'not_filed',
		texts: {
			vi: { text: 'Góp ý, phản ánh, kiến nghị được tiếp nhận, xử lý đúng quy định' },
			zh: { text: '意见和问题按规定受理、处理' },
			en: { text: 'It was received and handled as the rules say' }
		}
	},
	E3: {
		dimension: 'complaints',
		measure: 'E',
		when: 'filed',
		zero: 'not_filed',
		texts: {
			vi: { text: 'Ông/Bà được báo kết quả xử lý kịp thời' },
			zh: { text: '及时告知您处理结果' },
			en: { text: 'You were told the outcome in good time' }
		}
	}
};

/** Headings of the item forms. */
export const BLOCKS: Block[] = [
	{ code: 'A', title: { vi: 'Nơi tiếp dân', zh: '办事场所', en: 'The place' } },
	{ code: 'B', title: { vi: 'Thủ tục hành chính', zh: '行政手续', en: 'The procedure' } },
	{ code: 'C', title: { vi: 'Cán bộ phục vụ', zh: '工作人员', en: 'The staff' } },
	{
		code: 'D',
		title: { vi: 'Kết quả', zh: '办理结果', en: 'The result' },
		note: {
			vi: 'Kết quả có thể là được cấp giấy tờ, hoặc bị từ chối có nêu rõ lý do.',
			zh: '可能是发给证件，也可能是说明理由后不予办理。',
			en: 'It may be a paper granted, or a refusal with its reason.'
		}
	},
	{
		code: 'E',
		title: {
			vi: 'Góp ý, phản ánh, kiến nghị',
			zh: '意见、反映和建议',
			en: 'Comments and complaints'
		}
	}
];
