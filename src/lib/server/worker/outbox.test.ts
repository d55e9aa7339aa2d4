import { expect, test } from 'vitest';
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
