import { describe, expect, it } from 'vitest';
import { pipelined } from './lite-pipeline.mjs';

interface Sent {
	text: string;
	values: unknown[];
	prepare: boolean;
}

/** A connection of postgres.js that answers when it is told to, and what reached it. */
function connection(answer: (text: string) => unknown = () => []) {
	const sent: Sent[] = [];
	let isReleased = false;
	const held = pipelined({
		unsafe: (text: string, values: unknown[], { prepare }: { prepare: boolean }) => ({
			execute: () => {
				sent.push({ text, values, prepare });
				return Promise.resolve().then(() => answer(text));
			}
		}),
		release: () => (isReleased = true)
	});
	return { held, sent, isReleased: () => isReleased };
}

const SET_ROLE = `SELECT set_config('role', $1, true)`;
const SET_STATUS = `SELECT set_config('response.status', '', true)`;
const CALL = 'select * from public.survey_form(p_token := $1) as "survey_form" limit $2';
const STATUS = `
         SELECT current_setting('response.status', true) AS status,
                current_setting('response.headers', true) AS headers
      `;

describe('what lite asks of one connection', () => {
	it('opens the transaction and names role and request together, in their order, before what is asked', async () => {
		const { held, sent } = connection((text) => (text === CALL ? ['the form'] : []));
		await held.unsafe('begin');
		await held.unsafe(SET_ROLE, ['anon']);
		await held.unsafe(SET_STATUS);
		expect(sent).toEqual([]);
		expect(await held.unsafe(CALL, ['T', 1])).toEqual(['the form']);
		expect(sent).toEqual([
			{ text: 'begin', values: [], prepare: false },
			{
				text: `select set_config('role', $1, true), set_config('response.status', $2, true)`,
				values: ['anon', ''],
				prepare: true
			},
			{ text: CALL, values: ['T', 1], prepare: true }
		]);
		await held.unsafe('commit');
		expect(sent.at(-1)?.text).toBe('commit');
	});

	it('is prepared when it is a call, whatever type an argument is cast to', async () => {
		const call = 'select * from public.submit_responses(batch := $1::jsonb) as "f" limit $2';
		const { held, sent } = connection();
		await held.unsafe('begin');
		await held.unsafe(call, ['{}', 1]);
		expect(sent.at(-1)).toMatchObject({ text: call, prepare: true });
	});

	it('has its status asked for behind it, when it is a call and lite is known to ask', async () => {
		const { held, sent } = connection((text) => [text]);
		await held.unsafe('begin');
		await held.unsafe(CALL, ['T', 1]);
		expect(sent.map(({ text }) => text)).toEqual(['begin', CALL]);
		expect(await held.unsafe(STATUS)).toEqual([STATUS]);
		await held.unsafe('commit');
		sent.length = 0;
		await held.unsafe('begin');
		expect(await held.unsafe(CALL, ['T', 1])).toEqual([CALL]);
		expect(sent.map(({ text }) => text)).toEqual(['begin', CALL, STATUS]);
		expect(await held.unsafe(STATUS)).toEqual([STATUS]);
		// Asked once more, it is asked anew: something may have changed it.
		await held.unsafe('select 1');
		await held.unsafe(STATUS);
		expect(sent.map(({ text }) => text)).toEqual(['begin', CALL, STATUS, 'select 1', STATUS]);
	});

	it('is sent as it comes when no transaction was opened', async () => {
		const { held, sent } = connection();
		await held.unsafe(SET_ROLE, ['anon']);
		expect(sent.map(({ text }) => text)).toEqual([SET_ROLE]);
	});

	it('is not prepared when its text depends on what is asked', async () => {
		const { held, sent } = connection();
		await held.unsafe('begin');
		await held.unsafe('select "id" from "units" where "code" = $1', ['A']);
		expect(sent.at(-1)).toMatchObject({ prepare: false });
	});

	it('fails for the reason that made the first of them fail, and nothing is held back any more', async () => {
		const { held, sent } = connection((text) => {
			if (text.includes('set_config')) throw new Error('no such role');
			if (text === CALL) throw new Error('current transaction is aborted');
			return [];
		});
		await held.unsafe('begin');
		await held.unsafe(SET_ROLE, ['nobody']);
		await expect(held.unsafe(CALL, ['T', 1])).rejects.toThrow('no such role');
		await held.unsafe('rollback');
		expect(sent.at(-1)?.text).toBe('rollback');
	});

	it('is nothing when a transaction ends before anything was asked', async () => {
		const { held, sent, isReleased } = connection();
		await held.unsafe('begin');
		await held.unsafe(SET_ROLE, ['anon']);
		await held.unsafe('rollback');
		await held.unsafe('begin');
		await held.unsafe(CALL, ['T', 1]);
		expect(sent.map(({ text }) => text)).toEqual(['begin', CALL]);
		held.release();
		expect(isReleased()).toBe(true);
	});
});
