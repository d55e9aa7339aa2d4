// A session without a browser: for requests that only need to be somebody's.

/** Signs in as a browser does; resolves to the cookies. */
export async function signIn(url: string, email: string, password: string): Promise<string> {
	const answer = await fetch(`${url}/sign-in`, {
		method: 'POST',
		redirect: 'manual',
		headers: {
			accept: 'text/html',
			origin: url,
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({ email, password })
	});
	if (answer.status !== 303) throw new Error(`sign-in answered ${answer.status}`);
	return answer.headers
		.getSetCookie()
		.map((cookie) => cookie.split(';')[0])
		.join('; ');
}
