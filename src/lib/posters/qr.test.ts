import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { qrPng, qrShape, qrSvg } from './qr';
import { CLEAR_MODULES } from './qr-shape';

const ADDRESS = 'http://192.168.1.20:3000/s/7K3M9QX2TRA';

describe('a QR code', () => {
	it('is read back by a decoder as the address it was made of', async () => {
		const { data, width, height } = PNG.sync.read(await qrPng(ADDRESS));
		expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(ADDRESS);
	});

	it('is drawn with more than 300 dots per inch at 82 mm', async () => {
		const { width } = PNG.sync.read(await qrPng(ADDRESS));
		const { size } = qrShape(ADDRESS);
		expect(width / (size + 2 * CLEAR_MODULES)).toBe(40);
		expect((40 * size) / (82 / 25.4)).toBeGreaterThan(300);
	});

	it('has the same dark modules in its path as in its picture', async () => {
		const { size, path } = qrShape(ADDRESS);
		const dark = new Set<string>();
		for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
			for (let at = 0; at < Number(run); at++) dark.add(`${Number(x) + at},${y}`);
		}
		const png = PNG.sync.read(await qrPng(ADDRESS));
		for (let y = 0; y < size; y++) {
			for (let x = 0; x < size; x++) {
				const pixel = ((y + CLEAR_MODULES) * 40 + 20) * png.width + (x + CLEAR_MODULES) * 40 + 20;
				expect(dark.has(`${x},${y}`)).toBe(png.data[pixel * 4] === 0);
			}
		}
	});

	it('keeps four clear modules around it in the SVG', () => {
		const { size } = qrShape(ADDRESS);
		expect(qrSvg(ADDRESS)).toContain(`viewBox="-4 -4 ${size + 8} ${size + 8}"`);
	});
});
