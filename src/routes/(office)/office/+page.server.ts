import type { PageServerLoad } from './$types';
import { readNews } from '$lib/feedback/news.server';
import { formatDate } from '$lib/i18n/dates';
import { inLocale } from '$lib/i18n/localised';
import { mayOpen, OFFICE_PAGES } from '$lib/members/pages';
import { roleLabel, roleLine } from '$lib/members/roles';
import { openTo, setupSteps } from '$lib/units/setup-steps';
import { readSetupState } from '$lib/units/setup.server';

/** What may I do here? */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { session, locale } = locals;
	const known = session.state === 'in' ? session : undefined;
	const place = known?.place;
	const query = place && (known?.places.length ?? 0) > 1 ? `?unit=${place.unit.id}` : '';
	const reads = place !== undefined && mayOpen('/alerts', place.roles);
	const steps =
		place && mayOpen('/setup', place.roles) && place.roles.includes('administrator')
			? setupSteps(await readSetupState(locals.supabase, place.unit.id), '')
			: [];
	return {
		/** What an administrator has to set up before anybody can answer. */
		next: openTo(place?.roles ?? [], steps).find(({ state }) => state === 'missing') ?? null,
		news: reads ? await readNews(locals.supabase, place.unit.id) : null,
		query,
		isWelcome: url.searchParams.has('welcome'),
		isRefused: url.searchParams.has('refused'),
		email: known?.person.email ?? '',
		today: formatDate(
			new Date().toLocaleDateString('sv', { timeZone: 'Asia/Ho_Chi_Minh' }),
			locale
		),
		places: (known?.places ?? []).map(({ unit, organisation, roles }) => ({
			id: unit.id,
			unit: inLocale(unit.names, locale),
			organisation: organisation.id === unit.id ? '' : inLocale(organisation.names, locale),
			roles: roles.map((role) => ({ label: roleLabel(role), line: roleLine(role) }))
		})),
		pages: OFFICE_PAGES.filter(({ path, line }) => line && mayOpen(path, place?.roles ?? [])).map(
			({ path, label, line }) => ({
				href: path + query,
				label: label?.() ?? '',
				line: line?.() ?? ''
			})
		)
	};
};
