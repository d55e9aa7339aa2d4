// `npm run bench`: the measures of speed, each with its raw figures and the ratio that counts. BENCH_ONLY picks
// some of: weight, answers, permissions, tree, import, pages, reports, opendata, figures, compare, comments, start.
// BENCH_SECONDS, BENCH_ROUNDS, BENCH_RESPONSES (1000000), BENCH_COMPARED (10000000), BENCH_COMMENTS (1000000) and
// BENCH_ROWS (1000000 of open data) set the effort.

import { rmSync } from 'node:fs';
import { buildApp, isBuilt } from '../../supabase/local/build.ts';
import { prepareFolders } from '../../supabase/local/installation.ts';
import { temporaryFolder } from '../../supabase/local/throwaway.ts';
import { ProductProcess } from '../support/product.ts';
import { benchComments } from './comments.ts';
import { benchCompare, benchComparePages } from './compare.ts';
import { benchFigures } from './figures.ts';
import { benchImport } from './import.ts';
import { benchOpenData } from './open-data.ts';
import { benchPermissions } from './permissions.ts';
import { Report } from './report.ts';
import { benchReports } from './reports.ts';
import { benchTree } from './setup.ts';
import { benchStart } from './start-time.ts';
import { benchThroughput } from './throughput.ts';
import { benchWeight } from './weight.ts';

const only = process.env.BENCH_ONLY?.split(',');
const wanted = (name: string) => !only || only.includes(name);
const report = new Report();

/** Benches that ask the running product. */
const asksProduct = [
	'weight',
	'answers',
	'permissions',
	'tree',
	'import',
	'pages',
	'reports',
	'opendata'
].some(wanted);

if ((asksProduct || wanted('start')) && !isBuilt()) {
	console.log('Building the app first…');
	const folder = temporaryFolder();
	await buildApp(prepareFolders(folder), new AbortController().signal);
	rmSync(folder, { recursive: true, force: true });
}
if (asksProduct) {
	const product = await ProductProcess.start();
	try {
		if (wanted('weight')) await benchWeight(product.facts(), report);
		if (wanted('answers')) await benchThroughput(product.facts(), report);
		if (wanted('permissions')) await benchPermissions(product.facts(), report);
		if (wanted('tree')) await benchTree(product.facts(), report);
		if (wanted('import')) await benchImport(product.facts(), report);
		if (wanted('pages')) await benchComparePages(product.facts(), report);
		if (wanted('reports')) await benchReports(product.facts(), report);
		if (wanted('opendata')) await benchOpenData(product.facts(), report);
	} finally {
		await product.remove();
	}
}
if (wanted('figures')) await benchFigures(report);
if (wanted('compare')) await benchCompare(report);
if (wanted('comments')) await benchComments(report);
if (wanted('start')) await benchStart(report);
