import type { Page } from 'playwright';
import { withDatabase } from '../../../supabase/local/migrations.ts';
import { follow } from '../../support/next-page.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

async function idOf(product: Product, sql: string): Promise<string> {
	return withDatabase(product.databaseUrl, async (client) => {
		const { rows } = await client.query<{ id: string }>(sql);
		return rows[0]!.id;
	});
}
const someComment = async (product: Product) =>
	`/comments/${await idOf(product, `select c.id from private.comments as c join public.organisations as o on o.id = c.organisation_id where o.is_demo limit 1`)}`;
const someTag = async (_: Page, product: Product) => {
	await idOf(
		product,
		`insert into private.tags (organisation_id, name) select id, 'Chờ lâu' from public.organisations where is_demo
		on conflict (organisation_id, folded) do update set name = excluded.name returning id`
	);
};
const someImprovement = async (product: Product) =>
	`/comments/notes/mend/${await idOf(
		product,
		`insert into private.improvements (organisation_id, unit_id, title, due_on)
		select id, id, 'Treo lại bảng niêm yết', '2026-01-01' from public.organisations where is_demo returning id`
	)}`;
const someDone = async (product: Product) =>
	`/comments/notes/done/${await idOf(
		product,
		`insert into private.done_notes (organisation_id, unit_id, text, done_on)
		select id, id, 'Đã thêm 20 ghế ngồi chờ', '2026-01-01' from public.organisations where is_demo returning id`
	)}`;
const submit = async (page: Page) => {
	await follow(page.locator('main form[method=POST] button[type=submit]').last());
};

const ROUTE = '(office)/comments';
export const comments: SignedInPage[] = [
	{ name: 'comments', route: ROUTE, role: 'leader', path: () => '/comments' },
	{
		name: 'comments, too few',
		route: ROUTE,
		role: 'officer',
		path: () => '/comments?month=2020-01'
	},
	{
		name: 'one comment',
		route: `${ROUTE}/[comment=uuid]`,
		role: 'leader',
		path: someComment,
		before: someTag
	},
	{
		name: 'unmasking, refused',
		route: `${ROUTE}/[comment=uuid]`,
		role: 'leader',
		path: someComment,
		act: submit
	},
	{
		name: 'tags',
		route: `${ROUTE}/tags`,
		role: 'leader',
		path: () => '/comments/tags',
		before: someTag
	},
	{ name: 'notes', route: `${ROUTE}/notes`, role: 'officer', path: () => '/comments/notes' },
	{
		name: 'what to mend, refused',
		route: `${ROUTE}/notes/mend/new`,
		role: 'officer',
		path: () => '/comments/notes/mend/new',
		act: submit
	},
	{
		name: 'one thing to mend',
		route: `${ROUTE}/notes/mend/[note=uuid]`,
		role: 'leader',
		path: someImprovement
	},
	{
		name: 'what was done',
		route: `${ROUTE}/notes/done/new`,
		role: 'officer',
		path: () => '/comments/notes/done/new'
	},
	{
		name: 'one thing done',
		route: `${ROUTE}/notes/done/[note=uuid]`,
		role: 'leader',
		path: someDone
	}
];
