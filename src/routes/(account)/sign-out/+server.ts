import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { signOut } from '$lib/members/account.server';

/** Whoever types the address has nothing to post. */
export const GET: RequestHandler = () => redirect(303, '/sign-in');

/** Ends the session here, or everywhere. That the form is ours, the hook has checked. */
export const POST: RequestHandler = async (event) => {
	const everywhere = (await event.request.formData()).has('everywhere');
	await signOut(event, everywhere);
	redirect(303, '/sign-in?why=out');
};
