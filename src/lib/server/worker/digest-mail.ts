// The words of the weekly digest: counts and links, never a text that somebody wrote. About F2 it says that there is an
// alert to read and nothing else. Vietnamese first, then English and Chinese in short.

export interface DigestFacts {
	unit: string;
	/** yyyy-mm-dd, the day up to which the last one told. */
	since: string;
	alerts: number;
	received: number;
	/** Whether a leader has an alert of its own kind to read. */
	hasPrivate: boolean;
	/** Base of the links. */
	publicUrl: string;
	unitId: string;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Subject, text and HTML. */
export function digestMail(facts: DigestFacts): { subject: string; text: string; html: string } {
	const { unit, since, alerts, received, hasPrivate, publicUrl, unitId } = facts;
	const [year, month, day] = since.split('-');
	const date = `${day}/${month}/${year}`;
	const link = `${publicUrl}/alerts?unit=${unitId}`;
	const lines = [
		`Từ ngày ${date}, ${unit} nhận ${received} phiếu và có ${alerts} cảnh báo mới.`,
		...(hasPrivate ? ['Có một cảnh báo riêng dành cho lãnh đạo.'] : [])
	];
	const stop = 'Không muốn nhận thư này nữa: tắt ở cuối trang Cảnh báo.';
	const en = `Since ${date}: ${received} answers, ${alerts} new alerts${hasPrivate ? ', and one alert for leaders' : ''}. Turn this mail off at the end of the page of alerts.`;
	const zh = `自${date}起:收到${received}份答卷,${alerts}条新提醒${hasPrivate ? ',另有一条领导专属提醒' : ''}。可在提醒页面底部关闭此邮件。`;
	const paragraph = (text: string, style = '') =>
		`<p style="margin:0 0 16px;${style}">${escape(text)}</p>`;
	return {
		subject: `Lắng Nghe, tóm tắt tuần: ${unit}`,
		text: `${lines.join('\n')}\n\n${link}\n\n${stop}\n\n--\n${en}\n\n${zh}\n`,
		html: `<!doctype html><html lang="vi"><body style="margin:0;padding:24px;font-family:'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;font-size:16px;line-height:1.5;color:#17212b">${lines.map((line) => paragraph(line)).join('')}<p style="margin:0 0 24px"><a href="${escape(link)}" style="display:inline-block;padding:12px 24px;color:#fff;background:#2b4590;border-radius:6px;font-weight:600;text-decoration:none">Xem cảnh báo và số liệu</a></p>${paragraph(stop, 'color:#4b5865')}${paragraph(en, 'color:#4b5865')}${paragraph(zh, 'color:#4b5865')}</body></html>`
	};
}
