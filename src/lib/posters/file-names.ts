/** File names for printers: what stands on the sheet, in letters that every system keeps. Pure. */

/** `Quầy 1: Đầu tư` becomes `quay-1-dau-tu`. */
export function slug(text: string, most = 40): string {
	const plain = text
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[đĐ]/g, 'd')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '');
	return plain.slice(0, most).replace(/-+$/, '') || 'vi-tri';
}

/** Folder and name of a point's code, without an ending; the token keeps two of the same name apart. */
export function codeFileName(unit: string, point: string, token: string): string {
	return `${slug(unit)}/${slug(point)}_${token}`;
}
