/**
 * Looks into an uploaded outline before it is stored and again before it is filled: is it a Word document,
 * does it carry anything that acts or reaches out, which placeholders does it have. Refuses with what is
 * wrong and where; answers with a clean copy.
 */
import { patchDetector } from 'docx';
import { SaxesParser } from 'saxes';
import { packAnew, readPackage, refuse, type Parts } from './package.server';
import { placeholderOf } from './placeholders';

const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
const DEEPEST = 200;

export interface Inspected {
	/** The outline packed anew from its parts. */
	clean: Buffer;
	/** Names as they were typed, each once. */
	known: string[];
	unknown: string[];
}

/** Parts that act when the file is opened, or that hold another program's file. */
function refuseActive(parts: Parts): void {
	for (const name of parts.keys()) {
		if (/vba|macro/i.test(name)) refuse('macros', name);
		if (/(^|\/)(activeX|embeddings|oleObject)/i.test(name)) refuse('embedded', name);
	}
}

/** Links to web pages and addresses of mail may stay: nothing happens before somebody clicks. */
const isPlainLink = (type: string, target: string) =>
	type.endsWith('/hyperlink') && /^(https?:|mailto:)/i.test(target);

interface Seen {
	element: (name: string, attributes: Record<string, string>) => void;
	text?: (text: string) => void;
	close?: (name: string) => void;
}

/** Reads one XML part to its end. Refuses document types, other encodings and what is not well-formed. */
function readXml(name: string, part: Buffer, seen: Seen): void {
	const parser = new SaxesParser({ xmlns: false });
	let depth = 0;
	parser.on('error', () => refuse('bad_xml', name));
	parser.on('doctype', () => refuse('bad_xml', name));
	parser.on('opentag', (tag) => {
		depth += 1;
		if (depth > DEEPEST) refuse('bomb', name);
		seen.element(tag.name, tag.attributes as Record<string, string>);
	});
	parser.on('closetag', (tag) => {
		depth -= 1;
		seen.close?.(tag.name);
	});
	if (seen.text) parser.on('text', seen.text);
	let words: string;
	try {
		words = new TextDecoder('utf-8', { fatal: true }).decode(part);
	} catch {
		return refuse('bad_xml', name);
	}
	parser.write(words).close();
}

/** Content types and relationships: the main part is a document without macros, nothing is fetched. */
function refuseOutside(parts: Parts): void {
	let isDocument = false;
	readXml('[Content_Types].xml', parts.get('[Content_Types].xml') ?? refuse('not_word'), {
		element: (_, { ContentType: type = '' }) => {
			if (/macroEnabled|vbaProject/i.test(type)) refuse('macros', '[Content_Types].xml');
			if (type === MAIN) isDocument = true;
		}
	});
	if (!isDocument || !parts.has('word/document.xml')) refuse('not_word');
	for (const [name, part] of parts) {
		if (!name.endsWith('.rels')) continue;
		readXml(name, part, {
			element: (_, { TargetMode: mode, Type: type = '', Target: target = '' }) => {
				if (mode === 'External' && !isPlainLink(type, target)) refuse('external', target || name);
			}
		});
	}
}

const PARAGRAPH = 'w:p';

/** A placeholder that becomes paragraphs or a table takes the whole of its paragraph with it. */
function refuseBlocksInText(parts: Parts): void {
	for (const [name, part] of parts) {
		if (!/\.(xml)$/.test(name) || name === '[Content_Types].xml') continue;
		const open: string[] = [];
		let isText = false;
		readXml(name, part, {
			element: (tag) => {
				if (tag === PARAGRAPH) open.push('');
				isText = tag === 'w:t';
			},
			text: (words) => {
				if (isText && open.length > 0) open[open.length - 1] += words;
			},
			close: (tag) => {
				isText = false;
				if (tag !== PARAGRAPH) return;
				const line = open.pop()!.trim();
				for (const [whole, written] of line.matchAll(/\{\{((?:(?!\{\{).)+?)\}\}/g)) {
					if (placeholderOf(written!)?.kind === 'block' && line !== whole) {
						refuse('not_alone', whole);
					}
				}
			}
		});
	}
}

/** @throws OutlineRefused with what is wrong */
export async function inspectOutline(bytes: Buffer): Promise<Inspected> {
	const parts = await readPackage(bytes);
	refuseActive(parts);
	refuseOutside(parts);
	refuseBlocksInText(parts);
	const clean = packAnew(parts);
	const found = await patchDetector({ data: clean, trimPlaceholders: true });
	const known = found.filter((name) => placeholderOf(name));
	if (known.length === 0) refuse('empty');
	return { clean, known, unknown: found.filter((name) => !placeholderOf(name)) };
}
