/**
 * The zip file of a Word document, read with limits: what is inside, and whether it may be trusted that
 * far. Reads no XML. Every entry is inflated against its declared size, and the document is packed anew
 * from what was read, so that no second reader of a crooked zip file can see something else.
 */
import { zipSync } from 'fflate';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { buffer } from 'node:stream/consumers';

export const MOST_BYTES = 1_048_576;
const MOST_PARTS = 400;
const MOST_UNPACKED = 20 * 1_048_576;
const MOST_XML = 6 * 1_048_576;

/** What stops an outline, and the part of the file it was found in. */
export interface OutlineProblem {
	kind:
		| 'too_large'
		| 'not_word'
		| 'damaged'
		| 'bomb'
		| 'protected'
		| 'macros'
		| 'embedded'
		| 'external'
		| 'bad_xml'
		| 'not_alone'
		| 'empty';
	/** A part of the file or a placeholder; blank where it is the whole. */
	where: string;
}

export class OutlineRefused extends Error {
	readonly problem: OutlineProblem;

	constructor(problem: OutlineProblem) {
		super(`${problem.kind} ${problem.where}`);
		this.problem = problem;
	}
}

export const refuse = (kind: OutlineProblem['kind'], where = ''): never => {
	throw new OutlineRefused({ kind, where });
};

const isXml = (name: string) => /\.(xml|rels)$/i.test(name);

function open(bytes: Buffer): Promise<ZipFile> {
	return new Promise((resolve, reject) => {
		const options = { lazyEntries: true, validateEntrySizes: true, strictFileNames: true };
		fromBuffer(bytes, options, (failure, zip) => {
			if (failure) reject(failure);
			else resolve(zip);
		});
	});
}

function entriesOf(zip: ZipFile): Promise<Entry[]> {
	return new Promise((resolve, reject) => {
		const entries: Entry[] = [];
		let [unpacked, xml] = [0, 0];
		zip.on('entry', (entry: Entry) => {
			unpacked += entry.uncompressedSize;
			if (isXml(entry.fileName)) xml += entry.uncompressedSize;
			entries.push(entry);
			if (entries.length > MOST_PARTS || unpacked > MOST_UNPACKED || xml > MOST_XML) {
				reject(new OutlineRefused({ kind: 'bomb', where: entry.fileName }));
			} else if (entry.isEncrypted()) {
				reject(new OutlineRefused({ kind: 'protected', where: entry.fileName }));
			} else zip.readEntry();
		});
		zip.on('end', () => resolve(entries));
		zip.on('error', reject);
		zip.readEntry();
	});
}

function read(zip: ZipFile, entry: Entry): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		zip.openReadStream(entry, (failure, stream) => {
			if (failure) reject(failure);
			else buffer(stream).then(resolve, reject);
		});
	});
}

export type Parts = Map<string, Buffer>;

/** The parts of a document by name. @throws OutlineRefused */
export async function readPackage(bytes: Buffer): Promise<Parts> {
	if (bytes.length > MOST_BYTES) refuse('too_large');
	// A Word file with a password is an OLE container, not a zip file; so is one of Word 97.
	if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') refuse('protected');
	if (bytes.subarray(0, 4).toString('hex') !== '504b0304') refuse('not_word');
	const parts: Parts = new Map();
	try {
		const zip = await open(bytes);
		for (const entry of await entriesOf(zip)) {
			if (entry.fileName.endsWith('/')) continue;
			if (parts.has(entry.fileName)) refuse('damaged', entry.fileName);
			parts.set(entry.fileName, await read(zip, entry));
		}
	} catch (failure) {
		if (failure instanceof OutlineRefused) throw failure;
		refuse('damaged');
	}
	return parts;
}

/** The document packed anew. */
export function packAnew(parts: Parts): Buffer {
	const files = Object.fromEntries([...parts].map(([name, part]) => [name, new Uint8Array(part)]));
	return Buffer.from(zipSync(files));
}
