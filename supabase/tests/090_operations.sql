-- The test answer goes the whole way and leaves nothing; nobody but the worker may send it.

begin;
\ir support/fixture.sql
select plan(11);

insert into private.secrets (name, value) values ('ticket', convert_to('test key', 'UTF8'))
on conflict (name) do update set value = excluded.value;

create function pg_temp.traces() returns jsonb language sql as $$
  select jsonb_build_object(
    'responses', (select count(*) from public.responses),
    'comments', (select count(*) from public.response_comments),
    'tickets', (select count(*) from private.spent_tickets),
    'strata', (select count(*) from private.strata),
    'ratings', (select coalesce(jsonb_agg(c order by c::text), '[]') from private.rating_counts as c),
    'persons', (select coalesce(jsonb_agg(c order by c::text), '[]') from private.person_sums as c),
    'items', (select coalesce(jsonb_agg(c order by c::text), '[]') from private.item_sums as c),
    'received', (select coalesce(jsonb_agg(c order by c::text), '[]') from private.response_counts as c))
$$;

select pg_temp.record('counter', private.today(), 3);
create temp table before as select pg_temp.traces() as state;
select is(public.check_recording() ->> 'state', 'recorded', 'a test answer is recorded');
select is(pg_temp.traces(), (select state from before), 'and leaves no trace in answers, tickets or tallies');
select is(public.check_recording() ->> 'state', 'recorded', 'again and again');

update public.service_points set is_active = false where id <> pg_temp.id('returns');
select is(public.check_recording() ->> 'state', 'recorded', 'a point that only hands out results is tested too');
update public.service_points set is_active = false;
select is(public.check_recording() ->> 'state', 'no_point', 'where no point is open it says so');
update public.service_points set is_active = true where id = pg_temp.id('counter');

delete from private.secrets;
select throws_ok('select public.check_recording()', 'PT503', null, 'without a ticket key it fails, as every answer would');
insert into private.secrets (name, value) values ('ticket', convert_to('test key', 'UTF8'));
alter table private.rating_counts add constraint broken check (false) not valid;
select throws_ok('select public.check_recording()', null, null, 'when answers cannot be tallied it fails');
alter table private.rating_counts drop constraint broken;
select is(pg_temp.traces(), (select state from before), 'a failed test leaves no trace either');

set local role anon;
select throws_ok('select public.check_recording()', '42501', null, 'anonymous people cannot send the test answer');
reset role;
set local role authenticated;
select throws_ok('select public.check_recording()', '42501', null, 'signed-in people cannot send the test answer');
reset role;
set local role service_role;
select is(public.check_recording() ->> 'state', 'recorded', 'the worker may');
reset role;

select * from finish();
rollback;
