/**
 * Compression of rendered pages: adapter-node compresses files, not answers, and a form of 30 KB
 * takes seconds on the phones that matter. Brotli where the browser takes it, else gzip.
 * Must not know: routes. Pages carry no secret beside echoed input, so BREACH has nothing to find.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const SMALLEST_WORTH_IT = 900;
const COMPRESSIBLE = /^(text\/(html|plain|css|csv)|application\/(json|.*\+json|xml)|image\/svg)/;

const encoders = {
	br: (body: Buffer) =>
		promisify(brotliCompress)(body, {
			params: {
				[constants.BROTLI_PARAM_QUALITY]: 5,
				[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
				[constants.BROTLI_PARAM_SIZE_HINT]: body.length
			}
		}),
	gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 })
};

/** The best encoding that the request accepts and we speak; q=0 is a refusal. */
export function acceptedEncoding(header: string | null): 'br' | 'gzip' | undefined {
	const accepted = new Map(
		(header ?? '').split(',').map((part) => {
			const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
			return [name.trim(), !parameters.some((p) => /^\s*q=0(\.0*)?\s*$/.test(p))];
		})
	);
	return (['br', 'gzip'] as const).find((name) => accepted.get(name));
}

/**
 * The same response with its body compressed, or the response itself when that brings nothing:
 * small, streamed for ever, already encoded, or of a kind that does not shrink.
 */
export async function compress(request: Request, response: Response): Promise<Response> {
	const { headers } = response;
	if (
		!response.body ||
		request.method === 'HEAD' ||
		headers.has('content-encoding') ||
		!COMPRESSIBLE.test(headers.get('content-type') ?? '')
	) {
		return response;
	}
	headers.append('vary', 'accept-encoding');
	const encoding = acceptedEncoding(request.headers.get('accept-encoding'));
	if (!encoding) return response;
	const body = Buffer.from(await response.arrayBuffer());
	const init = { status: response.status, statusText: response.statusText, headers };
	if (body.length < SMALLEST_WORTH_IT) return new Response(body, init);
	const packed = await encoders[encoding](body);
	headers.set('content-encoding', encoding);
	headers.delete('content-length');
	const etag = headers.get('etag');
	if (etag && !etag.startsWith('W/')) headers.set('etag', `W/${etag}`);
	return new Response(new Uint8Array(packed), init);
}
