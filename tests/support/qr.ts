// What a phone's camera reads.

import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Locator } from 'playwright';

/** The words of the QR code on a picture of this part of a page, if one can be read. */
export async function scan(sheet: Locator): Promise<string | undefined> {
	const { data, width, height } = PNG.sync.read(await sheet.screenshot());
	return jsQR(new Uint8ClampedArray(data), width, height)?.data;
}
