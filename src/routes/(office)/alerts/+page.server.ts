import { fail } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { pictureHref } from '$lib/feedback/address';
import { alertEvidence, alertHeading, alertPlace, settingWords } from '$lib/feedback/alerts';
import * as alerts from '$lib/feedback/alerts.server';
import { isUuid } from '$lib/forms/is-uuid';
import { withProblem } from '$lib/forms/parse-form';
import { refusedForm } from '$lib/forms/refused.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { m } from '$lib/i18n/paraglide/messages.js';
import { placeOf, placeQuery } from '$lib/members/place.server';
import { ALERT_SETTINGS } from '$lib/scoring/run-test';
import { env } from '$lib/server/env';
import { periodName } from '$lib/transparency/period-label';

/** What has lastingly changed in my unit, and what do we do about it? */
export const load: PageServerLoad = async (event) => {
	const { supabase, locale } = event.locals;
	const { unit } = placeOf(event);
	const place = placeQuery(event) ? unit.id : null;
	const asked = Number.parseInt(event.url.searchParams.get('from') ?? '0', 10);
	const offset = Math.max(0, asked || 0);
	const page = await alerts.listAlerts(supabase, unit.id, offset);
	// Only who has really been shown them has seen them: not a form that came back.
	if (event.request.method === 'GET') await alerts.seeAlerts(supabase, unit.id);
	return {
		unit: inLocale(unit.names, locale),
		place,
		done: event.url.searchParams.get('done'),
		digest: page.digest,
		hasMail: env().MAIL === 'on',
		counts: { open: page.open, done: page.done },
		judged: page.judged && periodName(page.judged, locale),
		setting: {
			now: page.setting,
			maySet: page.maySet,
			choices: ALERT_SETTINGS.map((value) => ({ value, label: settingWords(value) }))
		},
		next: offset + page.alerts.length < page.open + page.done ? offset + alerts.PAGE_SIZE : null,
		offset,
		alerts: page.alerts.map((alert) => ({
			id: alert.id,
			rule: alert.rule,
			isNew: alert.isNew,
			revision: alert.revision,
			place: alertPlace(alert, locale),
			heading: alertHeading(alert),
			lines: alertEvidence(alert, locale),
			href:
				alert.rule === 'beyond_rules'
					? null
					: pictureHref({
							place,
							of: alert.unit.id,
							point: alert.point?.id ?? null,
							period: alert.last
						}),
			acknowledged: alert.acknowledged && {
				note: alert.acknowledged.note ?? '',
				words: m.alerts_answered({
					by: alert.acknowledged.by ?? m.alerts_somebody(),
					day: formatDate(alert.acknowledged.on, locale)
				})
			}
		}))
	};
};

const SENTENCES: Record<string, () => string> = {
	unknown_alert: m.alerts_gone,
	not_allowed: m.office_not_yours,
	impossible_note: m.alerts_note_wrong,
	changed_meanwhile: m.alerts_changed,
	unknown_setting: m.alerts_setting_wrong
};

/** A refusal becomes a sentence at its field with what was typed; anything else is passed on. */
const refused = (failure: unknown, form: FormData, field: string) =>
	refusedForm(failure, form, ({ key }) => ({ field, sentence: SENTENCES[key ?? '']?.() }));

export const actions: Actions = {
	acknowledge: async ({ request, locals }) => {
		const form = await request.formData();
		const id = String(form.get('alert') ?? '');
		const seen = Number.parseInt(String(form.get('seen') ?? ''), 10);
		const note = String(form.get('note') ?? '');
		if (!isUuid(id)) return fail(404, { back: withProblem(form, 'form', m.alerts_gone()) });
		try {
			await alerts.acknowledge(locals.supabase, id, note, Number.isSafeInteger(seen) ? seen : 0);
			return { said: m.alerts_done_notice() };
		} catch (failure) {
			return refused(failure, form, `note-${id}`);
		}
	},
	setting: async (event) => {
		const form = await event.request.formData();
		try {
			const setting = String(form.get('setting') ?? '');
			await alerts.setSetting(event.locals.supabase, placeOf(event).unit.id, setting);
			return { said: m.alerts_setting_saved() };
		} catch (failure) {
			return refused(failure, form, 'setting');
		}
	},
	digest: async (event) => {
		const form = await event.request.formData();
		const on = form.get('digest') === 'on';
		try {
			await alerts.setDigest(event.locals.supabase, placeOf(event).unit.id, on);
			return { said: on ? m.digest_on() : m.digest_off() };
		} catch (failure) {
			return refused(failure, form, 'digest');
		}
	}
};
