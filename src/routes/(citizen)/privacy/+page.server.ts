import { organisationsOf } from '$lib/survey/controllers.server';
import { refuse } from '$lib/survey/refusal.server';
import { canonicalToken } from '$lib/survey/token';

export const load = async ({ url, setHeaders }) => {
	const point = canonicalToken(url.searchParams.get('point') ?? '');
	try {
		return { point, controllers: await organisationsOf(point) };
	} catch (cause) {
		refuse(cause, setHeaders);
	}
};
