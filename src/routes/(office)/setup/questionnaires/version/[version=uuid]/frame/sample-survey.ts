/** A point that does not exist, asking this version: what the real form needs to be looked at. */
import type { OpenVersion } from '$lib/questionnaire/questionnaires.server';
import type { Survey } from '$lib/survey/survey.server';

const NOBODY = '00000000-0000-0000-0000-000000000000';

export interface Sample {
	wording: Survey['point']['wording'];
	moment: Survey['point']['moment'];
	unit: Survey['unit']['names'];
	organisation: Survey['unit']['names'];
	label: string;
	phone: string;
}

/** The form of a point that asks `version`; its groups are left out, they depend on the point. */
export function sampleSurvey({ id, definition }: OpenVersion, sample: Sample): Survey {
	const { wording, moment, label, phone } = sample;
	return {
		point: {
			...{ id: NOBODY, token: '00000000000', kind: 'counter' as const },
			labels: { vi: label },
			...{ moment, wording, scopeLine: null }
		},
		unit: { id: NOBODY, names: sample.unit },
		organisation: {
			...{ id: NOBODY, names: sample.organisation, phone, email: '', address: null },
			...{ isDemo: false, dataContact: null, responseMonths: 24, commentMonths: 12 }
		},
		procedureGroups: [],
		version: definition,
		versionId: id,
		asked: { version: definition, moment, procedureGroupIds: [] }
	};
}
