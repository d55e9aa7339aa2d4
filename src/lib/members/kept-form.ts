/**
 * What somebody typed into an office form after the session had ended: carried through signing in and
 * given back, so that nothing is lost. Passwords and codes are never carried.
 * Must not know: sessions.
 */

const NEVER_CARRIED = /password|code|secret/i;
/** Characters in all; a longer form is cut at a field, and says so nowhere else than in the log. */
const MOST_CHARACTERS = 200_000;

export type KeptFields = [name: string, value: string][];

/** The text fields of a posted form, in their order. */
export function keptFields(form: FormData): KeptFields {
	const fields: KeptFields = [];
	let size = 0;
	for (const [name, value] of form) {
		if (typeof value !== 'string' || NEVER_CARRIED.test(name)) continue;
		size += name.length + value.length;
		if (size > MOST_CHARACTERS) break;
		fields.push([name, value]);
	}
	return fields;
}

/** Reads the one hidden field in which the fields travel; anything else is an empty form. */
export function parseKept(text: FormDataEntryValue | null): KeptFields {
	try {
		const parsed: unknown = JSON.parse(typeof text === 'string' ? text : '');
		if (!Array.isArray(parsed)) return [];
		return parsed.filter(
			(pair): pair is [string, string] =>
				Array.isArray(pair) &&
				pair.length === 2 &&
				pair.every((part) => typeof part === 'string') &&
				!NEVER_CARRIED.test(pair[0] as string)
		);
	} catch {
		return [];
	}
}

/** What a person has written, as opposed to what a form carries along (ids, choices). */
export function typedTexts(fields: KeptFields): string[] {
	return fields
		.map(([, value]) => value.trim())
		.filter((value) => value !== '' && !/^[0-9a-f-]{36}$/i.test(value));
}

/** An address of this site to go on to, or `fallback`: never another site's. */
export function localPath(wanted: string | null | undefined, fallback = '/office'): string {
	if (!wanted || !/^\/(?![/\\])[^\\\s]*$/.test(wanted)) return fallback;
	return wanted;
}
