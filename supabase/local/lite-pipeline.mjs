// Preloaded into the embedded Supabase API. For every request lite opens a transaction and names the role, the person
// and the request in ten statements, each sent only when the last one was answered: two dozen round trips for one
// question. Here `begin` and these settings wait for the first real statement and travel with it, the settings as one
// statement that is prepared once. It is the same transaction with the same settings before the same statement.
// After every call lite also asks which status and headers the call has set: that question travels behind the call.
// docs/decisions/025-lite-sends-its-settings-at-once.md

import { registerHooks } from 'node:module';
import { PostgresJSDialect as Dialect } from 'kysely-postgres-js';

const DRIVER = 'kysely-postgres-js';
const BEGIN = /^\s*begin\s*$/i;
const END = /^\s*(?:commit|rollback)\s*$/i;
const SETTING = /^\s*select set_config\('([\w.]+)', (?:\$1|'()'), true\)\s*$/i;
/** A call by named arguments: its text does not depend on what is asked, so that preparing it pays. */
const CALL =
	/^\s*select \* from [\w".]+\((?:[\w"]+ := \$\d+(?:::[\w ]+(?:\[\])?)?(?:, )?)*\) as [\w"]+ limit \$\d+\s*$/i;
/** What lite asks after a call. */
const ASKS_STATUS = /^\s*select current_setting\('response\.status', true\)/i;

const nothing = () => Object.assign([], { command: 'SELECT', count: 0 });

/**
 * One reserved connection whose `begin` and settings are held back until something is asked.
 * @param {{ unsafe: Function, release: () => void }} reserved Of postgres.js
 * @param {{ statusQuestion?: string }} words How lite asks for the status after a call, known once it has asked;
 *   shared by all connections
 */
export function pipelined(reserved, words = {}) {
	let hasBegun = false;
	/** @type {[name: string, value: unknown][]} */
	let settings = [];
	/** @type {Promise<unknown> | undefined} The answer to lite's next question, asked already. */
	let status;

	/** Sends at once: a query of postgres.js otherwise waits until somebody waits for it. */
	const send = (/** @type {string} */ text, /** @type {unknown[]} */ values, prepare = false) =>
		reserved.unsafe(text, values, { prepare }).execute();

	function sendHeld() {
		const sent = hasBegun ? [send('begin', [])] : [];
		if (settings.length > 0) {
			const calls = settings.map(([name], at) => `set_config('${name}', $${at + 1}, true)`);
			const values = settings.map(([, value]) => value);
			sent.push(send(`select ${calls.join(', ')}`, values, true));
		}
		hasBegun = false;
		settings = [];
		return sent;
	}

	return {
		release: () => reserved.release(),
		/**
		 * @param {string} text
		 * @param {unknown[]} [values]
		 */
		async unsafe(text, values = []) {
			if (BEGIN.test(text)) {
				hasBegun = true;
				return nothing();
			}
			const setting = hasBegun && SETTING.exec(text);
			if (setting) {
				settings.push([setting[1] ?? '', values[0] ?? '']);
				return nothing();
			}
			if (hasBegun && END.test(text)) {
				// Nobody asked anything: there is nothing to end.
				hasBegun = false;
				settings = [];
				return nothing();
			}
			if (ASKS_STATUS.test(text)) {
				words.statusQuestion = text;
				const asked = status;
				status = undefined;
				if (asked) return asked;
			}
			const isCall = CALL.test(text);
			// Whichever fails first is why the others fail.
			const answers = [...sendHeld(), send(text, values, isCall)];
			status = isCall && words.statusQuestion ? send(words.statusQuestion, []) : undefined;
			status?.catch(nothing);
			return (await Promise.all(answers)).at(-1);
		}
	};
}

/** The dialect that lite is given: its own, over connections that hold back. */
export class PostgresJSDialect extends Dialect {
	/** @param {ConstructorParameters<typeof Dialect>[0]} config */
	constructor(config) {
		const { postgres } = config;
		const words = {};
		super({
			...config,
			postgres: new Proxy(postgres, {
				get: (sql, key) =>
					key === 'reserve'
						? async () => pipelined(await /** @type {any} */ (sql).reserve(), words)
						: Reflect.get(sql, key)
			})
		});
	}
}

registerHooks({
	resolve: (specifier, context, next) =>
		specifier === DRIVER ? { url: import.meta.url, shortCircuit: true } : next(specifier, context)
});
