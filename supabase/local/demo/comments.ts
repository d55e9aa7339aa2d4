// What people of the demo add in their own words: sentences about things, never about a person. By mood, place
// and language; two sentences are sometimes joined, as people do.

import type { Random } from './random.ts';

type Mood = 'praise' | 'criticism';
type Place = 'one_stop' | 'gate';
type Language = 'vi' | 'zh' | 'en';

const SENTENCES: Record<Place, Record<Mood, Record<Language, string[]>>> = {
	one_stop: {
		praise: {
			vi: [
				'Cán bộ hướng dẫn rõ ràng, tôi làm một lần là xong.',
				'Trả kết quả sớm hơn ngày hẹn hai ngày, rất cảm ơn.',
				'Quầy sạch sẽ, có chỗ ngồi và nước uống.',
				'Lần này nhanh hơn hẳn so với năm ngoái.',
				'Được nhắn tin khi có kết quả, tiện cho doanh nghiệp ở xa.',
				'Giấy tờ yêu cầu đúng như niêm yết, không phải bổ sung gì thêm.',
				'Nộp phí bằng mã QR rất tiện.',
				'Tôi hỏi gì cũng được trả lời, thái độ nhẹ nhàng.',
				'Bộ phận Một cửa làm việc chuyên nghiệp.',
				'Tôi lớn tuổi nhưng được giúp điền tờ khai tận tình.'
			],
			zh: [
				'工作人员很耐心，讲解清楚。',
				'办事效率比以前高多了。',
				'材料要求和公示的一样，很满意。'
			],
			en: [
				'Clear guidance, everything was done in one visit.',
				'Faster than I expected. Thank you.'
			]
		},
		criticism: {
			vi: [
				'Chờ hơn một tiếng mới đến lượt.',
				'Phải bổ sung giấy tờ hai lần, giá như được nói ngay từ đầu.',
				'Buổi chiều thứ sáu chỉ có một quầy làm việc.',
				'Máy lấy số hay hỏng, mọi người không biết ai đến trước.',
				'Bảng niêm yết thủ tục chữ nhỏ, treo cao, khó đọc.',
				'Dịch vụ công trực tuyến hay báo lỗi khi tải tệp lên.',
				'Kết quả trả chậm ba ngày so với giấy hẹn mà không được báo trước.',
				'Tôi đã góp ý từ tháng trước nhưng chưa thấy trả lời.',
				'Thiếu chỗ để xe cho người đến làm thủ tục.',
				'Mong có mẫu tờ khai điền sẵn để xem.',
				'Tờ khai môi trường khó hiểu, cần hướng dẫn ngắn gọn hơn.',
				'Gọi điện hỏi tình trạng hồ sơ nhiều lần không ai nghe máy.'
			],
			zh: ['等候时间太长。', '希望表格有中文说明。', '网上申报系统经常出错。'],
			en: ['The online form failed twice when I uploaded files.', 'The waiting time is too long.']
		}
	},
	gate: {
		praise: {
			vi: [
				'Thu phí nhanh, có biên lai điện tử ngay.',
				'Nhân viên điều phối xe nhiệt tình, xếp hàng trật tự.',
				'Khai báo trên nền tảng số xong là xe vào bãi được luôn.',
				'Nhà chờ mới mát, có chỗ nghỉ cho lái xe.',
				'Thông báo thứ tự xe rõ ràng, không phải chạy đi hỏi.',
				'Mùa cao điểm mà vẫn thông xe nhanh.',
				'Bảng giá phí dán ngay cửa, dễ thấy.'
			],
			zh: [
				'通关排队比以前快，工作人员态度好。',
				'收费清楚，有电子收据。',
				'司机休息室很干净。',
				'车辆叫号很有秩序。'
			],
			en: ['Quick payment and a receipt at once.', 'Staff called the vehicles in good order.']
		},
		criticism: {
			vi: [
				'Xe chờ trong bãi gần một ngày mà không biết bao giờ đến lượt.',
				'Bãi xe mùa mưa nhiều ổ gà, nước đọng.',
				'Nhà vệ sinh ở bãi chờ cần dọn thường xuyên hơn.',
				'Hệ thống khai báo bị treo vào sáng sớm, phải nhập lại từ đầu.',
				'Loa gọi xe nghe không rõ.',
				'Cần thêm người ở quầy thu phí vào giờ cao điểm.',
				'Biển chỉ dẫn làn xe hàng nông sản khó thấy vào ban đêm.',
				'Trước Tết ùn tắc, mong điều tiết sớm hơn.',
				'Thứ tự xe thay đổi mà không báo lại cho lái xe.',
				'Chỗ nghỉ cho lái xe ít ghế, buổi trưa rất nóng.'
			],
			zh: [
				'停车场排队时间太长，不知道什么时候轮到。',
				'希望广播有中文。',
				'申报系统早上经常打不开。',
				'停车场路面不好，下雨积水。'
			],
			en: [
				'We waited for hours without being told when it is our turn.',
				'Signs at night are hard to see.'
			]
		}
	}
};

/** One or two sentences that fit the mood of an answer. */
export function commentFor(random: Random, place: Place, mood: Mood, language: Language): string {
	const sentences = SENTENCES[place][mood][language];
	const first = random.pick(sentences);
	const second = random.chance(0.2) ? random.pick(sentences) : first;
	if (second === first) return first;
	return language === 'zh' ? `${first}${second}` : `${first} ${second}`;
}
