import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batcher, BusyError, type BatcherOptions, type FailureKind } from './batcher.server';

class Failure extends Error {
	readonly kind: FailureKind;
	constructor(kind: FailureKind) {
		super(kind);
		this.kind = kind;
	}
}

function batcher(options: Partial<BatcherOptions<number, string>> = {}) {
	const calls: number[][] = [];
	const committed: number[] = [];
	const made = new Batcher<number, string>({
		send: async (items) => {
			calls.push(items);
			await new Promise((resolve) => setTimeout(resolve, 1));
			if (items.some((item) => item < 0)) throw new Failure('item');
			committed.push(...items);
			return items.map((item) => `done ${item}`);
		},
		kindOf: (error) => (error instanceof Failure ? error.kind : 'away'),
		maxBatch: 50,
		halveFrom: 20,
		maxQueue: 1000,
		maxCalls: 2,
		lingerMs: 2,
		overtakeMs: 20,
		patienceMs: 1000,
		...options
	});
	return { made, calls, committed };
}

describe('micro-batches', () => {
	it('join what arrives together, in order, up to the largest batch', async () => {
		const { made, calls } = batcher({ maxBatch: 3 });
		const results = await Promise.all([1, 2, 3, 4, 5].map((n) => made.submit(n)));
		expect(results).toEqual(['done 1', 'done 2', 'done 3', 'done 4', 'done 5']);
		expect(calls).toEqual([
			[1, 2, 3],
			[4, 5]
		]);
	});

	it('gather while a call is on its way, and overtake it only when it is slow', async () => {
		const sent: number[] = [];
		const send = async (items: number[]) => {
			sent.push(items.length);
			await new Promise((resolve) => setTimeout(resolve, items.includes(1) ? 60 : 1));
			return items.map(String);
		};
		const { made } = batcher({ send });
		const slow = made.submit(1);
		await new Promise((resolve) => setTimeout(resolve, 5));
		const others = [2, 3, 4].map((item) => made.submit(item));
		await Promise.all(others);
		expect(sent).toEqual([1, 3]);
		await slow;
	});

	it('store a crowd in two halves that take turns, and a handful at once', async () => {
		const crowd = batcher();
		const answers = Array.from({ length: 40 }, (_, n) =>
			// Who was thanked comes back with the next answer.
			crowd.made.submit(n).then(() => crowd.made.submit(100 + n))
		);
		await Promise.all(answers);
		expect(crowd.calls.map((items) => items.length)).toEqual([20, 20, 20, 20]);
		const handful = batcher();
		await Promise.all(Array.from({ length: 19 }, (_, n) => handful.made.submit(n)));
		expect(handful.calls).toHaveLength(1);
	});

	it('wait for the other half of a crowd no longer than until it is complete', async () => {
		const { made, calls } = batcher({ maxBatch: 6, lingerMs: 3_600_000 });
		const submit = (...items: number[]) => Promise.all(items.map((item) => made.submit(item)));
		await submit(1, 2, 3, 4, 5, 6);
		const others = submit(7, 8, 9, 10, 11);
		await new Promise((resolve) => setTimeout(resolve, 5));
		expect(calls).toEqual([[1, 2, 3, 4, 5, 6]]);
		await Promise.all([others, submit(12)]);
		expect(calls.at(-1)).toEqual([7, 8, 9, 10, 11, 12]);
	});

	it('send the next call before those of the last one are thanked', async () => {
		const order: string[] = [];
		const send = async (items: number[]) => {
			order.push(`call of ${items.length}`);
			await new Promise((resolve) => setTimeout(resolve, 1));
			return items.map(String);
		};
		const { made } = batcher({ send });
		const thanks = Array.from({ length: 40 }, (_, n) =>
			made.submit(n).then(() => order.push('thanks'))
		);
		await Promise.all(thanks);
		expect(order.slice(0, 3)).toEqual(['call of 20', 'call of 20', 'thanks']);
	});

	it('let a bad item fail alone, wherever it stands', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: -3, max: 30 }), { maxLength: 40 }),
				async (items) => {
					const { made, committed } = batcher();
					const settled = await Promise.allSettled(items.map((item) => made.submit(item)));
					settled.forEach((one, index) => {
						const item = items[index] as number;
						expect(one.status).toBe(item < 0 ? 'rejected' : 'fulfilled');
					});
					const good = items.filter((item) => item >= 0);
					expect([...committed].sort()).toEqual([...good].sort());
				}
			),
			{ numRuns: 30 }
		);
	});

	it('try a deadlock again and again, then give up', async () => {
		let tries = 0;
		const sends = (until: number) => (items: number[]) =>
			++tries < until ? Promise.reject(new Failure('retry')) : Promise.resolve(items.map(String));
		await expect(batcher({ send: sends(4) }).made.submit(7)).resolves.toBe('7');
		tries = 0;
		await expect(batcher({ send: sends(99) }).made.submit(7)).rejects.toThrow('retry');
		expect(tries).toBe(6);
	});

	it('fail everybody at once when nobody answers, without halving', async () => {
		let tries = 0;
		const send = () => {
			tries += 1;
			return Promise.reject(new Failure('away'));
		};
		const { made } = batcher({ send });
		const settled = await Promise.allSettled([1, 2, 3].map((n) => made.submit(n)));
		expect(settled.every((one) => one.status === 'rejected')).toBe(true);
		expect(tries).toBe(1);
	});

	it('turn away past the bounded queue, and take again afterwards', async () => {
		const { made } = batcher({ maxQueue: 2 });
		const first = [made.submit(1), made.submit(2)];
		await expect(made.submit(3)).rejects.toThrow(BusyError);
		await Promise.all(first);
		await expect(made.submit(4)).resolves.toBe('done 4');
	});

	it('turn away what waited too long before its call started', async () => {
		const send = async (items: number[]) => {
			await new Promise((resolve) => setTimeout(resolve, 60));
			return items.map(String);
		};
		const { made } = batcher({ send, maxCalls: 1, maxBatch: 1, patienceMs: 30 });
		const settled = await Promise.allSettled([1, 2].map((n) => made.submit(n)));
		expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
	});

	it('never claim success when the answer does not fit the question', async () => {
		const { made } = batcher({ send: () => Promise.resolve([]) });
		await expect(made.submit(1)).rejects.toThrow('one result per item');
	});
});
