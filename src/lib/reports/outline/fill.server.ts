/**
 * Fills an organisation's outline with a report: the same sentences, tables and method as our own
 * section, put where the outline has its placeholders. docx's patcher finds them also where Word has
 * cut them into several runs; what it does not know stays as it was typed.
 */
import { Paragraph, patchDocument, PatchType, TextRun, type IPatch, type Table } from 'docx';
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Report } from '../report';
import { bodyText, tableWithNotes } from '../word-parts';
import { inspectOutline } from './inspect.server';
import { placeholderOf, TABLE_OF } from './placeholders';

type Block = Paragraph | Table;

/** Tables are numbered as they stand in the outline, not as they stand in our own section. */
type Numbered = () => number;

function blocksOf(key: string, report: Report, next: Numbered): Block[] {
	if (key === 'nhan_xet') return report.sentences.map(bodyText);
	if (key === 'cach_tinh') return report.method.map(bodyText);
	const id = TABLE_OF[key];
	return report.tables
		.filter((table) => id === undefined || table.id === id)
		.flatMap((table) => tableWithNotes(table, next()));
}

function lineOf(key: string, report: Report): string {
	const lines: Record<string, string> = {
		co_quan: report.organisation,
		don_vi: report.unit,
		ky_bao_cao: report.period,
		trich_yeu: report.subject
	};
	return lines[key] ?? '';
}

function patchOf(written: string, report: Report, next: Numbered): IPatch | undefined {
	const placeholder = placeholderOf(written);
	if (!placeholder) return undefined;
	const { key, kind } = placeholder;
	if (kind === 'inline') {
		return { type: PatchType.PARAGRAPH, children: [new TextRun(lineOf(key, report))] };
	}
	const blocks = blocksOf(key, report, next);
	// A cell, a header or a page that ends with a table is no valid document.
	const children =
		blocks.length > 0 ? [...blocks, new Paragraph('')] : [bodyText(m.reports_outline_nothing())];
	return { type: PatchType.DOCUMENT, children };
}

/** @throws OutlineRefused when the outline is not one any more */
export async function fillOutline(outline: Buffer, report: Report): Promise<Buffer> {
	const { clean, known } = await inspectOutline(outline);
	let tables = 0;
	const patches = Object.fromEntries(
		known.flatMap((written) => {
			const patch = patchOf(written, report, () => (tables += 1));
			return patch ? [[written, patch]] : [];
		})
	);
	return patchDocument({
		outputType: 'nodebuffer',
		data: clean,
		patches,
		keepOriginalStyles: true,
		trimPlaceholders: true
	});
}
