import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { includeIgnoreFile } from '@eslint/compat';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const gitignore = fileURLToPath(new URL('./.gitignore', import.meta.url));

/** The feature folders of src/lib; shared building blocks (charts, forms, ui, i18n, server) are not among them. */
const FEATURES = [
	'survey',
	'questionnaire',
	'scoring',
	'feedback',
	'cases',
	'compare',
	'units',
	'posters',
	'members',
	'reports',
	'transparency',
	'exchange',
	'protection',
	'evidence',
	'hall',
	'open-data'
];

const CLIENT = {
	name: '@supabase/supabase-js',
	importNames: ['createClient'],
	message: 'Only src/lib/server/supabase.ts makes a client: import it from there.'
};
const SECRET = {
	group: ['**/server/secret-client', '**/server/secret-client.ts'],
	message: 'The secret key bypasses RLS: only the worker and cases/attachments.server.ts use it.'
};

/** A feature may use another feature's components and pure rules, never its data module. */
const foreignData = (/** @type {string} */ own) => ({
	group: FEATURES.filter((feature) => feature !== own).map((feature) => `**/${feature}/*.server*`),
	message: 'A feature does not import the data module of another: let the route call both.'
});
const anyFeature = (/** @type {string} */ message, /** @type {string[]} */ extra = []) => ({
	group: [...FEATURES.map((feature) => `**/${feature}/**`), ...extra],
	message
});

export default defineConfig(
	includeIgnoreFile(gitignore),
	{ ignores: ['src/lib/server/database.types.ts'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			curly: ['error', 'multi-line'],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-console': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			'no-restricted-imports': ['error', { paths: [CLIENT], patterns: [SECRET] }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		},
		rules: {
			'svelte/button-has-type': 'error',
			'svelte/require-each-key': 'error',
			'svelte/no-at-html-tags': 'error',
			// Addresses are made by hand: the product always lives at the root of its host.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/**/*.ts', 'tests/**/*.ts', 'supabase/local/**/*.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/await-thenable': 'error',
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/require-await': 'error'
		}
	},
	...FEATURES.map((feature) => ({
		files: [`src/lib/${feature}/**`],
		rules: {
			'no-restricted-imports': /** @type {['error', object]} */ ([
				'error',
				{ paths: [CLIENT], patterns: [SECRET, foreignData(feature)] }
			])
		}
	})),
	{
		files: ['src/lib/scoring/**'],
		ignores: ['src/lib/scoring/**/*.test.ts'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{
							group: [
								'$lib/**',
								'$app/**',
								'$env/**',
								'svelte',
								'svelte/**',
								'@supabase/**',
								'../**',
								'node:*'
							],
							message:
								'scoring is pure: values in, values out; it imports nothing of ours and no framework.'
						}
					]
				}
			]
		}
	},
	{
		files: ['src/lib/{charts,forms,ui}/**'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					paths: [CLIENT],
					patterns: [SECRET, anyFeature('Shared building blocks know no feature.')]
				}
			]
		}
	},
	{
		files: ['src/lib/server/supabase.ts', 'src/lib/server/secret-client.ts'],
		rules: { 'no-restricted-imports': 'off' }
	},
	{
		files: [
			'src/lib/server/worker/**',
			'src/lib/cases/attachments.server.ts',
			'supabase/local/**',
			'tests/**'
		],
		rules: { 'no-restricted-imports': ['error', { paths: [CLIENT] }] }
	},
	{
		files: ['supabase/local/**', 'tests/**', 'src/lib/server/worker/**'],
		rules: { 'no-console': 'off' }
	}
);
