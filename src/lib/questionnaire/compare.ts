/**
 * What a new version means for the figures, against the last one: which series go on, begin, end, and
 * what was reworded on the way. Pure facts; the sentences are compare-words.ts.
 * Rule: an item is comparable as long as its code stays; an index of a dimension as long as the items
 * that count for it stay the same ones.
 */
import type { Fact, Item, Version } from './version.ts';

export interface Reworded {
	code: string;
	before: string;
	after: string;
}

/** An index whose items are not the same as before. */
export interface IndexChange {
	measure: string;
	change: 'begins' | 'ends' | 'mixed';
	before: string[];
	after: string[];
}

export interface Comparison {
	/** Same code, same Vietnamese words. */
	same: string[];
	reworded: Reworded[];
	begins: { code: string; text: string }[];
	ends: { code: string; text: string }[];
	/** Indices (with S0) that go on unchanged, and those that do not. */
	sameIndices: string[];
	indices: IndexChange[];
	/** Items that count for their index now and did not before, or the other way round. */
	facts: { begins: Fact[]; ends: Fact[]; reworded: Reworded[] };
	/** The order or the way it is laid out is another. */
	isReordered: boolean;
	/** Nothing at all has changed for a person who answers in Vietnamese. */
	isSame: boolean;
}

const said = ({ texts, gateTexts }: Item) =>
	[texts.vi.text, texts.vi.help, gateTexts?.vi.text, gateTexts?.vi.help]
		.filter(Boolean)
		.join(' · ');
const saidFact = ({ text, choices }: Fact) =>
	[text.vi, ...choices.map((choice) => choice.vi)].join(' · ');

function countingFor(version: Version, measure: string): string[] {
	return version.items.filter((item) => item.measure === measure).map(({ code }) => code);
}

function indexChanges(before: Version, after: Version) {
	const measures = [
		...new Set([...after.items, ...before.items].map(({ measure }) => measure ?? ''))
	].filter(Boolean);
	const sameIndices: string[] = [];
	const indices: IndexChange[] = [];
	for (const measure of measures) {
		const [old, now] = [countingFor(before, measure), countingFor(after, measure)];
		if ([...old].sort().join() === [...now].sort().join()) sameIndices.push(measure);
		else {
			const change = old.length === 0 ? 'begins' : now.length === 0 ? 'ends' : 'mixed';
			indices.push({ measure, change, before: old, after: now });
		}
	}
	return { sameIndices, indices };
}

/** Compares a version with the one that was published before it. */
export function compareVersions(before: Version, after: Version): Comparison {
	const old = new Map(before.items.map((item) => [item.code, item]));
	const now = new Map(after.items.map((item) => [item.code, item]));
	const kept = after.items.filter(({ code }) => old.has(code));
	const reworded = kept
		.map((item) => ({ code: item.code, before: said(old.get(item.code)!), after: said(item) }))
		.filter((words) => words.before !== words.after);
	const brief = ({ code, texts }: Item) => ({ code, text: texts.vi.text });
	const oldFacts = new Map(before.facts.map((fact) => [fact.code, fact]));
	const facts = {
		begins: after.facts.filter(({ code }) => !oldFacts.has(code)),
		ends: before.facts.filter(({ code }) => !after.facts.some((fact) => fact.code === code)),
		reworded: after.facts
			.filter(({ code }) => oldFacts.has(code))
			.map((fact) => ({
				code: fact.code,
				before: saidFact(oldFacts.get(fact.code)!),
				after: saidFact(fact)
			}))
			.filter((words) => words.before !== words.after)
	};
	const begins = after.items.filter(({ code }) => !old.has(code)).map(brief);
	const ends = before.items.filter(({ code }) => !now.has(code)).map(brief);
	const order = (version: Version) =>
		version.items.map(({ code }) => code).filter((code) => old.has(code) && now.has(code));
	const isReordered =
		before.series !== after.series || order(before).join() !== order(after).join();
	const changed = [begins, ends, reworded, facts.begins, facts.ends, facts.reworded];
	return {
		same: kept.map(({ code }) => code).filter((c) => !reworded.some(({ code }) => code === c)),
		reworded,
		begins,
		ends,
		...indexChanges(before, after),
		facts,
		isReordered,
		isSame: !isReordered && changed.every((list) => list.length === 0)
	};
}
