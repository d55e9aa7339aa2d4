/**
 * Micro-batches: what arrives in the same few milliseconds shares one call and one transaction.
 * Owns: joining, halving round a bad item, retrying deadlocks, the bounded queue, deadlines.
 * Must not know: what an item is. Nobody's promise resolves before the call that holds it did.
 */

/** What a failed call means for the items in it. */
export type FailureKind =
	/** The same call may succeed at once (deadlock, serialization failure). */
	| 'retry'
	/** Nobody answers: every item fails, nothing is tried again here. */
	| 'away'
	/** Some item is bad: halve until it stands alone. */
	| 'item';

export interface BatcherOptions<Item, Result> {
	/** Commits all items or none; results in the order of the items. */
	send(items: Item[]): Promise<Result[]>;
	kindOf(error: unknown): FailureKind;
	/** Items in one call. */
	maxBatch: number;
	/** From how many on a crowd is stored in two halves that take turns; see #share(). */
	halveFrom: number;
	/** Items waiting or on their way, past which new ones are turned away. */
	maxQueue: number;
	/** Calls at the same time. */
	maxCalls: number;
	/** How long the first item of a batch waits for company while no call is on its way, in ms. */
	lingerMs: number;
	/**
	 * The same while a call is on its way: what arrives meanwhile had better share the next one, and
	 * only a slow call is overtaken. One large call costs the database far less than two small ones.
	 */
	overtakeMs: number;
	/** How long an item may wait before its call starts, in ms. */
	patienceMs: number;
}

/** The queue is full, or an item waited too long: nothing was stored for it. */
export class BusyError extends Error {
	override name = 'BusyError';
}

interface Entry<Item, Result> {
	item: Item;
	since: number;
	resolve(result: Result): void;
	reject(error: unknown): void;
}

const MAX_RETRIES = 5;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export class Batcher<Item, Result> {
	readonly #options: BatcherOptions<Item, Result>;
	#queue: Entry<Item, Result>[] = [];
	#pending = 0;
	#calls = 0;
	/** Items of the call that began last. */
	#lastSize = 0;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: BatcherOptions<Item, Result>) {
		this.#options = options;
	}

	/** Items that wait or are on their way. */
	get pending(): number {
		return this.#pending;
	}

	/**
	 * Adds an item to the open batch and waits until it is committed.
	 * @throws BusyError when it was turned away; else the error of its own call
	 */
	submit(item: Item): Promise<Result> {
		if (this.#pending >= this.#options.maxQueue) return Promise.reject(new BusyError());
		this.#pending += 1;
		return new Promise<Result>((resolve, reject) => {
			this.#queue.push({ item, since: performance.now(), resolve, reject });
			this.#schedule();
		}).finally(() => {
			this.#pending -= 1;
		});
	}

	#schedule(): void {
		const { maxCalls, maxBatch, lingerMs, overtakeMs } = this.#options;
		if (this.#calls >= maxCalls || this.#queue.length === 0) return;
		const isFree = this.#calls === 0;
		// As many as went before them: the other half of the crowd is complete, nobody else is to be waited for.
		const enough = isFree && this.#lastSize > 0 ? this.#lastSize : maxBatch;
		if (this.#queue.length >= enough) this.#flush();
		else this.#timer ??= setTimeout(() => this.#flush(), isFree ? lingerMs : overtakeMs);
	}

	/**
	 * How many of those who wait go with the next call. Were a whole crowd stored at once, the app would have nothing
	 * to do until it can thank them all, and the database nothing until their next forms are read: halves keep both
	 * busy. Those who were stored last count as part of the crowd, so that unequal halves become equal.
	 */
	#share(): number {
		const { maxBatch, halveFrom } = this.#options;
		const crowd = this.#queue.length + this.#lastSize;
		return crowd < halveFrom ? maxBatch : Math.min(maxBatch, Math.ceil(crowd / 2));
	}

	#flush(): void {
		this.#stopWaiting();
		const latest = performance.now() - this.#options.patienceMs;
		const batch = this.#queue.splice(0, this.#share()).filter((entry) => {
			if (entry.since < latest) entry.reject(new BusyError());
			return entry.since >= latest;
		});
		if (batch.length > 0) {
			this.#calls += 1;
			this.#lastSize = batch.length;
			void this.#call(batch);
		}
		this.#schedule();
	}

	#stopWaiting(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	async #call(batch: Entry<Item, Result>[]): Promise<void> {
		const outcomes = await this.#commit(batch);
		this.#calls -= 1;
		this.#stopWaiting();
		// Before these are thanked: nobody of the next call need wait for their pages.
		this.#schedule();
		for (const settle of outcomes) settle();
	}

	/** Commits a batch; resolves to what tells each of its entries its own result or failure. Never throws. */
	async #commit(batch: Entry<Item, Result>[], attempt = 0): Promise<(() => void)[]> {
		try {
			const results = await this.#options.send(batch.map((entry) => entry.item));
			if (results.length !== batch.length) throw new Error('one result per item was promised');
			return batch.map((entry, index) => () => entry.resolve(results[index] as Result));
		} catch (error) {
			const kind = this.#options.kindOf(error);
			if (kind === 'retry' && attempt < MAX_RETRIES) {
				await pause(Math.random() * 10 * 2 ** attempt);
				return this.#commit(batch, attempt + 1);
			}
			if (kind === 'away' || batch.length === 1) {
				return batch.map((entry) => () => entry.reject(error));
			}
			const middle = Math.ceil(batch.length / 2);
			return [
				...(await this.#commit(batch.slice(0, middle))),
				...(await this.#commit(batch.slice(middle)))
			];
		}
	}
}
