/**
 * Where the links of auth mails lead. Opening the page does nothing: mail gateways open every link to
 * look at it, and a link works once. The button does it.
 */
import { fail, redirect } from '@sveltejs/kit';
import type { EmailOtpType } from '@supabase/supabase-js';
import type { Actions, PageServerLoad } from './$types';
import { redeem } from '$lib/members/account.server';
import { takePath } from '$lib/members/pending-invitation.server';
import { markRecovery } from '$lib/members/recovery-mark.server';

const TYPES = ['signup', 'email', 'recovery', 'email_change'] as const;
type MailType = (typeof TYPES)[number] & EmailOtpType;

function mailType(value: unknown): MailType | undefined {
	return TYPES.find((type) => type === value);
}

export const load: PageServerLoad = ({ url }) => ({
	type: mailType(url.searchParams.get('type')),
	tokenHash: (url.searchParams.get('token_hash') ?? '').slice(0, 300)
});

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const type = mailType(form.get('type'));
		const tokenHash = String(form.get('token_hash') ?? '').slice(0, 300);
		const user = type && tokenHash ? await redeem(event, tokenHash, type) : undefined;
		if (!user) return fail(410, { failed: true });
		if (type === 'recovery') {
			markRecovery(event, user.id);
			redirect(303, '/auth/new-password');
		}
		if (type === 'email_change') redirect(303, '/account?done=email');
		redirect(303, takePath(event) ?? '/office');
	}
};
