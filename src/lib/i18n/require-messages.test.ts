import { expect, it } from 'vitest';
import { checkMessages } from './require-messages';
import { m } from './paraglide/messages.js';

it('every text exists in the three languages with the same placeholders', () => {
	expect(checkMessages().length).toBeGreaterThan(50);
});

it('a message comes in the language asked for', () => {
	expect(m.survey_level_5({}, { locale: 'vi' })).toBe('Rất hài lòng');
	expect(m.survey_level_5({}, { locale: 'zh' })).toBe('非常满意');
	expect(m.survey_title({ unit: 'X' }, { locale: 'en' })).toBe('Your view of X');
});
