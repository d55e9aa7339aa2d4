import { publicOrigin } from '$lib/server/env';

export const load = (event) => ({
	locale: event.locals.locale,
	host: new URL(publicOrigin(event)).host
});
