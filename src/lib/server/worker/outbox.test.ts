import { expect, test } from 'vitest';
import { digestMail } from './digest-mail';
import { invitationMail } from './invitation-mail';
import { pauseAfter } from './outbox';

test('the pause after a failed mail doubles up to six hours', () => {
	expect([1, 2, 3].map(pauseAfter)).toEqual([60_000, 120_000, 240_000]);
	expect(pauseAfter(40)).toBe(6 * 60 * 60_000);
});

test('an invitation says who invites to what, until when, and carries the link once in each form', () => {
	const mail = invitationMail({
		role: 'officer',
		unit: 'Bộ phận <Một cửa>',
		organisation: 'Cơ quan',
		until: '2026-11-27',
		link: 'http://localhost/invite/abc'
	});
	expect(mail.text).toContain('Bộ phận <Một cửa>, Cơ quan mời anh/chị');
	expect(mail.text).toContain('27/11/2026');
	expect(mail.html.match(/invite\/abc/g)).toHaveLength(1);
	expect(mail.html).not.toContain('<Một cửa>');
});

test('a digest says how much is new with a link, and to a leader only that there is more to read', () => {
	const facts = {
		...{ unit: 'Bộ phận <Một cửa>', unitId: 'u', since: '2026-11-13', alerts: 2, received: 87 },
		reports: [],
		publicUrl: 'https://langnghe.example'
	};
	const mail = digestMail({ ...facts, hasPrivate: false });
	expect(mail.text).toContain(
		'Từ ngày 13/11/2026, Bộ phận <Một cửa> nhận 87 phiếu và có 2 cảnh báo mới.'
	);
	expect(mail.text).toContain('https://langnghe.example/alerts?unit=u');
	expect(mail.text).not.toContain('lãnh đạo');
	expect(mail.html).not.toContain('<Một cửa>');
	expect(digestMail({ ...facts, hasPrivate: true }).text).toContain(
		'Có một cảnh báo riêng dành cho lãnh đạo.'
	);
	const reports = [{ period: '2026-9M', dueOn: '2026-09-20' }];
	expect(digestMail({ ...facts, hasPrivate: false, reports }).text).toContain(
		'Báo cáo 9 tháng 2026: hạn 20/09/2026, chưa ghi là đã gửi. Xem https://langnghe.example/reports'
	);
});
