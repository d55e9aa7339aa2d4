/**
 * The placeholders of an outline, as officers type them in Word: {{so_lieu}}. Owns the list and how
 * freely a name may be written ("{{Số liệu}}" is the same). Must not know: Word's file format.
 */
import { m } from '$lib/i18n/paraglide/messages.js';

/** `inline` stands within a line; `block` takes a paragraph of its own and may be several. */
export interface Placeholder {
	key: string;
	kind: 'inline' | 'block';
	about: () => string;
}

export const PLACEHOLDERS: readonly Placeholder[] = [
	{ key: 'co_quan', kind: 'inline', about: m.reports_ph_co_quan },
	{ key: 'don_vi', kind: 'inline', about: m.reports_ph_don_vi },
	{ key: 'ky_bao_cao', kind: 'inline', about: m.reports_ph_ky_bao_cao },
	{ key: 'trich_yeu', kind: 'inline', about: m.reports_ph_trich_yeu },
	{ key: 'nhan_xet', kind: 'block', about: m.reports_ph_nhan_xet },
	{ key: 'so_lieu', kind: 'block', about: m.reports_ph_so_lieu },
	{ key: 'bang_don_vi', kind: 'block', about: m.reports_ph_bang_don_vi },
	{ key: 'bang_noi_dung', kind: 'block', about: m.reports_ph_bang_noi_dung },
	{ key: 'bang_cau_hoi', kind: 'block', about: m.reports_ph_bang_cau_hoi },
	{ key: 'bang_chi_tieu', kind: 'block', about: m.reports_ph_bang_chi_tieu },
	{ key: 'bang_giai_trinh', kind: 'block', about: m.reports_ph_bang_giai_trinh },
	{ key: 'bang_chi_so', kind: 'block', about: m.reports_ph_bang_chi_so },
	{ key: 'cach_tinh', kind: 'block', about: m.reports_ph_cach_tinh }
];

/** Which table of a report a placeholder stands for (ReportTable.id). */
export const TABLE_OF: Readonly<Record<string, string>> = {
	bang_don_vi: 'units',
	bang_noi_dung: 'measures',
	bang_cau_hoi: 'items',
	bang_chi_tieu: 'targets',
	bang_giai_trinh: 'explanations',
	bang_chi_so: 'indices'
};

/** The placeholder that a name in an outline means; undefined for one that we do not know. */
export function placeholderOf(written: string): Placeholder | undefined {
	const key = written
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/đ/gi, 'd')
		.trim()
		.toLowerCase()
		.replace(/[\s\u00a0_-]+/g, '_');
	return PLACEHOLDERS.find((each) => each.key === key);
}
