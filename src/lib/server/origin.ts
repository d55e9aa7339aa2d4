/**
 * Whether a form may come from where it says it comes from.
 * Citizen forms carry no session, so there is nothing to forge, and in-app browsers send `null` or
 * nothing: any Origin is right; machines (`/api/`) bring a token and have none. Everywhere else the Origin must be our own host.
 */

const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

/** Whether a route (its id, groups included) is one that citizens post to without a session. */
export function isCitizenRoute(routeId: string | null): boolean {
	return routeId?.startsWith('/(citizen)/') ?? false;
}

/** Whether a route is called by machines, with a token of its own instead of a session. */
export function isMachineRoute(routeId: string | null): boolean {
	return routeId?.startsWith('/api/') ?? false;
}

/** Whether a page of ours shows this one in a frame: the preview of a questionnaire does. */
export function isFramedRoute(routeId: string | null): boolean {
	return routeId?.endsWith('/frame') ?? false;
}

/**
 * @param routeId Kit's id of the matched route, null when none matched
 * @param host host and port that count as ours (of ORIGIN, else the Host header)
 */
export function mayPost(request: Request, routeId: string | null, host: string): boolean {
	if (SAFE_METHODS.includes(request.method) || isCitizenRoute(routeId)) return true;
	if (isMachineRoute(routeId)) return true;
	const origin = request.headers.get('origin');
	// The scheme is not compared: behind a proxy that ends TLS we cannot know it.
	return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
