import type { PageServerLoad } from './$types';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf } from '$lib/members/place.server';
import { openVersion } from '$lib/questionnaire/editing.server';
import { sampleSurvey } from './sample-survey';

// No action: whatever is posted here is refused.
export const load: PageServerLoad = async (event) => {
	const { locals, params, url } = event;
	const open = await openVersion(locals.supabase, params.version);
	const { unit, organisation } = placeOf(event);
	const moment = url.searchParams.get('moment');
	const survey = sampleSurvey(open, {
		wording: url.searchParams.get('wording') === 'gate' ? 'gate' : 'one_stop',
		moment: moment === 'receive' || moment === 'return' ? moment : 'both',
		unit: unit.names,
		organisation: organisation.names,
		label: m.questionnaires_sample_point(),
		phone: '…'
	});
	return { survey, locale: locals.locale };
};
