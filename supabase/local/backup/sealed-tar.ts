// A sealed archive on its way to the disk: entries go into a tar, that through gzip and age into a draft, and the draft
// gets its name only when it is complete and on the disk. Memory does not grow with what is put in. Used by backups and
// by the archives that organisations take along; knows nothing of what either holds.

import { createWriteStream, rmSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createGzip } from 'node:zlib';
import type { Encrypter } from 'age-encryption';
import { pack as packTar, type Pack } from 'tar-stream';

export type { Pack };

const PIECE_BYTES = 4 * 1024 * 1024;

/** One file of the archive. */
export const put = (tar: Pack, name: string, content: Buffer): Promise<void> =>
	new Promise((resolve, reject) => {
		tar.entry({ name, size: content.length, mode: 0o600 }, content, (error) =>
			error ? reject(error) : resolve()
		);
	});

/** A file of any length, in pieces of some megabytes (a tar wants to know sizes beforehand): 000001, 000002, … */
export class Pieces {
	private readonly tar: Pack;
	private readonly nameOf: (number: string) => string;
	private chunks: Buffer[] = [];
	private size = 0;
	private count = 0;

	/** @param nameOf the name of a piece by its number */
	constructor(tar: Pack, nameOf: (number: string) => string) {
		this.tar = tar;
		this.nameOf = nameOf;
	}

	async add(chunk: Buffer): Promise<void> {
		this.chunks.push(chunk);
		this.size += chunk.length;
		if (this.size >= PIECE_BYTES) await this.flush();
	}

	/** Writes what is left; call it at the end. */
	async flush(): Promise<void> {
		if (this.size === 0) return;
		const content = Buffer.concat(this.chunks);
		[this.chunks, this.size] = [[], 0];
		await put(this.tar, this.nameOf(String(++this.count).padStart(6, '0')), content);
	}
}

/**
 * Makes the archive `path`; whatever fails, nothing of that name is there, and no draft.
 * @param draft where it is written first, in the same folder
 * @param fill puts the entries; the tar is closed for it
 */
export async function sealTar<T>(
	path: string,
	draft: string,
	encrypter: Encrypter,
	fill: (tar: Pack) => Promise<T>
): Promise<T> {
	try {
		const tar = packTar();
		const gzip = createGzip();
		const packed = pipeline(tar, gzip);
		packed.catch(() => {});
		const plain = Readable.toWeb(gzip) as globalThis.ReadableStream<Uint8Array>;
		const sealed = await encrypter.encrypt(plain);
		const stored = pipeline(
			Readable.fromWeb(sealed as ReadableStream),
			createWriteStream(draft, { mode: 0o600, flags: 'wx' })
		);
		const filled = fill(tar).then(
			(result) => {
				tar.finalize();
				return result;
			},
			(error: Error) => {
				tar.destroy(error);
				throw error;
			}
		);
		// A full disk must end the filling, which would wait for ever for somebody to read on.
		stored.catch(() => tar.destroy());
		const [result] = await Promise.all([filled, stored]).catch(async (error: unknown) => {
			throw (
				(await stored.then(
					() => undefined,
					(reason: unknown) => reason
				)) ?? error
			);
		});
		const file = await open(draft, 'r+');
		await file.sync();
		await file.close();
		await rename(draft, path);
		return result;
	} catch (error) {
		rmSync(draft, { force: true });
		throw error;
	}
}
