/**
 * Who leads the work on a dimension: what the organisation has set, else the plan of the seeds
 * (KH 54/KH-BQLKKTCK of 2025, part II.2: procedure and complaints "Văn phòng", conduct and result "các
 * phòng chuyên môn"; the plan gives access to nobody). Pure.
 */
import { m } from '$lib/i18n/paraglide/messages.js';
import type { Dimension } from '$lib/scoring/attribution';
import type { CompareSettings } from './settings';

/** The dimensions that may have an owner, in the order of the forms. */
export const OWNED = ['access', 'procedure', 'conduct', 'result', 'complaints'] as const;

const BY_PLAN: Partial<Record<Dimension, () => string>> = {
	procedure: m.compare_owner_office,
	conduct: m.compare_owner_divisions,
	result: m.compare_owner_divisions,
	complaints: m.compare_owner_office
};

/** The owner's name; null when nobody leads it. */
export function ownerOf(dimension: Dimension, owners: CompareSettings['owners']): string | null {
	if (owners) return owners[dimension]?.trim() || null;
	return BY_PLAN[dimension]?.() ?? null;
}

/** The sentence under a weakness. */
export function ownerSentence(dimension: Dimension, owners: CompareSettings['owners']): string {
	const owner = ownerOf(dimension, owners);
	return owner === null ? m.compare_owner_none() : m.compare_owner({ owner });
}
