/**
 * The optional questions of a draft: which there are to choose from, and how they are put in, always in
 * the order of the form. Owns: that order, codes of own questions. Must not know: pages, the database.
 */
import { FACTS } from './fact-data.ts';
import { PERSON_FACTS, SENSITIVE_FACT } from './person-facts.ts';
import type { Fact, Version } from './version.ts';

/** All that need only be switched on, in the order in which a form asks them; H1 stays last. */
export const CATALOGUE: readonly Fact[] = [
	...Object.values(FACTS).filter(({ code }) => code !== 'H1'),
	...Object.values(PERSON_FACTS)
];
export const WHO_PRESSED: Fact = FACTS.H1!;

const OWN = /^Q[1-9]$/;
export const isOwn = (fact: Pick<Fact, 'code'>): boolean => OWN.test(fact.code);

function place({ code }: Fact): number {
	if (code === 'H1') return 1000;
	const known = CATALOGUE.findIndex((fact) => fact.code === code);
	return known < 0 ? 100 + Number(code.slice(1)) : known;
}

const sorted = (facts: Fact[]) => facts.sort((a, b) => place(a) - place(b));

/**
 * With exactly these questions of the catalogue; what the organisation wrote itself stays.
 * @param reason why the sensitive one is asked, when it is among them
 */
export function withChosen(version: Version, codes: readonly string[], reason: string): Version {
	const kept = version.facts.filter((fact) => isOwn(fact) || codes.includes(fact.code));
	const added = [...CATALOGUE, WHO_PRESSED].filter(
		({ code }) => codes.includes(code) && !kept.some((fact) => fact.code === code)
	);
	const facts = [...kept, ...added].map((fact) =>
		fact.code === SENSITIVE_FACT ? { ...fact, reason } : fact
	);
	return { ...version, facts: sorted(facts) };
}

/** A code for an own question that no version of the organisation has used; undefined after nine. */
export function nextFactCode(version: Version, known: readonly string[]): string | undefined {
	const taken = new Set([...known, ...version.facts.map(({ code }) => code)]);
	for (let n = 1; n <= 9; n++) if (!taken.has(`Q${n}`)) return `Q${n}`;
	return undefined;
}

/** With this own question, new or changed. */
export function putFact(version: Version, fact: Fact): Version {
	const others = version.facts.filter(({ code }) => code !== fact.code);
	return { ...version, facts: sorted([...others, fact]) };
}

/** Without it. */
export function removeFact(version: Version, code: string): Version {
	return { ...version, facts: version.facts.filter((fact) => fact.code !== code) };
}
