// Finds a Chromium for browser tests: the one that is named, an installed one, playwright's own; on Debian as root
// the package is installed. Playwright's own download is never tried: it may be unreachable.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

function installed(): string | undefined {
	const named = process.env.CHROMIUM_PATH;
	if (named) return existsSync(named) ? named : undefined;
	for (const name of NAMES) {
		try {
			return execFileSync('which', [name], { encoding: 'utf8', stdio: 'pipe' }).trim();
		} catch {
			/* the next one */
		}
	}
	const own = chromium.executablePath();
	return existsSync(own) ? own : undefined;
}

/**
 * The path of a Chromium, installing Debian's when there is none and we may.
 * @throws Error whose message is one sentence with the way out
 */
export function findChromium(): string {
	const found = installed();
	if (found) return found;
	if (process.env.CHROMIUM_PATH) {
		throw new Error(`CHROMIUM_PATH names no file: ${process.env.CHROMIUM_PATH}`);
	}
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		console.log('Installing the Debian package chromium for the browser tests…');
		const options = {
			stdio: 'ignore',
			env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
		} as const;
		const install = () => spawnSync('apt-get', ['install', '-y', 'chromium'], options).status === 0;
		const ok = install() || (spawnSync('apt-get', ['update'], options).status === 0 && install());
		const path = ok ? installed() : undefined;
		if (path) return path;
	}
	throw new Error(
		'There is no Chromium for the browser tests: install the package chromium, or set CHROMIUM_PATH to one.'
	);
}

/** A browser of that Chromium; as root it must run without its sandbox. */
export function launchBrowser(): Promise<Browser> {
	const root = process.getuid?.() === 0;
	return chromium.launch({
		executablePath: findChromium(),
		args: ['--disable-dev-shm-usage', ...(root ? ['--no-sandbox'] : [])]
	});
}
