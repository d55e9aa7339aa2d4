import { setTimeout as sleep } from 'node:timers/promises';
import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions } from './$types';
import { parseForm } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { requestRecovery } from '$lib/members/account.server';
import { mayMail } from '$lib/members/sign-in-limits.server';

/** Every answer after the same time, whether there is such an account and whether mail works. */
const ANSWER_MS = 500;

const schema = () =>
	z.object({
		email: z
			.string()
			.trim()
			.max(320, m.account_email_wrong())
			.pipe(z.email(m.account_email_wrong()))
	});

export const actions: Actions = {
	default: async ({ request }) => {
		const parsed = parseForm(schema(), await request.formData());
		if (!parsed.ok) return fail(422, { ...parsed.state, sent: false });
		const { email } = parsed.data;
		const answer = sleep(ANSWER_MS);
		if (await mayMail(email)) requestRecovery(email);
		await answer;
		return { sent: true, values: { email }, problems: {} };
	}
};
