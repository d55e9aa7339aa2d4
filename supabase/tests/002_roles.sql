-- What anonymous people, people who signed in without an invitation, and the worker try and may not do.

begin;
\ir support/fixture.sql
select plan((select 8 * count(*)::integer + 24 from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p')));

create temp table attempts as
select format('%I.%I', n.nspname, c.relname) as target, v.verb,
  case v.verb
    when 'read' then format('select * from %I.%I', n.nspname, c.relname)
    when 'write to' then format('insert into %I.%I default values', n.nspname, c.relname)
    when 'change' then format('update %I.%I set %I = %I', n.nspname, c.relname, a.attname, a.attname)
    else format('delete from %I.%I', n.nspname, c.relname)
  end as statement
from pg_class as c
join pg_namespace as n on n.oid = c.relnamespace
join pg_attribute as a on a.attrelid = c.oid and a.attnum = (
  select min(first.attnum) from pg_attribute as first where first.attrelid = c.oid and first.attnum > 0 and first.attidentity = '' and not first.attisdropped)
cross join (values ('read'), ('write to'), ('change'), ('delete from')) as v (verb)
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p');
grant select on attempts to public;

set local role anon;
select throws_ok(statement, '42501', null, format('anonymous people cannot %s %s', verb, target)) from attempts;
select lives_ok('select public.health()', 'anonymous people may ask whether the database is there');
select lives_ok('select public.public_organisations()', 'anonymous people may ask who is responsible');
select throws_ok($$select public.record_responses('{}')$$, '42501', null, 'anonymous people cannot record answers with a date of their own');
select throws_ok('select public.release_figures()', '42501', null, 'anonymous people cannot release figures');
select throws_ok($$select public.rebuild_tallies('2026-01-01', '2026-01-02')$$, '42501', null, 'anonymous people cannot rebuild tallies');
select throws_ok('select public.roll_ticket_partitions()', '42501', null, 'anonymous people cannot drop ticket partitions');
select throws_ok($$select public.claim_lease('worker', 'me', 60)$$, '42501', null, 'anonymous people cannot take the worker''s lease');
select throws_ok($$select private.record_batch('[]')$$, '42501', null, 'anonymous people cannot reach the private schema');
reset role;

set local role authenticated;
select set_config('request.jwt.claims', '{"sub": "00000000-0000-4000-8000-00000000beef", "role": "authenticated"}', true);
select throws_ok(statement, '42501', null, format('somebody who signed in without an invitation cannot %s %s', verb, target))
from attempts where verb <> 'read' or not has_table_privilege('authenticated', target, 'select');
select is_empty(statement, format('somebody who signed in without an invitation reads nothing in %s', target))
from attempts where verb = 'read' and has_table_privilege('authenticated', target, 'select') and target <> 'public.holidays';
select is_empty('select from public.holidays where organisation_id is not null', 'nor the calendar of any organisation');
select lives_ok('select public.public_organisations()', 'a signed-in stranger may ask who is responsible');
select throws_ok($$select public.record_responses('{}')$$, '42501', null, 'a signed-in stranger cannot record answers with a date of their own');
select throws_ok('select public.release_figures()', '42501', null, 'a signed-in stranger cannot release figures');
select throws_ok($$select public.rebuild_tallies('2026-01-01', '2026-01-02')$$, '42501', null, 'a signed-in stranger cannot rebuild tallies');
select throws_ok($$select public.claim_lease('worker', 'me', 60)$$, '42501', null, 'a signed-in stranger cannot take the worker''s lease');
reset role;

set local role service_role;
select lives_ok('select count(*) from public.responses', 'the worker may read answers');
select lives_ok('select count(*) from private.rating_counts', 'the worker may read tallies');
select lives_ok($$insert into public.jobs (kind) values ('test')$$, 'the worker may note work to do');
select lives_ok($$insert into public.holidays (day, name) values ('2031-01-01', '{"vi": "Ngày nghỉ"}')$$, 'the worker may write holidays');
select throws_ok('select * from private.secrets', '42501', null, 'the worker cannot read the ticket key');
select throws_ok('select * from private.spent_tickets', '42501', null, 'the worker cannot read spent tickets');
select throws_ok('delete from public.responses', '42501', null, 'the worker cannot delete answers');
select throws_ok('update public.responses set ratings = ratings', '42501', null, 'the worker cannot change answers');
select throws_ok('update private.rating_counts set n5 = n5', '42501', null, 'the worker cannot change tallies');
select throws_ok('delete from private.release_marks', '42501', null, 'the worker cannot turn the release back');
select throws_ok('update private.figures set is_shown = true', '42501', null, 'the worker cannot show a hidden figure');
reset role;

select * from finish();
rollback;
