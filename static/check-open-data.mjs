// Checks the open data of a Lắng Nghe installation and recomputes one published figure. Node 20 or later, nothing else:
//
//   node check-open-data.mjs https://host [id of a score]
//
// 1. Downloads each publication as CSV and compares its SHA-256 with the digest that is published for it.
// 2. Recomputes the chain of daily hashes from these digests. Compare the last hash with one you noted down before.
// 3. Recomputes a figure with its interval (docs/scoring.md) and compares it to the last digit.

/* eslint-disable no-console */
import { createHash } from 'node:crypto';

const [host, wanted] = process.argv.slice(2);
if (!host) throw new Error('usage: node check-open-data.mjs https://host [id of a score]');
const api = `${host.replace(/\/+$/, '')}/api/v1`;
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

async function get(path) {
	const answer = await fetch(api + path);
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return answer;
}

/** Fields of one line of CSV: names may hold commas and doubled quotes. */
function fields(line) {
	return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
		.map(([, field]) => (field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field))
		.slice(0, -1);
}

// 1. The digests -------------------------------------------------------------------------------------------
const { items: publications } = await (await get('/publications')).json();
const scores = [];
for (const { id, organisation_id, period, revision, digest } of publications) {
	const path = `/scores?organisation=${organisation_id}&period=${period}&revision=${revision}&format=csv`;
	const bytes = Buffer.from(await (await get(path)).arrayBuffer());
	const body = bytes.subarray(bytes.indexOf('\n') + 1);
	const found = sha256(body);
	if (digest && digest !== found) {
		throw new Error(`${period} revision ${revision} (${id}) has changed`);
	}
	const head = fields(bytes.subarray(3, bytes.indexOf('\r\n')).toString());
	for (const line of body.toString().split('\r\n').filter(Boolean)) {
		const values = fields(line);
		scores.push(Object.fromEntries(head.map((name, at) => [name, values[at]])));
	}
}
console.log(
	`${publications.length} publications with ${scores.length} scores: every digest is right.`
);

// 2. The chain ---------------------------------------------------------------------------------------------
const { days, publications: hashed } = await (await get('/hashes')).json();
let before = '0'.repeat(64);
for (const { day, previous, hash } of days) {
	const covered = hashed
		.filter(
			(one) => one.hashed_on && one.hashed_on <= day && !(one.removed_on && one.removed_on <= day)
		)
		.sort((a, b) => (a.id < b.id ? -1 : 1))
		.map(({ id, digest }) => `${id} ${digest}\n`);
	const found = sha256(`${before}\n${day}\n${covered.join('')}`);
	if (previous !== before || hash !== found) throw new Error(`the hash of ${day} is wrong`);
	before = hash;
}
for (const { id, digest } of hashed) {
	const now = publications.find((one) => one.id === id);
	if (now && now.digest !== digest) throw new Error(`publication ${id} has two digests`);
}
console.log(`${days.length} daily hashes: the chain is right. The last one: ${before}`);

// 3. One figure --------------------------------------------------------------------------------------------
const score = scores.find(({ id, state }) => (wanted ? id === wanted : state === 'shown'));
if (!score) throw new Error('there is no such score');
if (score.state !== 'shown') {
	throw new Error('fewer than 30 answered: only the interval is published');
}

/** Wilson's interval with the effective number of persons; values between 0 and 1. */
function recompute({ persons, sum, squares, formula }) {
	const n = Number(persons);
	let total = Number(sum) / 1e6;
	let square = Number(squares) / 1e12;
	// The mean ÷ 5 lies between 0.2 and 1: brought to 0 to 1, and back at the end.
	if (formula === 'mean') {
		[total, square] = [(5 * total - n) / 4, (25 * square - 10 * total + n) / 16];
	}
	const back = (value) => 100 * (formula === 'mean' ? (4 * value + 1) / 5 : value);
	const share = total / n;
	// Two persons at 0 and two at 1 are added, so that the width never collapses where all agree.
	const m = n + 4;
	const mean = (total + 2) / m;
	const variance = Math.min((square + 2 - m * mean ** 2) / (m - 1), mean * (1 - mean));
	const effective = (n * mean * (1 - mean)) / variance;
	const z = 1.959963984540054;
	const centre = share + z ** 2 / (2 * effective);
	const half = z * Math.sqrt((share * (1 - share)) / effective + z ** 2 / (4 * effective ** 2));
	const scale = 1 + z ** 2 / effective;
	return {
		value: back(share),
		low: back(Math.max(0, (centre - half) / scale)),
		high: back(Math.min(1, (centre + half) / scale))
	};
}

const found = recompute(score);
console.log(
	`${score.unit}, ${score.period}, ${score.subject} (${score.formula}), ${score.persons} persons`
);
for (const name of ['value', 'low', 'high']) {
	const same = found[name].toFixed(1) === score[name];
	console.log(`  ${name}: published ${score[name]}, recomputed ${found[name].toFixed(1)}`);
	if (!same) throw new Error(`${name} differs`);
}
console.log('The figure is right.');
