import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it, vi } from 'vitest';
import { toExcel } from './excel';
import { fillOutline } from './outline/fill.server';
import type { Report, ReportTable } from './report';
import { frameOf, receiveFile, stepsOf, STEPS_TYPE, type Step } from './steps';
import { begun, steppedResponse } from './stepped-response';
import { streamedExcel } from './streamed-excel';
import { streamedWord } from './streamed-word';
import { toWordDocument, toWordSection } from './word';

const columns: ReportTable['columns'] = [
	{ head: 'Đơn vị', kind: 'text' },
	{ head: 'Số người trả lời', kind: 'count' },
	{ head: 'Tỷ lệ hài lòng', kind: 'percent' },
	{ head: 'Khoảng tin cậy 95%', kind: 'interval' }
];
const rowOf = (n: number): ReportTable['rows'][number] =>
	n % 7 === 3
		? [`Xã "số" ${n} & <${n}>`, 'Chưa đủ dữ liệu', 'Chưa đủ dữ liệu', '']
		: [`Xã số ${n}`, 1000 + n, 80 + n / 7, { low: 70.04, high: 89.96 }];
const table = (id: string, rows: number): ReportTable => ({
	id,
	name: id,
	title: `Bảng ${id}`,
	columns,
	rows: Array.from({ length: rows }, (_, n) => rowOf(n)),
	notes: ['Ghi chú.']
});
const reportOf = (units: number): Report => ({
	organisation: 'Ban Quản lý',
	unit: 'Văn phòng',
	period: 'Quý II năm 2026',
	subject: 'Kết quả đo lường',
	sentences: ['83,9% người trả lời hài lòng.'],
	tables: [table('units', units), table('measures', units * 7), table('targets', 0)],
	method: ['Khoảng tin cậy Wilson.']
});
const head = { place: '…', year: 2026, signatory: 'Trưởng ban', recipients: ['Sở Nội vụ'] };

/** Typed by a person: a placeholder in the text, one in a cell of the office's own table. */
async function outline(): Promise<Buffer> {
	const line = (text: string) => new Paragraph({ children: [new TextRun(text)] });
	const cell = new TableCell({ children: [line('{{bang_don_vi}}')] });
	const children = [
		line('{{trich_yeu}}'),
		line('{{so_lieu}}'),
		new Table({ rows: [new TableRow({ children: [cell] })] }),
		line('{{bang_chi_so}}')
	];
	return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

async function all(steps: AsyncGenerator<Step>): Promise<Step[]> {
	const found: Step[] = [];
	for await (const step of steps) found.push(step);
	return found;
}
/** The texts of all parts by their paths, without the time at which docx made each file. */
const partsOf = (file: Uint8Array): Record<string, string> =>
	Object.fromEntries(
		Object.entries(unzipSync(new Uint8Array(file))).map(([path, bytes]) => [
			path,
			strFromU8(bytes).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
		])
	);
/** docx's patcher writes quotation marks in texts as they are, its packer as entities: the same to every reader. */
const plain = (xml: string) => xml.replaceAll('&quot;', '"').replaceAll('&apos;', "'");
/** Part by part, so that a failure names the part instead of printing all of them. */
function expectSame(made: Uint8Array, whole: Uint8Array, asRead = (xml: string) => xml): void {
	const [found, expected] = [partsOf(made), partsOf(whole)];
	expect(Object.keys(found)).toEqual(Object.keys(expected));
	for (const [path, xml] of Object.entries(expected)) {
		expect(asRead(found[path]!) === asRead(xml), path).toBe(true);
	}
}
const fileOf = (steps: Step[]) => Buffer.concat(steps.map(({ bytes }) => bytes));

describe('a Word file line by line', () => {
	const writers: [string, (report: Report) => Promise<Buffer>][] = [
		['the section', toWordSection],
		['the document', (report) => toWordDocument(report, head)]
	];
	it.each(writers)('%s has exactly the parts that docx makes of the whole', async (_, write) => {
		const report = reportOf(9);
		const steps = await all(streamedWord(report, write));
		expectSame(fileOf(steps), await write(report));
	});

	it('an outline of the office is filled as docx fills it, a table twice and in a cell too', async () => {
		const report = reportOf(9);
		const file = await outline();
		const steps = await all(streamedWord(report, (form) => fillOutline(file, form)));
		expectSame(fileOf(steps), await fillOutline(file, report), plain);
		expect(steps.at(-1)).toMatchObject({ done: 9 + 63 + 9, of: 81 });
	});

	it('whatever stands in its cells', { timeout: 20_000 }, async () => {
		const text = fc.string({ unit: 'grapheme' });
		const odd = fc.array(fc.constantFrom('&', '<', '"', "'", ' ', '\u0007', '\n', 'ữ', '😀'));
		await fc.assert(
			fc.asyncProperty(
				fc.oneof(
					text,
					odd.map((signs) => signs.join(''))
				),
				async (words) => {
					const report = reportOf(1);
					report.tables[0]!.rows = [[words, 1, 2, words]];
					const steps = await all(streamedWord(report, toWordSection));
					expectSame(fileOf(steps), await toWordSection(report));
				}
			),
			{ numRuns: 15 }
		);
	});

	it('sends its first bytes before the last unit is written, and counts every line', async () => {
		const steps = await all(streamedWord(reportOf(70), toWordSection));
		const sending = steps.filter(({ bytes }) => bytes.length > 0);
		expect(steps[0]).toMatchObject({ done: 0, of: 0 });
		expect(sending[0]!.done).toBe(0);
		expect(sending.filter(({ done, of }) => done > 0 && done < of).length).toBeGreaterThan(2);
		expect(steps.at(-1)).toMatchObject({ done: 560, of: 560 });
		expect(steps.every(({ done }, at) => done >= (steps[at - 1]?.done ?? 0))).toBe(true);
	});
});

describe('an Excel file row by row', () => {
	/** A sheet's cells with what they show and how, and all that is around them. */
	function sheetOf(parts: Record<string, string>, path: string) {
		const strings = [...parts['xl/sharedStrings.xml']!.matchAll(/<si><t[^>]*>(.*?)<\/t><\/si>/gs)];
		const styles = parts['xl/styles.xml']!;
		const formats = new Map(
			[...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]+)"/g)].map(([, id, code]) => [
				id,
				code
			])
		);
		const looks = [...styles.matchAll(/<xf ([^>]*)>(.*?)<\/xf>/g)].map(
			([, attributes, inner]) =>
				attributes!.replace(/numFmtId="(\d+)"/, (_, id: string) => formats.get(id) ?? id) + inner
		);
		const sheet = parts[path]!;
		const cells = [
			...sheet.matchAll(/<c r="(\w+)"(?: s="(\d+)")?( t="s")?(?:\/>|><v>(.*?)<\/v>)/g)
		];
		return {
			around: sheet.replace(/<sheetData>.*<\/sheetData>/s, ''),
			rows: [...sheet.matchAll(/<row r="(\d+)"/g)].map(([, line]) => Number(line)),
			cells: cells.map(([, at, style, isWords, value]) => ({
				at,
				look: looks[Number(style ?? 0)],
				value: isWords ? plain(strings[Number(value)]![1]!) : value
			}))
		};
	}

	it('has the cells, looks and sheets that its writer makes of the whole', async () => {
		const report = reportOf(23);
		const made = partsOf(fileOf(await all(streamedExcel(report))));
		const whole = partsOf(await toExcel(report));
		expect(Object.keys(made).sort()).toEqual(Object.keys(whole).sort());
		for (const path of Object.keys(whole)) {
			if (/sheet\d+\.xml$/.test(path)) expect(sheetOf(made, path)).toEqual(sheetOf(whole, path));
			else if (!/styles|sharedStrings/.test(path)) expect(made[path]).toBe(whole[path]);
		}
		expect(sheetOf(made, 'xl/worksheets/sheet2.xml').rows).toHaveLength(2 + 161 + 1);
	});

	it('is read by a spreadsheet as the whole is', async () => {
		const report = reportOf(23);
		const read = async (file: Buffer) => await readXlsxFile(file);
		expect(await read(fileOf(await all(streamedExcel(report))))).toEqual(
			await read(await toExcel(report))
		);
	});

	it('sends its first bytes before the last unit is written, and counts every line', async () => {
		const steps = await all(streamedExcel(reportOf(300)));
		expect(
			steps.filter(({ bytes, done }) => bytes.length > 0 && done === 0).length
		).toBeGreaterThan(0);
		expect(steps.at(-1)).toMatchObject({ done: 2400, of: 2400 });
	});
});

describe('the answer', () => {
	const named = { type: 'application/x', name: 'bao-cao.docx' };
	const asked = (accept: string) => new Request('http://localhost/', { headers: { accept } });

	it('is the file alone for who does not watch', async () => {
		const report = reportOf(3);
		const steps = streamedWord(report, toWordSection);
		const answer = steppedResponse(asked('*/*'), steps, named, vi.fn());
		expect(answer.headers.get('content-type')).toBe('application/x');
		expect(answer.headers.get('content-disposition')).toContain('"bao-cao.docx"');
		const file = new Uint8Array(await answer.arrayBuffer());
		expectSame(file, await toWordSection(report));
	});

	it('is the file with its steps for a page that watches', async () => {
		const report = reportOf(70);
		const steps = streamedWord(report, toWordSection);
		const answer = steppedResponse(asked(STEPS_TYPE), steps, named, vi.fn());
		vi.stubGlobal('fetch', () => Promise.resolve(answer));
		const seen: { done: number; of: number; bytes: number }[] = [];
		const signal = new AbortController().signal;
		const { file, name } = await receiveFile('/x', (step) => seen.push(step), signal);
		vi.unstubAllGlobals();
		expect(name).toBe('bao-cao.docx');
		expect(seen.at(-1)).toEqual({ done: 560, of: 560, bytes: file.size });
		expect(seen.some(({ done, bytes }) => done < 560 && bytes > 0)).toBe(true);
		const whole = new Uint8Array(await file.arrayBuffer());
		expectSame(whole, await toWordSection(report));
	});

	it('lets others go first between its pieces', async () => {
		let turns = 0;
		const timer = setInterval(() => (turns += 1), 0);
		const steps = streamedWord(reportOf(70), toWordSection);
		await steppedResponse(asked(STEPS_TYPE), steps, named, vi.fn()).arrayBuffer();
		clearInterval(timer);
		expect(turns).toBeGreaterThan(3);
	});

	it('is made no further than it is read, and not at all once nobody reads', async () => {
		let made = 0;
		let isOver = false;
		const failed = vi.fn();
		async function* endless(): AsyncGenerator<Step> {
			try {
				for (;;) {
					await Promise.resolve();
					yield { done: (made += 1), of: 1000, bytes: new Uint8Array(4) };
				}
			} finally {
				isOver = true;
			}
		}
		const reader = steppedResponse(asked('*/*'), endless(), named, failed).body!.getReader();
		expect(made).toBe(0);
		await reader.read();
		await reader.read();
		expect(made).toBe(2);
		const pending = reader.read();
		await reader.cancel();
		await pending;
		expect(isOver).toBe(true);
		expect(made).toBeLessThanOrEqual(3);
		expect(failed).not.toHaveBeenCalled();
	});

	it('cannot begin when its form cannot be made', async () => {
		const refused = streamedWord(reportOf(3), () => Promise.reject(new Error('no')));
		await expect(begun(refused, 2)).rejects.toThrow('no');
		const whole = await all(await begun(streamedWord(reportOf(3), toWordSection), 2));
		expect(whole[0]).toMatchObject({ done: 0, of: 0 });
		expect(whole.at(-1)).toMatchObject({ done: 24, of: 24 });
		expectSame(fileOf(whole), await toWordSection(reportOf(3)));
	});

	it('breaks off when the making fails, and that is told', async () => {
		const failed = vi.fn();
		const steps = streamedWord(reportOf(3), () => Promise.reject(new Error('no')));
		const answer = steppedResponse(asked('*/*'), steps, named, failed);
		await expect(answer.arrayBuffer()).rejects.toThrow();
		expect(failed).toHaveBeenCalledOnce();
	});
});

describe('steps on their way', () => {
	const stream = (bytes: Uint8Array, at: number[]) =>
		new ReadableStream<Uint8Array>({
			start(controller) {
				const cuts = [0, ...at.map((part) => part % (bytes.length + 1)), bytes.length];
				cuts.sort((a, b) => a - b);
				cuts.slice(1).forEach((end, n) => controller.enqueue(bytes.slice(cuts[n], end)));
				controller.close();
			}
		});

	it('arrive whole, however the network cuts them', async () => {
		const step = fc.record({
			done: fc.nat(),
			of: fc.nat(),
			bytes: fc.uint8Array({ maxLength: 40 })
		});
		await fc.assert(
			fc.asyncProperty(fc.array(step), fc.array(fc.nat()), async (steps, cuts) => {
				const sent = new Uint8Array(Buffer.concat(steps.map(frameOf)));
				expect(await all(stepsOf(stream(sent, cuts)))).toEqual(steps);
			})
		);
	});

	it('are refused when they break off', async () => {
		const sent = frameOf({ done: 1, of: 2, bytes: new Uint8Array(9) });
		await expect(all(stepsOf(stream(sent.slice(0, -1), [])))).rejects.toThrow('broke off');
		vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 503 })));
		const asked = receiveFile('/x', vi.fn(), new AbortController().signal);
		await expect(asked).rejects.toThrow('503');
		vi.unstubAllGlobals();
	});
});
