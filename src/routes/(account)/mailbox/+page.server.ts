import type { PageServerLoad } from './$types';
import * as mailbox from '$lib/members/mailbox.server';

export const load: PageServerLoad = async (event) => ({
	mails: (await mailbox.list(event)).map(({ name, at, to, subject }) => ({
		...{ name, to, subject },
		at: at.toLocaleString('sv', { timeZone: 'Asia/Ho_Chi_Minh' })
	}))
});
