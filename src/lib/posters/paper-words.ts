/** The words of the steps and half-days of paper batches, in the reader's language. */
import { m } from '$lib/i18n/paraglide/messages.js';

/** Languages of the sheets, each by its own name. */
export const LANGUAGE_NAMES = [
	['vi', 'Tiếng Việt'],
	['zh', '中文'],
	['en', 'English']
] as const;

const STATES = {
	keying: m.paper_state_keying,
	checking: m.paper_state_checking,
	queued: m.paper_state_queued,
	refused: m.paper_state_refused,
	recorded: m.paper_state_recorded,
	dropped: m.paper_state_dropped
};

export function stateWord(state: keyof typeof STATES): string {
	return STATES[state]();
}

export function halfDayWord(half: 'morning' | 'afternoon'): string {
	return half === 'morning' ? m.paper_morning() : m.paper_afternoon();
}
