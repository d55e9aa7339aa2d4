/**
 * QR codes: the one place that knows error level and margin. Level M (15 % may be dirty or torn),
 * four clear modules around, black on white: what phone cameras were built to read.
 */
import QRCode from 'qrcode';
import { CLEAR_MODULES, type QrShape } from './qr-shape';

const LEVEL = 'M';

/** The dark modules of the code for an address; runs in a row are one rectangle. */
export function qrShape(address: string): QrShape {
	const { size, data } = QRCode.create(address, { errorCorrectionLevel: LEVEL }).modules;
	let path = '';
	for (let y = 0; y < size; y++) {
		for (let x = 0; x < size; x++) {
			if (!data[y * size + x]) continue;
			const start = x;
			while (x + 1 < size && data[y * size + x + 1]) x++;
			path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
		}
	}
	return { size, path };
}

/** The code as an SVG file with its margin, to be placed by any layout program. */
export function qrSvg(address: string): string {
	const { size, path } = qrShape(address);
	const whole = size + 2 * CLEAR_MODULES;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="-${CLEAR_MODULES} -${CLEAR_MODULES} ${whole} ${whole}"` +
		` shape-rendering="crispEdges"><path fill="#fff" d="M-${CLEAR_MODULES}-${CLEAR_MODULES}h${whole}v${whole}h-${whole}z"/>` +
		`<path d="${path}"/></svg>\n`
	);
}

/** The code as a PNG with its margin: 40 pixels per module, over 300 dpi at poster size. */
export function qrPng(address: string): Promise<Buffer> {
	return QRCode.toBuffer(address, {
		type: 'png',
		errorCorrectionLevel: LEVEL,
		margin: CLEAR_MODULES,
		scale: 40
	});
}
