/**
 * Two keyings of the same sheet compared item by item, and put together again as somebody decided.
 * Must not know: who keyed, how it is shown. Pure.
 */
import type { Item } from '$lib/questionnaire/version';

/** The answers of a sheet as they are kept (without the comment, which is typed once). */
export interface KeyedAnswers {
	moment: string | null;
	procedure_group_id: string | null;
	pressed_by: string | null;
	ratings: (number | null)[];
	facts: Record<string, number[]>;
}

export interface Difference {
	/** `moment`, `field`, `H1`, the code of an item or of a fact. */
	key: string;
	first: string;
	second: string;
}

const text = (value: unknown): string =>
	value === null || value === undefined
		? ''
		: Array.isArray(value)
			? value.join(' ')
			: String(value);

/** Every answer of a sheet under its key, as text; '' where it was left blank. */
function flat(answers: KeyedAnswers, items: Pick<Item, 'code'>[]): Map<string, string> {
	const values = new Map<string, string>();
	values.set('field', text(answers.procedure_group_id));
	values.set('M0', text(answers.moment));
	for (const [index, { code }] of items.entries()) values.set(code, text(answers.ratings[index]));
	for (const [code, chosen] of Object.entries(answers.facts)) values.set(code, text(chosen));
	values.set('H1', text(answers.pressed_by));
	return values;
}

/** What the second keying has otherwise than the first, in the order of the form. */
export function differences(
	first: KeyedAnswers,
	second: KeyedAnswers,
	items: Pick<Item, 'code'>[]
): Difference[] {
	const [a, b] = [flat(first, items), flat(second, items)];
	return [...new Set([...a.keys(), ...b.keys()])]
		.map((key) => ({ key, first: a.get(key) ?? '', second: b.get(key) ?? '' }))
		.filter((one) => one.first !== one.second);
}

/** The sheet as it really is: the first keying, with what the second had right. */
export function settled(
	first: KeyedAnswers,
	second: KeyedAnswers,
	items: Pick<Item, 'code'>[],
	isSecondRight: (key: string) => boolean
): KeyedAnswers {
	const pick = (key: string) => (isSecondRight(key) ? second : first);
	const codes = new Set([...Object.keys(first.facts), ...Object.keys(second.facts)]);
	const facts: Record<string, number[]> = {};
	for (const code of codes) {
		const chosen = pick(code).facts[code];
		if (chosen) facts[code] = chosen;
	}
	return {
		moment: pick('M0').moment,
		procedure_group_id: pick('field').procedure_group_id,
		pressed_by: pick('H1').pressed_by,
		ratings: items.map(({ code }, index) => pick(code).ratings[index] ?? null),
		facts
	};
}
