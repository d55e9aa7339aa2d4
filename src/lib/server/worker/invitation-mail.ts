// The words of the invitation mail: Vietnamese first, then English and Chinese in short. Plain text and simple HTML
// with the same link. The worker runs on plain Node, so these words are not interface messages.

const ROLES: Record<string, { vi: string; en: string; zh: string }> = {
	officer: { vi: 'Cán bộ xử lý', en: 'Officer', zh: '经办人员' },
	analyst: { vi: 'Cán bộ tổng hợp', en: 'Analyst', zh: '汇总人员' },
	leader: { vi: 'Lãnh đạo', en: 'Leader', zh: '领导' },
	administrator: { vi: 'Quản trị viên', en: 'Administrator', zh: '管理员' },
	auditor: { vi: 'Người kiểm tra (chỉ xem)', en: 'Auditor', zh: '检查人员' }
};

export interface InvitationFacts {
	role: string;
	unit: string;
	organisation: string;
	/** yyyy-mm-dd in Vietnam. */
	until: string;
	link: string;
}

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Subject, text and HTML. */
export function invitationMail({ role, unit, organisation, until, link }: InvitationFacts): {
	subject: string;
	text: string;
	html: string;
} {
	const words = ROLES[role] ?? { vi: role, en: role, zh: role };
	const place = unit === organisation ? organisation : `${unit}, ${organisation}`;
	const [year, month, day] = until.split('-');
	const date = `${day}/${month}/${year}`;
	const vi = `Kính gửi anh/chị,

${place} mời anh/chị làm việc trên Lắng Nghe với vai trò ${words.vi}.`;
	const note = `Đường dẫn dùng được một lần, đến hết ngày ${date}. Ai giữ đường dẫn thì nhận được quyền: xin đừng chuyển tiếp. Nếu không biết vì sao nhận được thư này, hãy bỏ qua.`;
	const en = `${place} invites you to work with Lắng Nghe as ${words.en}. The link works once, until ${date}; please do not forward it.`;
	const zh = `${place} 邀请您以“${words.zh}”身份使用 Lắng Nghe。链接仅可使用一次,有效期至 ${date};请勿转发。`;
	const paragraph = (text: string, style = '') =>
		`<p style="margin:0 0 16px;${style}">${escape(text).replaceAll('\n\n', '<br><br>')}</p>`;
	return {
		subject: `Lời mời làm việc trên Lắng Nghe: ${unit}`,
		text: `${vi}\n\n${link}\n\n${note}\n\n--\n${en}\n\n${zh}\n`,
		html: `<!doctype html><html lang="vi"><body style="margin:0;padding:24px;font-family:'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;font-size:16px;line-height:1.5;color:#17212b">${paragraph(vi)}<p style="margin:0 0 24px"><a href="${escape(link)}" style="display:inline-block;padding:12px 24px;color:#fff;background:#2b4590;border-radius:6px;font-weight:600;text-decoration:none">Xem lời mời</a></p>${paragraph(note, 'color:#4b5865')}${paragraph(en, 'color:#4b5865')}${paragraph(zh, 'color:#4b5865')}</body></html>`
	};
}
