// The tree of units where an office is set up: its page, one branch and its search in an organisation of 5,000 units
// against one of 50, by an administrator, in one product, taken in turn.

import pg from 'pg';
import { createApiClient } from '../support/api-client.ts';
import { signIn } from '../support/http-session.ts';
import type { Product } from '../support/product.ts';
import { colleague } from '../support/staff.ts';
import { bestOf } from './permissions.ts';
import type { Report } from './report.ts';

interface Administrator {
	cookie: string;
	/** A unit with others under it. */
	branch: string;
}

/** An organisation of a province, its departments and their communes, and somebody who sets it up. */
async function office(product: Product, owner: pg.Client, units: number): Promise<Administrator> {
	const { rows } = await owner.query<{ id: string }>(
		`insert into organisations (names, phone, email) values ('{"vi": "Tỉnh đo"}', '0', 'x@example.vn') returning id`
	);
	const id = rows[0]!.id;
	const branches = Math.ceil(Math.sqrt(units));
	await owner.query(
		`insert into units (organisation_id, parent_id, kind, names, sort)
		select $1, $1, 'department', jsonb_build_object('vi', 'Sở số ' || n), n from generate_series(1, $2::integer) as n`,
		[id, branches]
	);
	// The last one is called like no other.
	await owner.query(
		`with branch as (select id, row_number() over (order by sort) - 1 as n from units where parent_id = $1)
		insert into units (organisation_id, parent_id, kind, names, sort)
		select $1, branch.id, 'commune',
			jsonb_build_object('vi', case when k = $2 then 'Phường Kỳ Lừa' else 'Xã số ' || k end), k
		from generate_series(1, $2::integer) as k join branch on branch.n = k % $3`,
		[id, units - branches - 1, branches]
	);
	const who = colleague('administrator');
	const api = createApiClient(product.apiUrl, product.publishableKey);
	const person = await api.signUp(who.email, who.password);
	await owner.query(`insert into people (id, name, email) values ($1, $2, $3)`, [
		person,
		who.name,
		who.email
	]);
	await owner.query(
		`insert into members (person_id, organisation_id, unit_id, role) values ($1, $2, $2, 'administrator')`,
		[person, id]
	);
	const branch = await owner.query<{ id: string }>(
		`select id from units where parent_id = $1 order by sort limit 1`,
		[id]
	);
	return {
		branch: branch.rows[0]!.id,
		cookie: await signIn(product.url, who.email, who.password)
	};
}

/** Prints the times of both and their ratio; issue 4 wants at most 2. */
export async function benchTree(product: Product, report: Report): Promise<void> {
	report.heading('Setting up: the tree of 5,000 units against 50');
	const owner = new pg.Client({ connectionString: product.databaseUrl });
	await owner.connect();
	try {
		const small = await office(product, owner, 50);
		const large = await office(product, owner, 5000);
		await owner.query('analyze units, unit_tree, members, people');
		const pages: [string, (who: Administrator) => string][] = [
			['page of the tree', () => '/setup/units'],
			['one branch', ({ branch }) => `/setup/units?at=${branch}`],
			['search that finds one', () => '/setup/units?q=phuong ky lua'],
			['search that finds a page full', () => '/setup/units?q=xa so']
		];
		const get = (who: Administrator, path: string) => async () => {
			const answer = await fetch(product.url + path, {
				headers: { cookie: who.cookie },
				redirect: 'manual'
			});
			await answer.arrayBuffer();
			return answer.status;
		};
		for (const [name, pathOf] of pages) {
			const [few, many] = await bestOf([get(small, pathOf(small)), get(large, pathOf(large))]);
			report.raw(`${name}, 50 and 5,000 units`, `${few!.toFixed(1)} and ${many!.toFixed(1)} ms`);
			report.target(`${name}, large ÷ small`, many! / few!, { atMost: 2 });
		}
	} finally {
		await owner.end();
	}
}
