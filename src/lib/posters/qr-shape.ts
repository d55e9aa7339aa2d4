/** The shape of a QR code without the library that makes it: what a page needs to draw one. */

/** Clear modules around the code, as ISO/IEC 18004 asks. */
export const CLEAR_MODULES = 4;

export interface QrShape {
	/** Modules per side, without the clear margin. */
	size: number;
	/** The dark modules as an SVG path in units of one module. */
	path: string;
}
