/**
 * A time of day as people type it. Owns: which ways of writing are understood. Pure.
 * A field of the browser's own is no help: it shows AM and PM where its language has them, and
 * knows no 24:00.
 */

/** @returns HH:MM, or null where the text names no time from 00:00 to 24:00 */
export function clockTime(text: string): string | null {
	const found = /^(\d{1,2})(?:\s*(?:[:.h]|giờ|时|點|点)\s*(\d{2})?(?:\s*(?:phút|分))?)?$/iu.exec(
		text.trim()
	);
	if (!found) return null;
	const [hours, minutes] = [Number(found[1]), Number(found[2] ?? '0')];
	if (minutes > 59 || hours * 60 + minutes > 24 * 60) return null;
	return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}
