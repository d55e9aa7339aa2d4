-- Comparing: analysts and leaders of the subtree and nobody else; every unit of it, this period and the one compared
-- with; hidden cells say nothing.

begin;
\ir support/fixture.sql
select plan(14);

create function pg_temp.becomes(p_unit text, p_role text) returns void language plpgsql as $$
begin
  delete from public.members;
  insert into public.people (id, name, email) values ('10000000-0000-4000-8000-000000000001', 'A', 'a@example.vn') on conflict do nothing;
  if p_unit is not null then
    insert into public.members (person_id, organisation_id, unit_id, role)
    values ('10000000-0000-4000-8000-000000000001', pg_temp.id('root'), pg_temp.id(p_unit), p_role);
  end if;
  perform set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
end
$$;
create function pg_temp.fate(p_unit text) returns text language sql as $$
  select pg_temp.refusal(format('select public.office_comparison(%L)', pg_temp.id(p_unit)))
$$;
create function pg_temp.cell(p_list text, p_unit text, p_before text default null) returns text language sql as $$
  select coalesce((
    select concat_ws(' ', cell ->> 'state', cell ->> 'persons')
    from jsonb_array_elements(public.office_comparison(pg_temp.id('root'), '2026-M03', p_before) -> p_list) as cell
    where cell ->> 'measure' = 'S0' and cell ->> 'unit_id' = pg_temp.id(p_unit)::text), 'none')
$$;

select is(pg_temp.fate('root'), 'PT401 not_signed_in', 'nobody compares without signing in');
select pg_temp.becomes('root', 'officer');
select is(pg_temp.fate('root'), 'PT403 not_allowed', 'an officer reads and does not compare');
select pg_temp.becomes('root', 'administrator');
select is(pg_temp.fate('root'), 'PT403 not_allowed', 'nor an administrator');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.fate('root'), 'PT403 not_allowed', 'a leader does not compare what lies above');
select is(pg_temp.fate('division_a'), 'PT403 not_allowed', 'nor beside');
select is(pg_temp.fate('small'), 'fine', 'but what lies below');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.fate('root'), 'fine', 'an analyst of the whole compares all of it');
select is(public.office_comparison(pg_temp.id('root')) -> 'period', 'null', 'before the first release there is no period');

select pg_temp.record('counter', '2026-01-20', 40);
select pg_temp.record('counter', '2026-03-02', 50);
select pg_temp.record('small_counter', '2026-03-02', 9);
select public.release_figures('2026-03-03');
select is(pg_temp.cell('cells', 'root'), 'shown 59', 'the whole is there with all its answers');
select is(pg_temp.cell('cells', 'small'), 'hidden', 'a unit of nine persons is there and says nothing');
select is(pg_temp.cell('earlier', 'root', '2026-M02'), 'shown 40', 'the earlier period is there too');
select is(pg_temp.cell('earlier', 'root'), 'shown 40', 'by default the one just before');
select is(pg_temp.refusal($$select public.office_comparison(pg_temp.id('root'), '2026-M03', '1999-M01')$$), 'PT422 unknown_period',
  'a period without answers cannot be compared with');
select is((select array_agg(unit ->> 'depth') from jsonb_array_elements(public.office_comparison(pg_temp.id('root')) -> 'units') as unit),
  '{0,1,2,1,1}', 'units come in the order of the tree');

select * from finish();
rollback;
