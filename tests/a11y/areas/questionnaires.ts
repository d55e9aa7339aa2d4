import type { Page } from 'playwright';
import { builtIn } from '../../../src/lib/questionnaire/built-in.ts';
import { withDatabase } from '../../../supabase/local/migrations.ts';
import { follow } from '../../support/next-page.ts';
import type { Product } from '../../support/product.ts';
import type { SignedInPage } from '../signed-in-page.ts';

const ROUTE = '(office)/setup/questionnaires';
const VERSION = `${ROUTE}/version/[version=uuid]`;

/** A draft after a published version, with translations and words missing; made once. */
async function draftOf({
	databaseUrl
}: Product): Promise<{ questionnaire: string; draft: string }> {
	return withDatabase(databaseUrl, async (client) => {
		const first = structuredClone(builtIn.nine);
		const next = structuredClone(builtIn.nine);
		delete next.items[0]!.texts.zh;
		next.items[1]!.texts.vi.text = 'Chỉ phải nộp giấy tờ theo quy định';
		next.items.splice(2, 1);
		await client.query(
			`with house as (select id from public.organisations where is_demo limit 1),
			made as (
				insert into public.questionnaires (organisation_id, code, names)
				select id, 'truy-cap', '{"vi": "Phiếu xem thử"}' from house
				on conflict (organisation_id, code) do nothing returning id)
			insert into public.questionnaire_versions (questionnaire_id, number, definition, published_at)
			select id, 1, $1::jsonb, now() from made union all select id, 2, $2::jsonb, null from made`,
			[JSON.stringify(first), JSON.stringify(next)]
		);
		const { rows } = await client.query<{ questionnaire: string; draft: string }>(
			`select q.id as questionnaire, v.id as draft from public.questionnaires as q
			join public.questionnaire_versions as v on v.questionnaire_id = q.id and v.number = 2
			where q.code = 'truy-cap'`
		);
		return rows[0]!;
	});
}

const versionPath = (rest: string) => async (product: Product) =>
	`/setup/questionnaires/version/${(await draftOf(product)).draft}${rest}`;
const press = (words: string) => async (page: Page) => {
	await follow(page.getByRole('button', { name: words }).last());
};
const at = (path: string) => () => path;
const role = 'administrator';

export const questionnaires: SignedInPage[] = [
	{ name: 'questionnaires', route: ROUTE, role, path: at('/setup/questionnaires') },
	{
		name: 'starting a questionnaire, refused',
		route: `${ROUTE}/start`,
		role,
		path: at('/setup/questionnaires/start'),
		act: press('Lập bản nháp')
	},
	{
		name: 'questionnaires in force',
		route: `${ROUTE}/in-force`,
		role,
		path: at('/setup/questionnaires/in-force?q=quay')
	},
	{
		name: 'one questionnaire',
		route: `${ROUTE}/[questionnaire=uuid]`,
		role,
		path: async (product) => `/setup/questionnaires/${(await draftOf(product)).questionnaire}`
	},
	{ name: 'a draft', route: VERSION, role, path: versionPath('') },
	{
		name: 'a draft, refused',
		route: VERSION,
		role,
		path: versionPath(''),
		act: press('Bỏ bản nháp')
	},
	{ name: 'a question', route: `${VERSION}/item/[code]`, role, path: versionPath('/item/B1') },
	{
		name: 'a new question, refused',
		route: `${VERSION}/item/[code]`,
		role,
		path: versionPath('/item/new?dimension=conduct'),
		act: press('Lưu câu hỏi')
	},
	{
		name: 'optional questions, refused',
		route: `${VERSION}/facts`,
		role,
		path: versionPath('/facts'),
		act: async (page) => {
			await page.check('#fact-P5');
			await press('Lưu lựa chọn')(page);
		}
	},
	{
		name: 'an own optional question, refused',
		route: `${VERSION}/facts/[code]`,
		role,
		path: versionPath('/facts/new'),
		act: press('Lưu câu hỏi')
	},
	{
		name: 'preview',
		route: `${VERSION}/preview`,
		role,
		path: versionPath('/preview'),
		without: 'iframe'
	},
	{ name: 'preview, the form', route: `${VERSION}/frame`, role, path: versionPath('/frame') },
	{ name: 'publishing', route: `${VERSION}/publish`, role, path: versionPath('/publish') }
];
