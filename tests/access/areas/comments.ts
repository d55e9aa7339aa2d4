// Comments and what is done with them: officers, analysts and leaders of the subtree, never administrators or auditors.

import { randomUUID } from 'node:crypto';
import { ANYBODY, NOBODY, PLACES, SUBTREE, type Cells } from '../places.ts';
import type { Area } from './area.ts';

const READERS: Cells = { officer: SUBTREE, analyst: SUBTREE, leader: SUBTREE };
const WRITERS: Cells = { officer: SUBTREE, leader: SUBTREE };
const LEADERS: Cells = { leader: SUBTREE };
const NOTHING = '00000000-0000-4000-8000-000000000000';

export const comments: Area = {
	reads: {},
	calls: {
		list_comments: READERS,
		read_comment: READERS,
		unmask_comment: LEADERS,
		mark_comments: READERS,
		tag_comment: READERS,
		list_tags: READERS,
		put_tag: READERS,
		delete_tag: LEADERS,
		comment_themes: READERS,
		list_notes: READERS,
		note_choices: READERS,
		put_improvement: WRITERS,
		read_improvement: READERS,
		put_done_note: WRITERS,
		read_done_note: READERS,
		publish_done_note: LEADERS,
		public_notes: ANYBODY,
		comments_to_mask: NOBODY,
		keep_masked_comments: NOBODY,
		file_comments: NOBODY
	},
	makers: {
		list_comments: (place, { units }) => ({ p_unit: units[place] }),
		read_comment: (place, { row }) => ({ p_comment: row('private.comments', place)?.[1] }),
		unmask_comment: (place, { row }) => ({
			p_comment: row('private.comments', place)?.[1],
			p_reason: 'Thử quyền xem nguyên văn'
		}),
		mark_comments: (place, { units }) => ({ p_unit: units[place], p_comments: { items: [] } }),
		tag_comment: (place, { row }) => ({
			p_comment: row('private.comments', place)?.[1],
			p_tags: { items: [] }
		}),
		list_tags: (place, { units }) => ({ p_unit: units[place] }),
		put_tag: (place, { units }) => ({ p_unit: units[place], p_name: randomUUID() }),
		delete_tag: (place, { units }) => ({ p_unit: units[place], p_tag: NOTHING }),
		comment_themes: (place, { units }) => ({ p_unit: units[place] }),
		list_notes: (place, { units }) => ({ p_unit: units[place] }),
		note_choices: (place, { units }) => ({ p_unit: units[place] }),
		put_improvement: (place, { units }) => ({ p_unit: units[place], p_values: { title: 'Thử' } }),
		read_improvement: (place, { row }) => ({ p_note: row('private.improvements', place)?.[1] }),
		put_done_note: (place, { units }) => ({
			p_unit: units[place],
			p_values: { text: 'Thử', done_on: '2026-01-01' }
		}),
		read_done_note: (place, { row }) => ({ p_note: row('private.done_notes', place)?.[1] }),
		publish_done_note: (place, { row }) => ({
			p_note: row('private.done_notes', place)?.[1],
			p_seen: 0
		}),
		public_notes: (place, { units }) => ({ p_unit: units[place] }),
		comments_to_mask: () => ({ p_rules: 0, p_limit: 1 }),
		keep_masked_comments: () => ({ p_rules: 0, batch: { items: [] } })
	},
	async fill({ insert, put, row, units, organisationOf }) {
		for (const place of PLACES) {
			const values = [organisationOf(place), units[place]];
			put(
				'private.comments',
				place,
				'id',
				await insert(
					`insert into private.comments (organisation_id, unit_id, response_id, released_month, band, masked, is_insulting, theme, rules)
					values ($1, $2, $3, '2020-01-01', 0, 'thử', false, 'other', 1) returning id`,
					[...values, row('response_comments', place)]
				)
			);
			put(
				'private.improvements',
				place,
				'id',
				await insert(
					`insert into private.improvements (organisation_id, unit_id, title) values ($1, $2, 'Thử') returning id`,
					values
				)
			);
			put(
				'private.done_notes',
				place,
				'id',
				await insert(
					`insert into private.done_notes (organisation_id, unit_id, text, done_on) values ($1, $2, 'Thử', '2026-01-01') returning id`,
					values
				)
			);
		}
	}
};
