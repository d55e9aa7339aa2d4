import type { LayoutServerLoad } from './$types';
import { inLocale } from '$lib/i18n/localised';
import { OFFICE_PAGES, mayOpen, officePage } from '$lib/members/pages';
import { roleLabel, roleLine } from '$lib/members/roles';

/** What the shell shows: only what this person may do here, today. Null on pages that are open to all. */
export const load: LayoutServerLoad = ({ locals, url }) => {
	const { session, locale } = locals;
	if (session.state !== 'in') return { locale, shell: null };
	const { person, places, place } = session;
	const query = places.length > 1 && place ? `?unit=${place.unit.id}` : '';
	const here = officePage(url.pathname);
	return {
		locale,
		shell: {
			person: person.name || person.email,
			unit: place && inLocale(place.unit.names, locale),
			organisation: place && inLocale(place.organisation.names, locale),
			isRoot: place?.unit.id === place?.organisation.id,
			isDemo: place?.organisation.isDemo ?? false,
			roles: place?.roles.map((role) => ({ label: roleLabel(role), line: roleLine(role) })) ?? [],
			pages: OFFICE_PAGES.filter(
				({ path, label }) => label && mayOpen(path, place?.roles ?? [])
			).map(({ path, label }) => ({
				href: path + query,
				label: label?.() ?? '',
				isHere: here ? here.path === path || here.path.startsWith(`${path}/`) : false
			})),
			places: places.map(({ unit, roles }) => ({
				id: unit.id,
				label: `${inLocale(unit.names, locale)} (${roles.map(roleLabel).join(', ')})`,
				isHere: unit.id === place?.unit.id
			}))
		}
	};
};
