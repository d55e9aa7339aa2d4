import type { PageServerLoad } from './$types';
import * as mailbox from '$lib/members/mailbox.server';

export const load: PageServerLoad = async (event) => {
	const { to, subject, text, links } = await mailbox.read(event, event.params.mail);
	return { to, subject, text, links };
};
