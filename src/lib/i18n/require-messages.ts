/**
 * Build step: fails the build when interface texts are missing.
 * Without its plugin (offline, wrong path) paraglide compiles an empty project without complaint,
 * and every page would say "undefined". Also refuses a key or placeholder missing in a language.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const FOLDER = 'src/lib/i18n';
const PLACEHOLDER = /\{\w+\}/g;

type Messages = Record<string, string>;

function read(area: string, locale: string): Messages {
	const file = join(FOLDER, 'messages', area, `${locale}.json`);
	if (!existsSync(file)) throw new Error(`i18n: ${file} is missing`);
	const { $schema: _schema, ...messages } = JSON.parse(readFileSync(file, 'utf8')) as Messages;
	return messages;
}

/**
 * Compares the message files of every area and language.
 * @returns the keys found, in Vietnamese order
 * @throws Error naming the first file and key that is missing, has other placeholders, or stands in two areas
 */
export function checkMessages(): string[] {
	const keys: string[] = [];
	for (const area of readdirSync(join(FOLDER, 'messages'))) {
		const master = read(area, 'vi');
		for (const locale of ['zh', 'en']) {
			const other = read(area, locale);
			const all = new Set([...Object.keys(master), ...Object.keys(other)]);
			for (const key of all) {
				const wanted = master[key]?.match(PLACEHOLDER)?.sort().join();
				const found = other[key]?.match(PLACEHOLDER)?.sort().join();
				if (!master[key] || !other[key] || wanted !== found) {
					throw new Error(`i18n: ${area}/${locale}.json and ${area}/vi.json differ at "${key}"`);
				}
			}
		}
		// One text would hide the other; and the compiler takes minutes instead of seconds over it.
		const twice = keys.find((key) => key in master);
		if (twice) throw new Error(`i18n: "${twice}" of ${area} stands in another area too`);
		keys.push(...Object.keys(master));
	}
	return keys;
}

/** The vite plugin; place it after paraglide's. */
export function requireMessages(): Plugin {
	return {
		name: 'require-messages',
		buildStart: {
			order: 'post',
			sequential: true,
			handler() {
				const keys = checkMessages();
				const folder = join(FOLDER, 'paraglide/messages');
				const files = existsSync(folder) ? readdirSync(folder) : [];
				const compiled = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
				const names = new Set(compiled.match(/\w+/g));
				const missing = keys.find((key) => !names.has(key));
				if (keys.length === 0 || missing) {
					this.error(`i18n: paraglide compiled no text for ${missing ?? 'anything'}`);
				}
			}
		}
	};
}
