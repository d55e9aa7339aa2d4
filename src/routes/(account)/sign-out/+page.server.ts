import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { signOut } from '$lib/members/account.server';

export const load: PageServerLoad = () => redirect(303, '/sign-in');

export const actions: Actions = {
	default: async (event) => {
		const everywhere = (await event.request.formData()).has('everywhere');
		await signOut(event, everywhere);
		redirect(303, '/sign-in?why=out');
	}
};
