// Bytes of a citizen's first visit: the page and everything that it names, as they come over the wire.

import { request } from 'node:http';
import type { Product } from '../support/product.ts';
import type { Report } from './report.ts';

function fetchBody(url: string, encoding: string): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const headers = {
			'accept-encoding': encoding,
			accept: 'text/html,*/*',
			'accept-language': 'vi'
		};
		request(url, { headers }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => resolve(Buffer.concat(chunks)));
		})
			.on('error', reject)
			.end();
	});
}

/** Addresses that a page makes the browser load. */
function resourcesOf(html: string, url: string): string[] {
	const found = html.matchAll(
		/<(?:link|script|img|source|iframe)\b[^>]*?\b(?:href|src)="([^"]+)"/g
	);
	return [...found]
		.map(([, address]) => address ?? '')
		.filter((address) => !address.startsWith('data:'))
		.map((address) => new URL(address, url).href);
}

async function firstVisit(url: string, encoding: 'gzip' | 'br') {
	const plain = await fetchBody(url, 'identity');
	const resources = resourcesOf(plain.toString('utf8'), url);
	const bodies = await Promise.all(
		[url, ...resources].map((address) => fetchBody(address, encoding))
	);
	const hosts = new Set(resources.map((address) => new URL(address).host));
	hosts.delete(new URL(url).host);
	return {
		plain: plain.length,
		requests: resources.length + 1,
		bytes: bodies.reduce((sum, body) => sum + body.length, 0),
		otherHosts: [...hosts]
	};
}

export async function benchWeight(product: Product, report: Report): Promise<void> {
	report.heading('A citizen’s first visit: bytes over the wire, headers not counted');
	let heaviest = 0;
	for (const { label, url } of product.servicePoints) {
		const address = product.url + new URL(url).pathname;
		const [gzip, brotli] = [await firstVisit(address, 'gzip'), await firstVisit(address, 'br')];
		heaviest = Math.max(heaviest, gzip.bytes);
		const others = gzip.otherHosts.length > 0 ? `; OTHER HOSTS ${gzip.otherHosts.join(' ')}` : '';
		report.raw(
			label,
			`gzip ${gzip.bytes}, brotli ${brotli.bytes}, plain ${gzip.plain}, ${gzip.requests} request(s)${others}`
		);
	}
	report.target('the heaviest, KB with gzip', heaviest / 1000, { atMost: 14 });
	report.raw('beside', 'LimeSurvey 452 KB, Formbricks 881 KB');
}
