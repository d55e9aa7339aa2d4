// Reads an archive: opens it, proves it whole, hands out its entries. Whatever is wrong with it is one sentence.
// The age format authenticates every 64 KB and the end, so nothing that was altered or cut off is ever handed out as
// good; still the whole archive is read once before anything is restored, so that a bad one changes nothing.

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import type { Decrypter } from 'age-encryption';
import { extract as extractTar } from 'tar-stream';
import { StartProblem } from '../problem.ts';
import { END, endSchema, FORMAT, HEAD, headSchema, type End, type Head } from './format.ts';

const MAGIC = 'age-encryption.org/v1\n';

export interface Entry {
	name: string;
	/** Its content, piece by piece; must be read before the next entry. */
	content: AsyncIterable<Buffer>;
}

async function assertIsArchive(path: string): Promise<number> {
	try {
		const { size } = await stat(path);
		const file = await open(path);
		const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
		await file.close();
		if (buffer.toString('latin1', 0, bytesRead) === MAGIC) return size;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
			throw new StartProblem(`There is no file ${path}: give the path of a backup.`);
		}
		throw error;
	}
	throw new StartProblem(`${path} is not a backup of Lắng Nghe, or its beginning is damaged.`);
}

const damaged = (path: string) =>
	new StartProblem(`${path} is damaged: take another backup; nothing was changed.`);
const incomplete = (path: string) =>
	new StartProblem(
		`${path} is incomplete or damaged at its end (was its copy interrupted?): take another copy of it; nothing was changed.`
	);

/**
 * The entries of an archive, in order.
 * @throws StartProblem when the key does not fit, or the archive is damaged or cut off
 */
export async function* readEntries(path: string, decrypter: Decrypter): AsyncGenerator<Entry> {
	const size = await assertIsArchive(path);
	const source = createReadStream(path);
	let plain: ReadableStream<Uint8Array>;
	try {
		plain = (await decrypter.decrypt(
			Readable.toWeb(source) as globalThis.ReadableStream<Uint8Array>
		)) as ReadableStream<Uint8Array>;
	} catch (error) {
		source.destroy();
		if (/no identity matched/.test((error as Error).message)) {
			throw new StartProblem(
				`The passphrase or key does not open ${path}: set BACKUP_PASSPHRASE or BACKUP_KEY_FILE to the one it was made with; nothing was changed.`
			);
		}
		throw /stream ended/.test((error as Error).message) ? incomplete(path) : damaged(path);
	}
	const tar = extractTar();
	const piped = pipeline(Readable.fromWeb(plain), createGunzip(), tar);
	piped.catch(() => {});
	// Where the reading stopped tells a missing end from a changed middle.
	const fault = () => (source.bytesRead >= size ? incomplete(path) : damaged(path));
	async function* contentOf(entry: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
		try {
			yield* entry;
		} catch {
			throw fault();
		}
	}
	try {
		const entries = tar[Symbol.asyncIterator]();
		for (;;) {
			const next = await entries.next().catch(() => {
				throw fault();
			});
			if (next.done) break;
			yield {
				name: next.value.header.name,
				content: contentOf(next.value as AsyncIterable<Buffer>)
			};
		}
		await piped.catch(() => {
			throw fault();
		});
	} finally {
		tar.destroy();
		source.destroy();
	}
}

export async function readContent(content: AsyncIterable<Buffer>): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of content) chunks.push(chunk);
	return Buffer.concat(chunks);
}

async function readJson(content: AsyncIterable<Buffer>): Promise<unknown> {
	return JSON.parse((await readContent(content)).toString('utf8'));
}

/**
 * Reads the whole archive without changing anything.
 * @throws StartProblem when it cannot be opened, is damaged, cut off, or of a later format
 */
export async function verifyArchive(
	path: string,
	decrypter: Decrypter
): Promise<{ head: Head; end: End }> {
	let head: Head | undefined;
	let end: End | undefined;
	for await (const { name, content } of readEntries(path, decrypter)) {
		if (name === HEAD) head = headSchema.parse(await readJson(content));
		else if (name === END) end = endSchema.parse(await readJson(content));
		else for await (const _ of content);
		if (head && head.format > FORMAT) {
			throw new StartProblem(
				`${path} was made by a newer version of Lắng Nghe: restore it with that version.`
			);
		}
	}
	if (!head || !end) throw incomplete(path);
	return { head, end };
}
