// The demo's service points: what public.service_points needs, and under `model` how many people answer there
// and how content they are (the meaning of these numbers: answers.ts).

import type { Names } from './organisation.ts';

export interface DemoPoint {
	key: string;
	unit: string;
	labels: Names;
	kind: 'counter' | 'kiosk' | 'link';
	moment: 'receive' | 'return' | 'both';
	wording: 'one_stop' | 'gate';
	form: 'quick' | 'nine' | 'sixteen';
	/** Codes of procedure groups; the share of answers that each gets falls in this order. */
	groups: string[];
	defaultDecides: string;
	staffedBy: 'one' | 'several';
	offersPaper: boolean;
	model: {
		/** Answers on an ordinary working day. */
		perDay: number;
		/** The same at a weekend, as a share of perDay. */
		weekend: number;
		/** Shift of satisfaction on the latent scale. */
		level: number;
		/** Share of answers with a one-time code. */
		verified: number;
		/** Shares of answers in Chinese and in English. */
		zh: number;
		en: number;
		/** How many days ago the point was opened; always open when absent. */
		openedDaysAgo?: number;
	};
}

const COUNTER = { kind: 'counter', offersPaper: true, staffedBy: 'several' } as const;
const ONE_STOP = { unit: 'oneStop', wording: 'one_stop', defaultDecides: 'office' } as const;
const GATE = { wording: 'gate', defaultDecides: 'gates', form: 'quick' } as const;

export const POINTS: DemoPoint[] = [
	{
		...ONE_STOP,
		...COUNTER,
		key: 'counter1',
		labels: {
			vi: 'Quầy 1: Đầu tư, xây dựng, doanh nghiệp',
			zh: '1号窗口:投资、建设、企业',
			en: 'Counter 1: investment, construction, business'
		},
		moment: 'both',
		form: 'nine',
		groups: ['DAU-TU', 'DOANH-NGHIEP', 'XAY-DUNG', 'MOI-TRUONG', 'VAN-PHONG'],
		model: { perDay: 5.6, weekend: 0, level: 0.1, verified: 0.2, zh: 0.03, en: 0.01 }
	},
	{
		...ONE_STOP,
		...COUNTER,
		key: 'counter2',
		labels: {
			vi: 'Quầy 2: Lao động, thương mại',
			zh: '2号窗口:劳动、贸易',
			en: 'Counter 2: labour, trade'
		},
		moment: 'both',
		form: 'sixteen',
		groups: ['LAO-DONG', 'THUONG-MAI', 'DOANH-NGHIEP', 'DAU-TU'],
		model: { perDay: 4.2, weekend: 0, level: -0.1, verified: 0.15, zh: 0.06, en: 0.02 }
	},
	{
		...ONE_STOP,
		...COUNTER,
		key: 'counter3',
		labels: { vi: 'Quầy 3: Trả kết quả', zh: '3号窗口:领取结果', en: 'Counter 3: results' },
		moment: 'return',
		form: 'nine',
		groups: ['DAU-TU', 'LAO-DONG', 'DOANH-NGHIEP', 'XAY-DUNG', 'THUONG-MAI', 'VAN-PHONG'],
		model: { perDay: 4.8, weekend: 0, level: 0.3, verified: 0.45, zh: 0.03, en: 0.01 }
	},
	{
		...ONE_STOP,
		...COUNTER,
		key: 'counter4',
		labels: {
			vi: 'Quầy 4: Hướng dẫn khai báo trực tuyến',
			zh: '4号窗口:网上申报指导',
			en: 'Counter 4: help with online declaration'
		},
		moment: 'receive',
		form: 'nine',
		groups: ['THUONG-MAI'],
		// Figures of this counter are figures of one person: never shown, and never to be had by subtraction.
		staffedBy: 'one',
		model: { perDay: 1.6, weekend: 0, level: 0.5, verified: 0, zh: 0.02, en: 0 }
	},
	{
		...ONE_STOP,
		key: 'hall',
		labels: { vi: 'Máy tại sảnh', zh: '大厅触摸屏', en: 'Kiosk in the hall' },
		kind: 'kiosk',
		moment: 'both',
		form: 'quick',
		groups: ['DAU-TU', 'LAO-DONG', 'DOANH-NGHIEP', 'VAN-PHONG', 'XAY-DUNG', 'THUONG-MAI'],
		staffedBy: 'several',
		offersPaper: false,
		model: { perDay: 4.4, weekend: 0, level: 0, verified: 0, zh: 0.05, en: 0.02 }
	},
	{
		...ONE_STOP,
		key: 'online',
		labels: {
			vi: 'Đường dẫn sau khi trả kết quả trực tuyến',
			zh: '网上办结后的链接',
			en: 'Link after an online result'
		},
		kind: 'link',
		moment: 'return',
		form: 'sixteen',
		groups: ['DAU-TU', 'LAO-DONG', 'THUONG-MAI'],
		staffedBy: 'several',
		offersPaper: false,
		// About 20 in a quarter: under 30 persons.
		model: { perDay: 0.28, weekend: 0.3, level: -0.3, verified: 0.3, zh: 0.1, en: 0.05 }
	},
	{
		...GATE,
		...COUNTER,
		key: 'huuNghiFee',
		unit: 'huuNghi',
		labels: { vi: 'Quầy thu phí', zh: '收费窗口', en: 'Fee counter' },
		moment: 'both',
		groups: ['PHI-HA-TANG'],
		model: { perDay: 6.5, weekend: 0.6, level: 0.15, verified: 0.25, zh: 0.16, en: 0.01 }
	},
	{
		...GATE,
		...COUNTER,
		key: 'huuNghiYard',
		unit: 'huuNghi',
		labels: { vi: 'Bàn điều phối xe', zh: '车辆调度台', en: 'Vehicle desk' },
		moment: 'both',
		groups: ['BEN-BAI', 'PHI-HA-TANG'],
		model: { perDay: 5.2, weekend: 0.6, level: -0.2, verified: 0, zh: 0.2, en: 0.01 }
	},
	{
		...GATE,
		key: 'huuNghiHall',
		unit: 'huuNghi',
		labels: {
			vi: 'Máy tại nhà chờ lái xe',
			zh: '司机休息室触摸屏',
			en: 'Kiosk in the drivers’ room'
		},
		kind: 'kiosk',
		moment: 'both',
		groups: ['BEN-BAI', 'PHI-HA-TANG', 'THUONG-MAI'],
		staffedBy: 'several',
		offersPaper: false,
		model: { perDay: 4, weekend: 0.8, level: 0, verified: 0, zh: 0.25, en: 0.02 }
	},
	{
		...GATE,
		...COUNTER,
		key: 'tanThanhFee',
		unit: 'tanThanh',
		labels: { vi: 'Quầy thu phí', zh: '收费窗口', en: 'Fee counter' },
		moment: 'both',
		groups: ['PHI-HA-TANG'],
		model: { perDay: 4.6, weekend: 0.5, level: -0.15, verified: 0.2, zh: 0.12, en: 0.01 }
	},
	{
		...GATE,
		...COUNTER,
		key: 'tanThanhYard',
		unit: 'tanThanh',
		labels: { vi: 'Bãi chờ xuất khẩu', zh: '出口待检停车场', en: 'Export parking area' },
		moment: 'both',
		groups: ['BEN-BAI', 'PHI-HA-TANG', 'THUONG-MAI'],
		model: { perDay: 3.8, weekend: 0.5, level: -0.5, verified: 0, zh: 0.15, en: 0 }
	},
	{
		...GATE,
		...COUNTER,
		key: 'tanThanhNew',
		unit: 'tanThanh',
		labels: {
			vi: 'Bàn hỗ trợ lái xe (mới mở)',
			zh: '司机服务台(新设)',
			en: 'Drivers’ help desk (new)'
		},
		moment: 'both',
		groups: ['BEN-BAI'],
		// Open for some days only: under 10 persons.
		model: { perDay: 0.8, weekend: 0.5, level: 0, verified: 0, zh: 0.1, en: 0, openedDaysAgo: 9 }
	}
];
