// A citizen without a browser: opens the form as any client without JavaScript would, and posts it back.

/** A form as it was opened: what must be posted back untouched. */
export interface OpenedForm {
	url: string;
	/** Hidden fields by name, the ticket among them. */
	hidden: Record<string, string>;
}

const decode = (text: string) =>
	text
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');

/**
 * Opens the form of a service point.
 * @throws Error when the answer is not the form
 */
export async function openForm(url: string): Promise<OpenedForm> {
	const answer = await fetch(url, { signal: AbortSignal.timeout(20_000) });
	const page = await answer.text();
	if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status}`);
	const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g);
	const hidden = Object.fromEntries([...inputs].map(([, name, value]) => [name!, decode(value!)]));
	if (!hidden.ticket) throw new Error(`GET ${url}: no form`);
	return { url, hidden };
}

/** Posts answers, as a browser without JavaScript; resolves to the status and the page. */
export async function postForm(
	form: OpenedForm,
	answers: Record<string, string>
): Promise<{ status: number; page: string }> {
	const answer = await fetch(form.url, {
		method: 'POST',
		body: new URLSearchParams({ ...form.hidden, ...answers }),
		// Without `accept` Kit answers as to its own script: JSON with status 200, whatever the outcome.
		headers: { origin: new URL(form.url).origin, accept: 'text/html' },
		redirect: 'manual',
		signal: AbortSignal.timeout(20_000)
	});
	return { status: answer.status, page: await answer.text() };
}
