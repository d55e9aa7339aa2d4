/**
 * Reads the body of a form under a limit, counted while it arrives: a missing or lying
 * content-length gains nothing. Must not know: what the form asks.
 */

/** Bytes that a citizen's form without a file may have: 2,000 characters are 18 KB when encoded. */
export const SMALL_FORM_BYTES = 64 * 1024;

export class BodyTooLargeError extends Error {
	override name = 'BodyTooLargeError';
}

/** The body is not a form that can be read. */
export class MalformedBodyError extends Error {
	override name = 'MalformedBodyError';
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer>> {
	if (Number(request.headers.get('content-length') ?? 0) > limit) throw new BodyTooLargeError();
	const chunks: Uint8Array[] = [];
	let size = 0;
	const reader = request.body?.getReader();
	while (reader) {
		const { done, value } = await reader.read();
		if (done) break;
		size += value.byteLength;
		if (size > limit) {
			await reader.cancel();
			throw new BodyTooLargeError();
		}
		chunks.push(value);
	}
	return new Uint8Array(Buffer.concat(chunks));
}

/**
 * The body as text, under the same limit.
 * @throws BodyTooLargeError past `limit` bytes
 */
export async function readText(request: Request, limit = SMALL_FORM_BYTES): Promise<string> {
	return new TextDecoder().decode(await readBytes(request, limit));
}

/**
 * The fields of a posted form.
 * @throws BodyTooLargeError past `limit` bytes
 * @throws MalformedBodyError when the body is no form
 */
export async function readForm(request: Request, limit = SMALL_FORM_BYTES): Promise<FormData> {
	const bytes = await readBytes(request, limit);
	const type = request.headers.get('content-type') ?? '';
	if (/^application\/x-www-form-urlencoded\b/i.test(type)) {
		const form = new FormData();
		for (const [name, value] of new URLSearchParams(new TextDecoder().decode(bytes))) {
			form.append(name, value);
		}
		return form;
	}
	try {
		return await new Response(bytes, { headers: { 'content-type': type } }).formData();
	} catch {
		throw new MalformedBodyError();
	}
}
