/**
 * A file in the making as steps, and the steps on their way to a page: how many lines of how many are
 * written, with the bytes since the step before. A page that watches asks for them by its Accept
 * header and gets frames; everybody else gets the bytes alone.
 */

export interface Step {
	/** Lines of tables written so far, and all of them; 0 of 0 until the number is known. */
	done: number;
	of: number;
	bytes: Uint8Array;
}

export const STEPS_TYPE = 'application/x-file-steps';
export const NO_BYTES = new Uint8Array(0);

/** Three numbers of four bytes each stand before the bytes of a frame: done, of, length. */
const HEAD = 12;

export function frameOf({ done, of, bytes }: Step): Uint8Array {
	const frame = new Uint8Array(HEAD + bytes.length);
	const head = new DataView(frame.buffer);
	[done, of, bytes.length].forEach((value, at) => head.setUint32(at * 4, value));
	frame.set(bytes, HEAD);
	return frame;
}

/** The whole frames at the beginning, and what is left of the next one. */
function cutFrames(held: Uint8Array): { steps: Step[]; rest: Uint8Array } {
	const steps: Step[] = [];
	let at = 0;
	while (held.length - at >= HEAD) {
		const head = new DataView(held.buffer, held.byteOffset + at, HEAD);
		const end = at + HEAD + head.getUint32(8);
		if (end > held.length) break;
		const bytes = held.slice(at + HEAD, end);
		steps.push({ done: head.getUint32(0), of: head.getUint32(4), bytes });
		at = end;
	}
	return { steps, rest: held.subarray(at) };
}

/** @throws when the body ends within a frame */
export async function* stepsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Step> {
	const reader = body.getReader();
	let rest: Uint8Array = NO_BYTES;
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		const held = new Uint8Array(rest.length + value.length);
		held.set(rest);
		held.set(value, rest.length);
		const cut = cutFrames(held);
		yield* cut.steps;
		rest = cut.rest;
	}
	if (rest.length > 0) throw new Error('the file broke off');
}

export interface Received {
	done: number;
	of: number;
	/** Bytes so far. */
	bytes: number;
}

/**
 * Fetches a file step by step.
 * @throws when it is refused, breaks off or is stopped by the signal
 */
export async function receiveFile(
	href: string,
	onStep: (received: Received) => void,
	signal: AbortSignal
): Promise<{ file: Blob; name: string }> {
	const answer = await fetch(href, { headers: { accept: STEPS_TYPE }, signal });
	// Whoever is signed out gets a page instead.
	if (!answer.ok || !answer.body || answer.headers.get('content-type') !== STEPS_TYPE) {
		throw new Error(`answered ${answer.status}`);
	}
	const named = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '');
	const pieces: Uint8Array<ArrayBuffer>[] = [];
	let total = 0;
	for await (const { done, of, bytes } of stepsOf(answer.body)) {
		pieces.push(new Uint8Array(bytes));
		total += bytes.length;
		onStep({ done, of, bytes: total });
	}
	return { file: new Blob(pieces), name: named?.[1] ?? 'file' };
}
