import type { SupabaseClient } from '@supabase/supabase-js';
import { expect, test } from 'vitest';
import type { Database } from '../database.types';
import { maskComments, preparedComment } from './mask-comments';

/** A database that holds comments to mask and dies while it keeps batch number `dies`. */
function database(bodies: string[], dies: number) {
	const waiting = bodies.map((body) => ({ id: crypto.randomUUID(), body }));
	const kept = new Map<string, string>();
	let batches = 0;
	const rpc = (name: string, values: { batch?: { items: { id: string; masked: string }[] } }) => {
		if (name === 'comments_to_mask') {
			const left = waiting.filter(({ id }) => !kept.has(id)).slice(0, 2);
			return Promise.resolve({ data: left, error: null });
		}
		batches += 1;
		if (batches === dies) return Promise.resolve({ data: null, error: { code: '08006' } });
		for (const { id, masked } of values.batch?.items ?? []) kept.set(id, masked);
		return Promise.resolve({ data: 0, error: null });
	};
	return { client: { rpc } as unknown as SupabaseClient<Database>, kept };
}

test('a job that dies between batches goes on with what is left, and masks nothing twice', async () => {
	const bodies = ['Gọi 0912345678', 'Chờ lâu', 'gặp chị Lan', 'tốt', 'Xe 12A-123.45'];
	const { client, kept } = database(bodies, 2);
	await expect(maskComments(client)).rejects.toThrow('08006');
	expect(kept.size).toBe(2);
	expect(await maskComments(client)).toBe(3);
	expect([...kept.values()]).toEqual([
		'Gọi ⟦phone⟧',
		'Chờ lâu',
		'gặp chị ⟦name⟧',
		'tốt',
		'Xe ⟦plate⟧'
	]);
});

test('what is kept of a comment holds nothing of what was hidden', () => {
	const body = 'Đồ ngu! Gọi 0912345678 gặp Nguyễn Văn An, thời gian chờ quá lâu';
	const kept = preparedComment({ id: crypto.randomUUID(), body });
	expect(kept.insulting).toBe(true);
	expect(kept.theme).toBe('waiting');
	expect(JSON.stringify(kept)).not.toMatch(/0912345678|Nguyễn|nguyen/);
});
