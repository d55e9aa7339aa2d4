// Holds everything that `npm start` has started, and ends it again in the reverse order.

import type { Service } from './service.ts';

export class Supervisor {
	private readonly services: Service[] = [];
	private readonly controller = new AbortController();
	private ending: Promise<void> | undefined;

	/** Aborted as soon as the end has begun. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Starts a service and looks after it from now on. */
	async run(service: Service, patience?: number): Promise<Service> {
		this.signal.throwIfAborted();
		this.services.push(service);
		try {
			await service.start(patience);
		} catch (error) {
			this.services.splice(this.services.indexOf(service), 1);
			this.signal.throwIfAborted();
			throw error;
		}
		return service;
	}

	/** Ends one service for good. */
	async end(service: Service): Promise<void> {
		this.services.splice(this.services.indexOf(service), 1);
		await service.stop();
	}

	/** Ends all of them, the youngest first; resolves when no process is left. */
	endAll(): Promise<void> {
		this.ending ??= (async () => {
			this.controller.abort(new Error('stopped'));
			for (const service of [...this.services].reverse()) await service.stop();
		})();
		return this.ending;
	}
}
