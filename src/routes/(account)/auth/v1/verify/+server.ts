import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/**
 * The plain-text half of the embedded server's mails cannot be configured: its link names the Auth
 * server's own address on this host. It is led to the same page as the link of our templates.
 */
export const GET: RequestHandler = ({ url }) => {
	const asked = new URLSearchParams({
		token_hash: url.searchParams.get('token') ?? '',
		type: url.searchParams.get('type') ?? ''
	});
	redirect(303, `/auth/confirm?${asked}`);
};
