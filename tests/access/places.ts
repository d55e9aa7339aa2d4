// Roles, places and the sets of them that the access matrix is written in.

export const ROLES = [
	'anonymous',
	'stranger',
	'officer',
	'analyst',
	'leader',
	'administrator',
	'auditor'
] as const;
export type Role = (typeof ROLES)[number];

export const PLACES = ['own', 'below', 'sister', 'above', 'foreign'] as const;
export type Place = (typeof PLACES)[number];

/** Places at which each role may; a role that is left out may nowhere. */
export type Cells = Partial<Record<Role, Place[]>>;

export const INSIDE: Place[] = ['own', 'below', 'sister', 'above'];
export const SUBTREE: Place[] = ['own', 'below'];
export const HOUSE: Place[] = ['above'];

export const forMembers = (places: Place[]): Cells => ({
	officer: places,
	analyst: places,
	leader: places,
	administrator: places,
	auditor: places
});
export const NOBODY: Cells = {};
export const EVERYWHERE: Place[] = [...PLACES];
export const ANYBODY: Cells = {
	anonymous: EVERYWHERE,
	stranger: EVERYWHERE,
	...forMembers(EVERYWHERE)
};
export const SIGNED_IN: Cells = { stranger: EVERYWHERE, ...forMembers(EVERYWHERE) };
export const BY_ADMINISTRATORS: Cells = { administrator: SUBTREE };
