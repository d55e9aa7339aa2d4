import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { acceptedEncoding, compress } from './compress';

const page = '<p>Ông/Bà hài lòng ở mức nào?</p>'.repeat(100);
const html = (body: string) =>
	new Response(body, { status: 422, headers: { 'content-type': 'text/html', etag: '"abc"' } });
const ask = (encoding: string) =>
	new Request('http://x/', { headers: { 'accept-encoding': encoding } });

describe('compression of pages', () => {
	it('packs a page so that unpacking gives it back, status and headers kept', async () => {
		const br = await compress(ask('gzip, deflate, br'), html(page));
		expect(br.headers.get('content-encoding')).toBe('br');
		expect(br.headers.get('vary')).toContain('accept-encoding');
		expect(br.headers.get('etag')).toBe('W/"abc"');
		expect(br.status).toBe(422);
		expect(brotliDecompressSync(Buffer.from(await br.arrayBuffer())).toString()).toBe(page);
		const gz = await compress(ask('gzip'), html(page));
		expect(gunzipSync(Buffer.from(await gz.arrayBuffer())).toString()).toBe(page);
	});

	it('leaves alone what is small, not wanted or not text', async () => {
		const small = await compress(ask('br'), html('short'));
		expect(small.headers.has('content-encoding')).toBe(false);
		expect(await small.text()).toBe('short');
		expect(await (await compress(ask('identity'), html(page))).text()).toBe(page);
		const png = new Response(page, { headers: { 'content-type': 'image/png' } });
		expect(await compress(ask('br'), png)).toBe(png);
	});

	it('reads refusals', () => {
		expect(acceptedEncoding('br;q=0, gzip;q=0.5')).toBe('gzip');
		expect(acceptedEncoding('gzip;q=0.0')).toBeUndefined();
		expect(acceptedEncoding(null)).toBeUndefined();
	});
});
