// Preloaded into the embedded Supabase API. With the first request of its process lite re-grants roles, and
// concurrent first requests then fail ("tuple concurrently updated"). When it is restarted under load nobody can
// send that first request alone: so here the others wait until the first one has been answered.

import { Server } from 'node:http';

// lite prints its keys when it starts; a log that people pass on must not hold the one that opens everything.
for (const level of /** @type {const} */ (['log', 'info'])) {
	const print = console[level];
	console[level] = (...args) => {
		if (!args.some((arg) => typeof arg === 'string' && arg.includes('sb_secret_'))) print(...args);
	};
}

/** @type {(() => void)[] | undefined} Requests that wait; undefined once the door is open. */
let waiting;
let isOpen = false;
/** @type {Function} Its overloads do not matter here: it is passed on as it came. */
const emit = Server.prototype.emit;

/**
 * @this {Server}
 * @param {any[]} args Name of the event, request, response
 */
Server.prototype.emit = function (...args) {
	const pass = () => emit.apply(this, args);
	const [event, request, response] = args;
	if (isOpen || event !== 'request' || !request.url?.startsWith('/rest/v1/')) return pass();
	if (waiting) {
		waiting.push(pass);
		return true;
	}
	waiting = [];
	response.once('close', () => {
		isOpen = true;
		for (const next of waiting ?? []) next();
		waiting = undefined;
	});
	return pass();
};
