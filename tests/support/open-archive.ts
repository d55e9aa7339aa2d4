// Opens what an organisation has downloaded, as its owner would with `age -d -i khoa.txt … | tar xz`.

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { extract } from 'tar-stream';

export interface OpenedArchive {
	readme: string;
	/** Rows by table, as the archive says. */
	counts: Record<string, number>;
	/** The lines themselves, by table. */
	rows: Map<string, Record<string, unknown>[]>;
}

/** @throws when the key does not fit or the file is cut off */
export async function openArchive(sealed: Buffer, key: string): Promise<OpenedArchive> {
	const decrypter = new Decrypter();
	decrypter.addIdentity(key);
	const plain = await decrypter.decrypt(new Uint8Array(sealed));
	const tar = extract();
	const piped = pipeline(Readable.from([Buffer.from(plain)]), createGunzip(), tar);
	const opened: OpenedArchive = { readme: '', counts: {}, rows: new Map() };
	for await (const entry of tar) {
		const chunks: Buffer[] = [];
		for await (const chunk of entry) chunks.push(chunk as Buffer);
		const text = Buffer.concat(chunks).toString('utf8');
		const { name } = entry.header;
		if (name === 'README.txt') opened.readme = text;
		else if (name === 'rows.json') opened.counts = JSON.parse(text) as Record<string, number>;
		else {
			const table = /^tables\/(.+)\/\d{6}\.jsonl$/.exec(name)?.[1] ?? name;
			const lines = text.split('\n').filter(Boolean);
			const known = opened.rows.get(table) ?? [];
			opened.rows.set(table, [
				...known,
				...lines.map((line) => JSON.parse(line) as Record<string, unknown>)
			]);
		}
	}
	await piped;
	return opened;
}
