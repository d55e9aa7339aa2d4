import { describe, expect, it } from 'vitest';
import { ALERT_SETTINGS, judgeNewest, RULES, type ShownMonth, type Signal } from './run-test';

/** A deterministic generator: the simulations say the same on every machine. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}

const code = (at: number) =>
	`${2024 + Math.floor(at / 12)}-M${String((at % 12) + 1).padStart(2, '0')}`;
/** Months with so many persons each, of whom this share is satisfied. */
const months = (...shares: [persons: number, share: number][]): ShownMonth[] =>
	shares.map(([persons, share], at) => {
		const sum = Math.round(persons * share) * 1e6;
		return { code: code(at), sums: { persons, sum, squares: sum * 1e6 } };
	});
const repeat = (count: number, persons: number, share: number) =>
	Array.from({ length: count }, (): [number, number] => [persons, share]);
/** Up and down in turns: months as they are when nothing changes. */
const steady = (count: number) =>
	Array.from({ length: count }, (_, at): [number, number] => [200, at % 2 ? 0.86 : 0.84]);
const said = (signals: Signal[]) =>
	signals.map(({ rule, direction, setting }) => `${rule} ${direction} ${setting}`);

describe('a run', () => {
	it.each([
		[6, []],
		[7, ['run down many']],
		[8, ['run down normal']],
		[9, ['run down few']]
	])('of %i months below the centre line', (length, expected) => {
		const found = judgeNewest(months(...steady(12), ...repeat(length, 200, 0.82)));
		expect(said(found)).toEqual(expected);
		if (found[0]) {
			expect(found[0]).toMatchObject({
				since: code(12),
				until: code(11 + length),
				previous: code(10 + length)
			});
			expect(found[0].evidence).toMatchObject({
				value: 0.82,
				months: length,
				persons: 200 * length
			});
		}
	});

	it('is ended by one month on the other side or on the line itself', () => {
		const broken = [
			...steady(12),
			...repeat(5, 200, 0.82),
			...repeat(1, 200, 0.9),
			...repeat(4, 200, 0.82)
		];
		expect(said(judgeNewest(months(...broken)))).toEqual([]);
		expect(said(judgeNewest(months(...repeat(20, 200, 0.85))))).toEqual([]);
	});

	it('needs months that are not part of it', () => {
		expect(said(judgeNewest(months(...repeat(2, 2000, 0.9), ...repeat(9, 100, 0.86))))).toEqual([]);
	});
});

describe('a month outside the limits', () => {
	it('is one that chance does not explain, by the number of answers', () => {
		expect(said(judgeNewest(months(...steady(6), [400, 0.7])))).toEqual(['outside down few']);
		expect(said(judgeNewest(months(...steady(6), [400, 0.97])))).toEqual(['outside up few']);
		// The same drop among 30 persons may be chance.
		expect(said(judgeNewest(months(...steady(6), [30, 0.7])))).toEqual([]);
	});

	it('allows more where months have always differed more', () => {
		const restless = Array.from({ length: 12 }, (_, at): [number, number] => [
			400,
			at % 2 ? 0.93 : 0.77
		]);
		expect(said(judgeNewest(months(...restless, [400, 0.72])))).toEqual([]);
	});

	it('says nothing before there are three months to compare with', () => {
		expect(judgeNewest(months(...steady(2), [400, 0.3]))).toEqual([]);
		expect(judgeNewest([])).toEqual([]);
	});
});

describe('false alarms, when nothing changes', () => {
	/** New alerts per 1,000 judged months at each setting; an alert that goes on is counted once. */
	function falseAlarms(persons: number, share: number, spread = 0): Record<string, number> {
		const next = random(20261120);
		const normal = () => Math.sqrt(-2 * Math.log(next() || 1e-12)) * Math.cos(2 * Math.PI * next());
		const counts = Object.fromEntries(ALERT_SETTINGS.map((setting) => [setting, 0]));
		let judged = 0;
		for (let story = 0; story < 400; story++) {
			const all: ShownMonth[] = [];
			const sounding = new Map<string, string>();
			for (let at = 0; at < 48; at++) {
				const p = Math.min(0.99, Math.max(0.01, share + spread * normal()));
				let satisfied = 0;
				for (let person = 0; person < persons; person++) satisfied += next() < p ? 1 : 0;
				all.push(
					...months([persons, satisfied / persons]).map((month) => ({ ...month, code: code(at) }))
				);
				if (at < 12) continue;
				judged++;
				const heard = judgeNewest(all).flatMap((signal) =>
					ALERT_SETTINGS.slice(ALERT_SETTINGS.indexOf(signal.setting)).map((setting) => ({
						key: `${setting} ${signal.rule} ${signal.direction}`,
						setting,
						signal
					}))
				);
				for (const { key, setting, signal } of heard) {
					if (sounding.get(key) !== signal.previous) counts[setting]! += 1;
					sounding.set(key, signal.until);
				}
			}
		}
		return Object.fromEntries(
			Object.entries(counts).map(([setting, count]) => [setting, (1000 * count) / judged])
		);
	}

	// The numbers of docs/scoring.md. At "normal" a figure sounds falsely about once in ten years.
	it.each([
		[40, 0.85, 0],
		[300, 0.85, 0],
		[300, 0.95, 0],
		[300, 0.85, 0.03]
	])('%i persons a month, %f satisfied, months spread by %f', (persons, share, spread) => {
		const rates = falseAlarms(persons, share, spread);
		expect(rates.few).toBeLessThan(5);
		expect(rates.normal).toBeLessThan(12);
		expect(rates.many).toBeLessThan(25);
		expect(rates.few).toBeLessThan(rates.normal!);
		expect(rates.normal).toBeLessThan(rates.many!);
	});

	it('and a real change is heard', () => {
		const next = random(7);
		let heard = 0;
		for (let story = 0; story < 200; story++) {
			const all: ShownMonth[] = [];
			for (let at = 0; at < 12 + RULES.normal.run; at++) {
				let satisfied = 0;
				for (let person = 0; person < 150; person++) {
					satisfied += next() < (at < 12 ? 0.88 : 0.8) ? 1 : 0;
				}
				all.push({ ...months([150, satisfied / 150])[0]!, code: code(at) });
				if (
					at >= 12 &&
					judgeNewest(all).some(
						({ direction, setting }) => direction === 'down' && setting !== 'many'
					)
				) {
					heard++;
					break;
				}
			}
		}
		expect(heard / 200).toBeGreaterThan(0.8);
	});
});
