/**
 * The headers that every answer of ours carries. The Content-Security-Policy is Kit's (svelte.config.js),
 * because it holds the nonces of the page. Must not know: routes.
 */

const ALWAYS = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'x-frame-options': 'DENY',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
	'cross-origin-opener-policy': 'same-origin'
};

/** Without subdomains: they may belong to other systems of the province. */
const HSTS = 'max-age=31536000';

/** What tells about the software and helps no reader. */
const TELLTALES = ['x-sveltekit-page', 'x-powered-by', 'server'];

/**
 * @param isTls whether readers reach us over TLS (ORIGIN says so): only then a browser may insist on it
 * @param isFramed whether a page of ours shows this one in a frame; nobody else ever may
 */
export function secureHeaders(headers: Headers, isTls: boolean, isFramed = false): void {
	for (const [name, value] of Object.entries(ALWAYS)) headers.set(name, value);
	const policy = headers.get('content-security-policy');
	if (isFramed && policy) {
		headers.set('x-frame-options', 'SAMEORIGIN');
		headers.set(
			'content-security-policy',
			policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
		);
	}
	if (isTls) headers.set('strict-transport-security', HSTS);
	for (const name of TELLTALES) headers.delete(name);
}
