/** What was just done, told on the page that the reader is brought back to (?done=…). */
import { m } from '$lib/i18n/paraglide/messages.js';

const UNITS: Record<string, () => string> = {
	added: m.units_done_added,
	saved: m.units_done_saved,
	moved: m.units_done_moved,
	closed: m.units_done_closed,
	reopened: m.units_done_reopened,
	removed: m.units_done_removed,
	merged: m.units_done_merged,
	split: m.units_done_split
};
const POINTS: Record<string, () => string> = {
	added: m.units_done_point_added,
	saved: m.units_done_saved,
	off: m.units_done_point_off,
	on: m.units_done_point_on,
	token: m.units_done_token
};

export const unitDone = (key: string | null): string | undefined => UNITS[key ?? '']?.();
export const pointDone = (key: string | null): string | undefined => POINTS[key ?? '']?.();
