import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { keptOwners, putOwners, readOwners } from '$lib/compare/beside.server';
import { OWNED, ownerOf } from '$lib/compare/owners';
import { refused } from '$lib/compare/refusal.server';
import { changedLines } from '$lib/forms/changed-meanwhile';
import { recordNow } from '$lib/forms/changed-meanwhile.server';
import { parseForm, typedValues } from '$lib/forms/parse-form';
import { m } from '$lib/i18n/paraglide/messages.js';
import { mayOpen } from '$lib/members/pages';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { dimensionName } from '$lib/transparency/words';

/** Who leads the work on each dimension? */
export const load: PageServerLoad = async (event) => {
	const { owners, revision, mayChange } = await readOwners(
		event.locals.supabase,
		placeOf(event).unit.id
	);
	return {
		query: placeQuery(event),
		hasSetup: mayOpen('/setup', placeOf(event).roles),
		done: event.url.searchParams.get('done'),
		mayChange,
		revision,
		isDefault: owners === null,
		rows: OWNED.map((dimension) => ({
			dimension,
			name: dimensionName(dimension),
			owner: ownerOf(dimension, owners) ?? ''
		}))
	};
};

const schema = () => {
	const owner = z.string().trim().max(120, m.owners_too_long());
	return z.object({
		revision: z.coerce.number().int(),
		access: owner,
		procedure: owner,
		conduct: owner,
		result: owner,
		complaints: owner
	});
};

export const actions: Actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const parsed = parseForm(schema(), form);
		if (!parsed.ok) return fail(422, { back: parsed.state });
		const { revision, ...owners } = parsed.data;
		try {
			await putOwners(event.locals.supabase, placeOf(event).organisation.id, owners, revision);
		} catch (failure) {
			const now = recordNow(failure, keptOwners);
			if (!now) return refused(failure, form);
			const changed = changedLines(
				OWNED.map((dimension) => ({
					label: dimensionName(dimension),
					mine: owners[dimension],
					now: now.owners?.[dimension] ?? ''
				}))
			);
			const values = { ...typedValues(form), revision: String(now.revision) };
			return fail(409, { back: { values, problems: {} }, changed });
		}
		const query = placeQuery(event);
		redirect(303, `/setup/owners${query}${query ? '&' : '?'}done=saved`);
	}
};
