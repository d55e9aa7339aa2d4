/** What the kinds of units are called in a sentence. */
import { m } from '$lib/i18n/paraglide/messages.js';

const NAMES: Record<string, () => string> = {
	board: m.compare_kind_board,
	province: m.compare_kind_province,
	department: m.compare_kind_department,
	commune: m.compare_kind_commune,
	centre: m.compare_kind_centre,
	division: m.compare_kind_division,
	office: m.compare_kind_office,
	one_stop: m.compare_kind_one_stop,
	gate: m.compare_kind_gate,
	yard: m.compare_kind_yard
};

/** The name of a kind; the kind itself where it has none yet. */
export const kindName = (kind: string): string => NAMES[kind]?.() ?? kind;
