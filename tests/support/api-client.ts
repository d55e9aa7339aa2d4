// A client of the Supabase API for tests: plain HTTP, so that a test sees the status that anybody would see.

export interface Answer {
	status: number;
	body: unknown;
}

export interface ApiClient {
	/** Makes an account and signs in; resolves to its id. */
	signUp(email: string, password: string): Promise<string>;
	/** One request to /rest/v1 with the key and, after signUp, the person's token. */
	rest(method: string, path: string, body?: unknown): Promise<Answer>;
}

export function createApiClient(apiUrl: string, key: string): ApiClient {
	let token: string | undefined;

	async function send(method: string, path: string, body?: unknown): Promise<Answer> {
		const response = await fetch(`${apiUrl}${path}`, {
			method,
			headers: {
				apikey: key,
				'content-type': 'application/json',
				prefer: 'return=representation',
				...(token ? { authorization: `Bearer ${token}` } : {})
			},
			body: body === undefined ? undefined : JSON.stringify(body)
		});
		const text = await response.text();
		let parsed: unknown = text;
		try {
			parsed = JSON.parse(text);
		} catch {
			// Not JSON: the text itself is the answer.
		}
		return { status: response.status, body: parsed };
	}

	return {
		async signUp(email, password) {
			const { status, body } = await send('POST', '/auth/v1/signup', { email, password });
			const made = body as { access_token?: string; user?: { id: string } };
			if (!made.access_token || !made.user) throw new Error(`sign-up answered ${status}`);
			token = made.access_token;
			return made.user.id;
		},
		rest: (method, path, body) => send(method, `/rest/v1/${path}`, body)
	};
}
