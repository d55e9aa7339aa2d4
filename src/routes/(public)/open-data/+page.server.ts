import type { PageServerLoad } from './$types';
import { readHashes } from '$lib/open-data/open-data.server';
import { publicOrigin } from '$lib/server/env';
import { refuse } from '$lib/transparency/refusal';

/** Where the open data is, and the newest daily hash. */
export const load: PageServerLoad = async (event) => {
	const { days } = await readHashes().catch(refuse);
	return { last: days.at(-1) ?? null, origin: publicOrigin(event) };
};
