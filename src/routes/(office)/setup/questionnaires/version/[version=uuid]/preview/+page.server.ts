import type { PageServerLoad } from './$types';
import { isLocale, LOCALES } from '$lib/i18n/locale';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeQuery } from '$lib/members/place.server';
import { openVersion } from '$lib/questionnaire/editing.server';
import { languageName } from '$lib/questionnaire/words';

export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const { supabase, locale } = locals;
	const { id, number, questionnaire, definition } = await openVersion(supabase, params.version);
	const wanted = url.searchParams.get('in');
	const language = isLocale(wanted) ? wanted : 'vi';
	const wording = url.searchParams.get('wording') === 'gate' ? 'gate' : 'one_stop';
	const asked = url.searchParams.get('moment');
	const moment = asked === 'receive' || asked === 'return' ? asked : 'both';
	const unit = new URLSearchParams(placeQuery(event)).get('unit');
	return {
		query: placeQuery(event),
		version: id,
		name: inLocale(questionnaire.names, locale),
		number,
		...{ language, wording, moment, unit },
		languages: LOCALES.map((value) => ({
			value,
			label:
				value !== 'vi' && definition.unchecked.includes(value)
					? m.questionnaires_preview_unchecked({ language: languageName(value) })
					: languageName(value)
		})),
		frame: new URLSearchParams({
			...{ lang: language, wording, moment },
			...(unit ? { unit } : {})
		}).toString()
	};
};
