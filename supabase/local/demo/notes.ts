// "Chúng tôi đã làm" of the demo: what its units mended, written as an office writes it, about things and never
// about a person. Owns the texts and their days; notes have fixed ids, so writing them again changes nothing.

import type { SupabaseClient } from '@supabase/supabase-js';
import type { Database } from '../../../src/lib/server/database.types.ts';
import { namedId } from './random.ts';
import { ids } from './rows.ts';

interface DemoNote {
	unit: string;
	daysAgo: number;
	/** A dimension or an item, as notes name it. */
	about: string;
	text: string;
}

const NOTES: DemoNote[] = [
	{
		unit: 'oneStop',
		daysAgo: 12,
		about: 'B',
		text: 'Đã in lại bảng niêm yết thủ tục với chữ lớn và treo ngang tầm mắt, kèm mẫu tờ khai điền sẵn.'
	},
	{
		unit: 'tanThanh',
		daysAgo: 20,
		about: 'D',
		text: 'Đã lắp màn hình báo thứ tự xe ở cổng bãi; thay đổi thứ tự được báo lại bằng loa và tin nhắn.'
	},
	{
		unit: 'huuNghi',
		daysAgo: 33,
		about: 'A',
		text: 'Đã thêm ghế và quạt ở chỗ nghỉ cho lái xe; nhà vệ sinh được dọn ba lần mỗi ngày.'
	},
	{
		unit: 'oneStop',
		daysAgo: 48,
		about: 'C',
		text: 'Mở thêm một quầy vào chiều thứ Sáu và sáng thứ Hai, là những buổi đông người nhất.'
	},
	{
		unit: 'business',
		daysAgo: 61,
		about: 'B',
		text: 'Danh mục giấy tờ được báo đủ ngay lần đầu bằng một tờ hướng dẫn cho từng thủ tục.'
	},
	{
		unit: 'oneStop',
		daysAgo: 75,
		about: 'A',
		text: 'Đã sửa máy lấy số và đặt một máy dự phòng; khi máy hỏng có người phát số giấy.'
	},
	{
		unit: 'tanThanh',
		daysAgo: 96,
		about: 'A',
		text: 'Đã vá mặt bãi xe và khơi rãnh thoát nước trước mùa mưa.'
	},
	{
		unit: 'planning',
		daysAgo: 110,
		about: 'D',
		text: 'Hồ sơ sắp đến hạn được nhắc trước ba ngày làm việc; chậm thì báo và hẹn lại bằng văn bản.'
	}
];

const DAY_MS = 86_400_000;

/** Writes the notes, dated back from today. */
export async function putNotes(client: SupabaseClient<Database>, today: string): Promise<void> {
	const items = NOTES.map(({ unit, daysAgo, about, text }) => ({
		id: namedId(`note ${text}`),
		unit_id: ids.unit(unit),
		done_on: new Date(Date.parse(today) - daysAgo * DAY_MS).toISOString().slice(0, 10),
		subject: about,
		text
	}));
	const { error } = await client.rpc('put_demo_notes', { batch: { items } });
	if (error) throw new Error(`writing what was done: ${error.message}`);
}
