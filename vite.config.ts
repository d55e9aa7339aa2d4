import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { requireMessages } from './src/lib/i18n/require-messages.ts';

const OLD_PHONES = ['es2019', 'chrome73', 'safari12.1'];

/** The server runs the Node we ship: rewriting its code for old phones would slow every answer. */
const serverTarget: Plugin = {
	name: 'server-target',
	config: {
		order: 'post',
		handler({ build }) {
			if (build?.ssr) build.target = 'node24';
		}
	}
};

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/paraglide',
			// The locale of a request is decided in hooks.server.ts; nothing is kept on the phone.
			strategy: ['globalVariable', 'baseLocale'],
			emitGitIgnore: false,
			emitPrettierIgnore: false
		}),
		requireMessages(),
		sveltekit(),
		serverTarget
	],
	build: { target: OLD_PHONES, cssTarget: OLD_PHONES },
	// The database writes there all the time (npm run dev).
	server: { watch: { ignored: ['**/.data*/**'] } },
	test: {
		expect: { requireAssertions: true },
		projects: [
			{
				extends: './vite.config.ts',
				test: { name: 'unit', environment: 'node', include: ['{src,supabase/local}/**/*.test.ts'] }
			},
			{
				test: {
					name: 'database',
					environment: 'node',
					include: ['tests/database/**/*.test.ts'],
					testTimeout: 120_000,
					hookTimeout: 120_000
				}
			},
			{
				test: {
					name: 'running',
					environment: 'node',
					include: ['tests/{integration,e2e,a11y,access,load}/**/*.test.ts'],
					globalSetup: ['tests/support/running-product.ts'],
					fileParallelism: false,
					testTimeout: 120_000,
					hookTimeout: 300_000
				}
			},
			{
				test: {
					name: 'faults',
					environment: 'node',
					include: ['tests/faults/**/*.test.ts'],
					fileParallelism: false,
					testTimeout: 600_000,
					hookTimeout: 600_000
				}
			}
		]
	}
});
