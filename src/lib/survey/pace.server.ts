/**
 * How many forms one address may post to one point. A whole hall shares an address (office Wi-Fi,
 * CGNAT), so the limit is soft and wide: 600 in ten minutes is three tries for each of 200 people, and
 * a script that posts thousands gets one a second. What was typed is never lost: the form comes back.
 *
 * Nothing is counted where the address tells nobody apart: on this machine, or behind a proxy that
 * hides who asks. In memory only, under a keyed hash (rate-limit.ts); never in the database.
 */
import { Counter } from '$lib/server/rate-limit';

/** Forms of one address to one point, and the seconds they are counted for. */
export const POSTS = 600;
export const WINDOW_SECONDS = 10 * 60;

export class Pace {
	private readonly posts: Counter;

	constructor(posts = POSTS, seconds = WINDOW_SECONDS) {
		this.posts = new Counter(posts, seconds);
	}

	/** Counts a form; resolves to the seconds to wait when there are too many, otherwise 0. */
	async meet(point: string, address: string | undefined): Promise<number> {
		if (!address) return 0;
		const wait = await this.posts.wait(point, address);
		if (wait === 0) await this.posts.add(point, address);
		return wait;
	}
}

export const pace = new Pace();
