// The words of the weekly digest: counts and links, never a text that somebody wrote. About F2 it says that there is an
// alert to read and nothing else. Vietnamese first, then English and Chinese in short.

import { parsePeriod } from '../../scoring/period.ts';

export interface DigestFacts {
	unit: string;
	/** yyyy-mm-dd, the day up to which the last one told. */
	since: string;
	alerts: number;
	received: number;
	/** Whether a leader has an alert of its own kind to read. */
	hasPrivate: boolean;
	/** Reports of the organisation that are due soon or late, for whoever compiles them. */
	reports: { period: string; dueOn: string }[];
	/** Base of the links. */
	publicUrl: string;
	unitId: string;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const written = (day: string) => day.split('-').reverse().join('/');

const KINDS = { quarter: 'quý', half: '6 tháng', nine_months: '9 tháng', year: 'năm' } as const;

/** "9 tháng 2026", "quý 2/2026": the worker has no message functions. */
function periodName(code: string): string {
	const period = parsePeriod(code);
	if (!period) return code;
	const { kind, number, year } = period;
	if (kind === 'month') return `tháng ${number}/${year}`;
	return kind === 'quarter' ? `quý ${number}/${year}` : `${KINDS[kind]} ${year}`;
}

/** Subject, text and HTML. */
export function digestMail(facts: DigestFacts): { subject: string; text: string; html: string } {
	const { unit, since, alerts, received, hasPrivate, reports, publicUrl, unitId } = facts;
	const date = written(since);
	const link = `${publicUrl}/alerts?unit=${unitId}`;
	const lines = [
		`Từ ngày ${date}, ${unit} nhận ${received} phiếu và có ${alerts} cảnh báo mới.`,
		...(hasPrivate ? ['Có một cảnh báo riêng dành cho lãnh đạo.'] : []),
		...reports.map(
			({ period, dueOn }) =>
				`Báo cáo ${periodName(period)}: hạn ${written(dueOn)}, chưa ghi là đã gửi. Xem ${publicUrl}/reports`
		)
	];
	const stop = 'Không muốn nhận thư này nữa: tắt ở cuối trang Cảnh báo.';
	const en = `Since ${date}: ${received} answers, ${alerts} new alerts${hasPrivate ? ', and one alert for leaders' : ''}${reports.length > 0 ? `, ${reports.length} reports due` : ''}. Turn this mail off at the end of the page of alerts.`;
	const zh = `自${date}起:收到${received}份答卷,${alerts}条新提醒${hasPrivate ? ',另有一条领导专属提醒' : ''}${reports.length > 0 ? `,${reports.length}份报告即将到期或已逾期` : ''}。可在提醒页面底部关闭此邮件。`;
	const paragraph = (text: string, style = '') =>
		`<p style="margin:0 0 16px;${style}">${escape(text)}</p>`;
	return {
		subject: `Lắng Nghe, tóm tắt tuần: ${unit}`,
		text: `${lines.join('\n')}\n\n${link}\n\n${stop}\n\n--\n${en}\n\n${zh}\n`,
		html: `<!doctype html><html lang="vi"><body style="margin:0;padding:24px;font-family:'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;font-size:16px;line-height:1.5;color:#17212b">${lines.map((line) => paragraph(line)).join('')}<p style="margin:0 0 24px"><a href="${escape(link)}" style="display:inline-block;padding:12px 24px;color:#fff;background:#2b4590;border-radius:6px;font-weight:600;text-decoration:none">Xem cảnh báo và số liệu</a></p>${paragraph(stop, 'color:#4b5865')}${paragraph(en, 'color:#4b5865')}${paragraph(zh, 'color:#4b5865')}</body></html>`
	};
}
