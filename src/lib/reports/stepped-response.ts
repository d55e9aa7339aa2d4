/**
 * Hands out a file while it is made: each piece is made when the reader has room for it, others get
 * their turn between pieces, and whoever goes away stops the work.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';
import { frameOf, STEPS_TYPE, type Step } from './steps';

interface Named {
	type: string;
	/** With its ending, in ASCII. */
	name: string;
}

/**
 * The steps again, with the first ones made already: what cannot be made at all fails here, while the answer can still
 * be a page that says so.
 * @param count steps that are made at once
 * @throws what making them throws
 */
export async function begun(
	steps: AsyncGenerator<Step>,
	count: number
): Promise<AsyncGenerator<Step>> {
	const made: Step[] = [];
	while (made.length < count) {
		const { done, value } = await steps.next();
		if (done) break;
		made.push(value);
	}
	return (async function* () {
		yield* made;
		yield* steps;
	})();
}

/** @param onFailure told when the making fails: the answer has begun, so that nobody else can tell */
export function steppedResponse(
	request: Request,
	steps: AsyncGenerator<Step>,
	{ type, name }: Named,
	onFailure: (failure: unknown) => void
): Response {
	const isWatched = request.headers.get('accept') === STEPS_TYPE;
	let isLeft = false;
	const body = new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					while (!isLeft) {
						await othersFirst();
						const { done, value } = await steps.next();
						if (isLeft) return;
						if (done) return controller.close();
						const bytes = isWatched ? frameOf(value) : value.bytes;
						if (bytes.length > 0) return controller.enqueue(bytes);
					}
				} catch (failure) {
					onFailure(failure);
					throw failure;
				}
			},
			async cancel() {
				isLeft = true;
				await steps.return(undefined);
			}
		},
		// Nothing is made before somebody reads.
		{ highWaterMark: 0 }
	);
	return new Response(body, {
		headers: {
			'content-type': isWatched ? STEPS_TYPE : type,
			'content-disposition': `attachment; filename="${name}"`,
			// nginx would keep the pieces until it has enough of them.
			'x-accel-buffering': 'no',
			vary: 'accept'
		}
	});
}
