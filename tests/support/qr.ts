// What a phone's camera reads.

import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Locator } from 'playwright';

/** The words of the QR code in a PNG file, if one can be read. */
export function readCode(png: Buffer): string | undefined {
	const { data, width, height } = PNG.sync.read(png);
	return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}

/** The words of the QR code on a picture of this part of a page. */
export const scan = async (sheet: Locator): Promise<string | undefined> =>
	readCode(await sheet.screenshot());
