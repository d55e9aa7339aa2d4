import { error, fail, redirect } from '@sveltejs/kit';
import { m } from '$lib/i18n/paraglide/messages.js';
import { BodyTooLargeError, readForm } from '$lib/server/form-body';
import { canonicalCode } from '$lib/survey/code';

const SMALL = 4 * 1024;

export const actions = {
	default: async ({ request, locals }) => {
		const form = await readForm(request, SMALL).catch((cause: unknown) => {
			if (cause instanceof BodyTooLargeError) error(413, { message: m.error_body_too_large() });
			error(422, { message: m.error_method() });
		});
		const typed = String(form.get('code') ?? '').slice(0, 60);
		const code = canonicalCode(typed);
		if (!code) return fail(422, { typed, isEmpty: typed.trim() === '' });
		redirect(303, `/m/${code}?lang=${locals.locale}`);
	}
};
