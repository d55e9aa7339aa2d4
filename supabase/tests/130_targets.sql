-- Targets, owners of dimensions, goals of indices: set by leaders of their units or of the whole organisation, inherited
-- downwards, the nearest unit and the shortest period first; nobody else changes them.

begin;
\ir support/fixture.sql
select plan(42);

create function pg_temp.becomes(p_unit text, p_role text) returns void language plpgsql as $$
begin
  delete from public.members;
  insert into public.people (id, name, email) values ('10000000-0000-4000-8000-000000000001', 'A', 'a@example.vn') on conflict do nothing;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values ('10000000-0000-4000-8000-000000000001', pg_temp.id('root'), pg_temp.id(p_unit), p_role);
  perform set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
end
$$;
create function pg_temp.target(p_dimension text, p_period text, p_permille text, p_source text default '') returns jsonb language sql as $$
  select jsonb_build_object('dimension', p_dimension, 'period', p_period, 'permille', p_permille, 'source', p_source)
$$;
create function pg_temp.set_target(p_unit text, p_values jsonb, p_target uuid default null, p_seen integer default null) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_target(%L, %L, %L, %L)', pg_temp.id(p_unit), p_values, p_target, p_seen))
$$;
create function pg_temp.in_force(p_unit text, p_dimension text, p_period text) returns text language sql as $$
  select coalesce((
    select concat_ws(' ', t ->> 'permille', t ->> 'period', t #>> '{set_at,names,vi}')
    from jsonb_array_elements(public.unit_targets(pg_temp.id(p_unit), p_period)) as t
    where t ->> 'dimension' = p_dimension), 'none')
$$;

select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '1000')), 'PT401 not_signed_in', 'nobody sets a target without signing in');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '1000')), 'PT403 not_allowed', 'an analyst sets none');
select pg_temp.becomes('root', 'administrator');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '1000')), 'PT403 not_allowed', 'nor an administrator');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '1000')), 'PT403 not_allowed', 'nor a leader from below');
select is(pg_temp.set_target('division_a', pg_temp.target('overall', '2026-Y', '1000')), 'PT403 not_allowed', 'nor from beside');

select pg_temp.becomes('root', 'leader');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '1000', 'Kế hoạch 2026')), 'fine', 'a leader sets a target');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Y', '900')), 'PT409 target_exists', 'once per unit, dimension and period');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Q9', '900')), 'PT422 unknown_period', 'of a period that exists');
select is(pg_temp.set_target('root', pg_temp.target('overall', null, '900')), 'PT422 unknown_period', 'and is named');
select is(pg_temp.set_target('root', pg_temp.target('joy', '2026-Y', '900')), 'PT422 impossible_target', 'of a dimension that exists');
select is(pg_temp.set_target('root', pg_temp.target('result', '2026-Y', '1001')), 'PT422 impossible_target', 'at most 100 percent');
select is(pg_temp.set_target('root', pg_temp.target('result', '2026-Y', '0')), 'PT422 impossible_target', 'and more than none');
select is(pg_temp.set_target('root', pg_temp.target('result', '2026-Y', 'all')), 'PT422 impossible_target', 'in numbers');
select is(pg_temp.in_force('small', 'overall', '2026-M03'), '1000 2026-Y Ban thử nghiệm', 'it holds below and within its period');
select is(pg_temp.in_force('small', 'overall', '2027-Y'), 'none', 'not in another year');
select is(pg_temp.in_force('small', 'result', '2026-Y'), 'none', 'not for another dimension');
select is(pg_temp.set_target('root', pg_temp.target('overall', '2026-Q1', '950')), 'fine', 'a quarter may have its own');
select is(pg_temp.in_force('root', 'overall', '2026-M03'), '950 2026-Q1 Ban thử nghiệm', 'the shortest period that holds it decides');
select is(pg_temp.in_force('root', 'overall', '2026-H1'), '1000 2026-Y Ban thử nghiệm', 'a quarter says nothing about the half');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.set_target('one_stop', pg_temp.target('overall', '2026-Y', '900')), 'fine', 'a leader sets one for the own unit');
select is(pg_temp.in_force('small', 'overall', '2026-M03'), '900 2026-Y Bộ phận Một cửa', 'the nearest unit decides before the period');
select is(pg_temp.refusal(format('select public.unit_targets(%L, %L)', pg_temp.id('division_a'), '2026-Y')), 'PT403 not_allowed',
  'targets of a unit beside are not read');
select is((select jsonb_agg(t #>> '{unit,names,vi}') from jsonb_array_elements(public.list_targets(pg_temp.id('one_stop')) -> 'targets') as t),
  '["Ban thử nghiệm", "Ban thử nghiệm", "Bộ phận Một cửa"]', 'the list has those from above too');
select is((select jsonb_agg(t -> 'may_change') from jsonb_array_elements(public.list_targets(pg_temp.id('one_stop')) -> 'targets') as t),
  '[false, false, true]', 'which are not to be changed from below');
select is(pg_temp.refusal(format('select public.remove_target(%L)', (select id from private.targets where period = '2026-Q1'))), 'PT403 not_allowed',
  'nor removed');
select is(pg_temp.refusal($$select public.remove_target('10000000-0000-4000-8000-00000000000f')$$), 'PT403 not_allowed', 'nor is a row told that is not there');
select is(pg_temp.set_target('one_stop', pg_temp.target('overall', '2026-Y', '920'), (select id from private.targets where unit_id = pg_temp.id('one_stop')), 7),
  'PT409 changed_meanwhile', 'a change names what it began from');
select is(pg_temp.set_target('one_stop', pg_temp.target('overall', '2026-Y', '920'), (select id from private.targets where unit_id = pg_temp.id('one_stop')), 1),
  'fine', 'and is made then');
select is(pg_temp.set_target('one_stop', pg_temp.target('conduct', '2026-Y', '920'), (select id from private.targets where period = '2026-Q1'), 1),
  'PT403 not_allowed', 'a target from above is not moved down');
select pg_temp.becomes('one_stop', 'officer');
select is(pg_temp.in_force('one_stop', 'overall', '2026-Y'), '920 2026-Y Bộ phận Một cửa', 'officers read what holds for their unit');
select is(pg_temp.refusal(format('select public.list_targets(%L)', pg_temp.id('one_stop'))), 'PT403 not_allowed', 'not the list');
select ok(exists (select from public.audit_log where record_type = 'targets' and action = 'update'), 'a change is in the log');

-- Owners and indices.
create function pg_temp.owners(p_unit text, p_owners jsonb, p_seen integer) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_owner_map(%L, %L, %L)', pg_temp.id(p_unit), p_owners, p_seen))
$$;
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.owners('root', '{}', 0), 'PT403 not_allowed', 'owners are set by the whole organisation');
select is(pg_temp.owners('one_stop', '{}', 0), 'PT403 not_allowed', 'not for a unit');
select pg_temp.becomes('root', 'leader');
select is(public.read_owner_map(pg_temp.id('small')) -> 'owners', 'null', 'nothing is set at first');
select is(pg_temp.owners('root', '{"access": "Trung tâm", "result": ""}', 0), 'fine', 'a leader of the whole sets them');
select is(pg_temp.owners('root', '{"access": "Phòng A"}', 0), 'PT409 changed_meanwhile', 'an edit that began earlier is noticed');
select is(pg_temp.owners('root', '{"overall": "Phòng A"}', 1), 'PT422 impossible_text', 'the whole has no owner');
select is(public.office_comparison(pg_temp.id('root')) #>> '{settings,owners,access}', 'Trung tâm', 'the comparison carries them');

select public.put_index_goal(pg_temp.id('root'), '{"index": "SIPAS", "year": "2023", "text": "79,30%, hạng 55/63", "source": "KH 126"}');
select is(public.office_comparison(pg_temp.id('root')) #>> '{settings,goals,0,text}', '79,30%, hạng 55/63', 'and the lines about indices');
select is(pg_temp.refusal(format('select public.put_index_goal(%L, %L)', pg_temp.id('root'), '{"index": "SIPAS", "year": "2023", "text": "79,30%"}')),
  'PT422 impossible_text', 'which need their source');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.refusal(format('select public.put_index_goal(%L, %L)', pg_temp.id('root'), '{"index": "SIPAS", "year": "2023", "text": "x", "source": "y"}')),
  'PT403 not_allowed', 'an analyst reads them');

select * from finish();
rollback;
