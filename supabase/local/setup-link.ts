// The one-time link for the first administrator, printed while nobody is a member of anything. A new one with every
// start: the older one stops working, so a terminal that scrolled away opens nothing.

/** The link, or undefined when there is a member already. @throws Error when the server refuses */
export async function setupLink(
	supabase: { url: string; secretKey: string },
	publicUrl: string
): Promise<string | undefined> {
	const answer = await fetch(`${supabase.url}/rest/v1/rpc/new_setup_link`, {
		method: 'POST',
		headers: {
			apikey: supabase.secretKey,
			// The older, JWT-shaped keys are also wanted here; the newer ones must not be.
			...(supabase.secretKey.startsWith('sb_')
				? {}
				: { authorization: `Bearer ${supabase.secretKey}` }),
			'content-type': 'application/json'
		},
		body: '{}',
		signal: AbortSignal.timeout(15_000)
	});
	if (!answer.ok) {
		throw new Error(
			`The Supabase at ${supabase.url} does not take SUPABASE_SECRET_KEY (${answer.status}): the worker cannot work, and no set-up link can be made.`
		);
	}
	const token = (await answer.json()) as string | null;
	return token ? `${publicUrl}/first-setup/${token}` : undefined;
}
