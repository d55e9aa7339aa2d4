import { Document, Footer, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { unzipSync, zipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import type { Report } from '../report';
import { fillOutline } from './fill.server';
import { inspectOutline } from './inspect.server';
import { OutlineRefused } from './package.server';
import { placeholderOf } from './placeholders';
import { problemWords } from './problem-words';
import { sampleOutline } from './sample';

const report: Report = {
	organisation: 'Ban Quản lý',
	unit: 'Trung tâm',
	period: 'Quý II năm 2026',
	subject: 'Về mức độ hài lòng',
	sentences: ['83,9% người trả lời hài lòng.', 'Chưa thấy thay đổi rõ.'],
	tables: [
		{
			...{ id: 'units', name: 'Đơn vị', title: 'Theo đơn vị', notes: ['Ghi chú.'] },
			columns: [
				{ head: 'Đơn vị', kind: 'text' },
				{ head: 'Tỷ lệ', kind: 'percent' }
			],
			rows: [['Văn phòng', 83.94]]
		}
	],
	method: ['Khoảng tin cậy Wilson.']
};

const docx = (...children: (Paragraph | Table)[]) =>
	Packer.toBuffer(new Document({ sections: [{ children }] }));
const line = (...runs: string[]) =>
	new Paragraph({ children: runs.map((text, at) => new TextRun({ text, bold: at % 2 === 1 })) });
/** The outline with one of its parts added or changed. */
async function altered(change: (parts: Record<string, Uint8Array>) => void): Promise<Buffer> {
	const parts = unzipSync(new Uint8Array(await sampleOutline()));
	change(parts);
	return Buffer.from(zipSync(parts));
}
const bytes = (text: string) => new TextEncoder().encode(text);
const text = (part: Uint8Array | undefined) => new TextDecoder().decode(part);
const problemOf = async (file: Buffer): Promise<string> => {
	try {
		await inspectOutline(file);
		return 'fine';
	} catch (failure) {
		if (!(failure instanceof OutlineRefused)) throw failure;
		// Every refusal has a sentence.
		expect(problemWords(failure.problem).length).toBeGreaterThan(20);
		return `${failure.problem.kind} ${failure.problem.where}`.trim();
	}
};
/** Text of a part, a line per paragraph; every part of the file is read as XML on the way. */
function textOf(file: Buffer, name: string): string[] {
	const parts = unzipSync(new Uint8Array(file));
	for (const [each, part] of Object.entries(parts)) {
		if (/\.(xml|rels)$/.test(each)) {
			const parser = new SaxesParser();
			parser.on('error', (error) => {
				throw error;
			});
			parser.write(text(part)).close();
		}
	}
	return text(parts[name])
		.split('</w:p>')
		.map((paragraph) => paragraph.replaceAll(/<[^>]+>/g, ''));
}

describe('an outline is filled', () => {
	it('with everything the sample asks for', async () => {
		const filled = textOf(await fillOutline(await sampleOutline(), report), 'word/document.xml');
		const whole = filled.join('\n');
		expect(filled).toContain(
			'Ban Quản lý báo cáo mức độ hài lòng tại nơi phục vụ của Trung tâm, Quý II năm 2026.'
		);
		for (const each of [...report.sentences, ...report.method, 'Bảng 1. Theo đơn vị', '83,9%']) {
			expect(whole).toContain(each);
		}
		expect(whole).toContain('Kỳ này không có nội dung này.');
		expect(whole).not.toContain('{{');
	});

	it('also where Word has cut a placeholder into runs, in a cell and in a footer', async () => {
		const cell = new TableCell({ children: [line('{{Bảng đơn vị}}')] });
		const file = await Packer.toBuffer(
			new Document({
				sections: [
					{
						children: [
							line('Kỳ ', '{{ky', '_bao', '_cao}}', ', hết'),
							line('{', '{ Nhận ', 'xét }}'),
							new Table({ rows: [new TableRow({ children: [cell] })] }),
							line('{{chu_ky}}')
						],
						footers: { default: new Footer({ children: [line('{{CO_QUAN}}')] }) }
					}
				]
			})
		);
		const { known, unknown } = await inspectOutline(file);
		expect(known.toSorted()).toEqual(['Bảng đơn vị', 'CO_QUAN', 'Nhận xét', 'ky_bao_cao']);
		expect(unknown).toEqual(['chu_ky']);
		const filled = await fillOutline(file, report);
		const lines = textOf(filled, 'word/document.xml');
		expect(lines).toContain('Kỳ Quý II năm 2026, hết');
		expect(lines).toContain('Chưa thấy thay đổi rõ.');
		expect(lines).toContain('{{chu_ky}}');
		expect(textOf(filled, 'word/footer1.xml').join('')).toBe('Ban Quản lý');
		// A cell ends with a paragraph, never with a table.
		expect(text(unzipSync(new Uint8Array(filled))['word/document.xml'])).not.toContain(
			'</w:tbl></w:tc>'
		);
	});
});

it('a placeholder is known however it is typed', () => {
	for (const typed of ['so_lieu', ' Số liệu ', 'SỐ LIỆU', 'so-lieu']) {
		expect(placeholderOf(typed)?.key).toBe('so_lieu');
	}
	expect(placeholderOf('đơn vị')?.key).toBe('don_vi');
	expect(placeholderOf('mat_khau')).toBeUndefined();
});

describe('an outline is refused, and it is said why, when it', () => {
	it('is no Word document', async () => {
		expect(await problemOf(Buffer.from('%PDF-1.7 …'))).toBe('not_word');
		expect(await problemOf(Buffer.from(zipSync({ 'a.txt': bytes('a') })))).toBe('not_word');
		expect(await problemOf(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBe('protected');
		expect(await problemOf(Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(99)]))).toBe(
			'damaged'
		);
		const sample = await sampleOutline();
		expect(await problemOf(sample.subarray(0, sample.length - 60))).toBe('damaged');
		expect(await problemOf(Buffer.alloc(1_048_577))).toBe('too_large');
	});

	it('unpacks to far more than an outline', async () => {
		const bomb = await altered((parts) => (parts['word/media/a.bmp'] = new Uint8Array(21e6)));
		expect(bomb.length).toBeLessThan(1e5);
		expect(await problemOf(bomb)).toBe('bomb word/media/a.bmp');
		const many = await altered((parts) => {
			for (let at = 0; at < 500; at++) parts[`word/media/${at}`] = new Uint8Array(1);
		});
		expect(await problemOf(many)).toMatch(/^bomb/);
		const deep = `<w:document>${'<w:a>'.repeat(300)}${'</w:a>'.repeat(300)}</w:document>`;
		expect(
			await problemOf(await altered((parts) => (parts['word/document.xml'] = bytes(deep))))
		).toBe('bomb word/document.xml');
	});

	it('acts when it is opened', async () => {
		expect(
			await problemOf(await altered((parts) => (parts['word/vbaProject.bin'] = bytes('x'))))
		).toBe('macros word/vbaProject.bin');
		const macro = await altered((parts) => {
			parts['[Content_Types].xml'] = bytes(
				text(parts['[Content_Types].xml']).replace(
					'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
					'application/vnd.ms-word.document.macroEnabled.main+xml'
				)
			);
		});
		expect(await problemOf(macro)).toMatch(/^macros/);
		expect(
			await problemOf(await altered((parts) => (parts['word/embeddings/a.bin'] = bytes('x'))))
		).toBe('embedded word/embeddings/a.bin');
	});

	it('fetches something from elsewhere', async () => {
		const withLink = (type: string, target: string) =>
			altered((parts) => {
				const name = 'word/_rels/document.xml.rels';
				parts[name] = bytes(
					text(parts[name]).replace(
						'</Relationships>',
						`<Relationship Id="x1" TargetMode="External" Target="${target}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}"/></Relationships>`
					)
				);
			});
		expect(await problemOf(await withLink('attachedTemplate', 'https://a.example/t.dotm'))).toBe(
			'external https://a.example/t.dotm'
		);
		expect(await problemOf(await withLink('image', 'https://a.example/p.png'))).toMatch(
			/^external/
		);
		expect(await problemOf(await withLink('hyperlink', 'file:///etc/passwd'))).toMatch(/^external/);
		expect(await problemOf(await withLink('hyperlink', 'https://a.example/'))).toBe('fine');
	});

	it('has XML that is not plain', async () => {
		const entity = '<!DOCTYPE w [<!ENTITY a "aaaa">]><w:document>&a;</w:document>';
		for (const part of [bytes(entity), bytes('<w:document>'), new Uint8Array([255, 254, 60, 0])]) {
			const file = await altered((parts) => (parts['word/document.xml'] = part));
			expect(await problemOf(file)).toBe('bad_xml word/document.xml');
		}
	});

	it('has nothing to fill, or a block within a line', async () => {
		expect(await problemOf(await docx(line('Báo cáo {{chu_ky}}')))).toBe('empty');
		expect(await problemOf(await docx(line('Số liệu: ', '{{so_', 'lieu}}')))).toBe(
			'not_alone {{so_lieu}}'
		);
	});
});
