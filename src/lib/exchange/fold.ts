/**
 * Words as they are compared: without diacritics, case, spaces and signs. `Mã đơn vị *` is `ma don vi`.
 * The twin of private.folded for headings and fixed words, not for names.
 */
export function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Diacritic}/gu, '')
		.replace(/[đĐ]/g, 'd')
		.toLowerCase()
		.replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
		.trim();
}
