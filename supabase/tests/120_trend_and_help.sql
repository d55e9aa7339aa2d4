-- Trend and what would help: who may ask, that hidden months say nothing, and that an association is told to a tenth.

begin;
\ir support/fixture.sql
select plan(26);

create function pg_temp.becomes(p_unit text, p_role text) returns void language plpgsql as $$
begin
  delete from public.members;
  insert into public.people (id, name, email) values ('10000000-0000-4000-8000-000000000001', 'A', 'a@example.vn') on conflict do nothing;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values ('10000000-0000-4000-8000-000000000001', pg_temp.id('root'), pg_temp.id(p_unit), p_role);
  perform set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
end
$$;
create function pg_temp.fate(p_call text, p_unit text) returns text language sql as $$
  select pg_temp.refusal(format('select public.%s(%L)', p_call, pg_temp.id(p_unit)))
$$;

select is(pg_temp.fate('office_trend', 'root'), 'PT401 not_signed_in', 'nobody reads a trend without signing in');
select pg_temp.becomes('root', 'officer');
select is(pg_temp.fate('office_trend', 'root'), 'PT403 not_allowed', 'an officer does not');
select is(pg_temp.fate('office_help', 'root'), 'PT403 not_allowed', 'nor what would help');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.fate('office_trend', 'root'), 'PT403 not_allowed', 'a leader does not look at what lies above');
select is(pg_temp.fate('office_help', 'division_a'), 'PT403 not_allowed', 'nor beside');
select is(pg_temp.fate('office_trend', 'small'), 'fine', 'but at what lies below');
select pg_temp.becomes('root', 'analyst');
select is(public.office_trend(pg_temp.id('root')) -> 'periods', '[]', 'before the first release there is nothing to draw');
select is(public.office_help(pg_temp.id('root')) -> 'items', '[]', 'nor anything to mend');

-- 40 persons: of 30 who are satisfied with B1, 27 are with the whole; of the other 10, 2 are.
select pg_temp.record('counter', '2026-01-20', 27, '[4, 4, null, 4, null, 5]');
select pg_temp.record('counter', '2026-01-20', 3, '[4, 4, null, 4, null, 2]');
select pg_temp.record('counter', '2026-01-20', 2, '[2, 4, null, 4, null, 4]');
select pg_temp.record('counter', '2026-01-20', 8, '[2, 4, null, 4, null, 1]');
select pg_temp.record('small_counter', '2026-02-20', 9);
select pg_temp.record('counter', '2026-03-20', 40);
select public.release_figures('2026-07-01');

create function pg_temp.trend(p_measure text, p_step text) returns jsonb language sql as $$
  select public.office_trend(pg_temp.id('root'), p_measure, p_step)
$$;
select is((select string_agg(entry ->> 'code', ' ') from jsonb_array_elements(pg_temp.trend('S0', 'month') -> 'periods') as entry),
  '2026-M02 2026-M03 2026-M04', 'closed months in their order; the running one is not among them');
select is((select string_agg(concat_ws(' ', cell ->> 'period', cell ->> 'state', cell ->> 'persons'), ', ' order by cell ->> 'period')
    from jsonb_array_elements(pg_temp.trend('S0', 'month') -> 'cells') as cell),
  '2026-M02 shown 40, 2026-M03 hidden, 2026-M04 shown 40', 'a month of nine persons is there and says nothing');
select is(pg_temp.trend('Z', 'fortnight') ->> 'measure', 'S0', 'a measure that is not there falls back to the whole');
select is(pg_temp.trend('Z', 'fortnight') ->> 'step', 'month', 'a step that is not there to months, while there are few quarters');
select is(pg_temp.trend('B', 'month') #> '{versions,0,items}', '["B1", "B2"]', 'the versions behind the figures say which items they count');
create temp table versions_known as select pg_temp.trend('B', 'month') -> 'versions' as told;
delete from private.figures where cross_kind = 'version';
select is(pg_temp.trend('B', 'month') -> 'versions', (select told from versions_known), 'also where nothing crossed with the version may be told');

insert into private.done_notes (organisation_id, unit_id, text, done_on, subject) values
  (pg_temp.id('root'), pg_temp.id('small'), 'Thêm một ghế', '2026-03-01', null),
  (pg_temp.id('root'), pg_temp.id('small'), 'Về kết quả', '2026-03-02', 'D1'),
  (pg_temp.id('root'), pg_temp.id('small'), 'Trước mọi kỳ', '2020-03-02', null);
select is((select string_agg(note ->> 'text', ', ' order by note ->> 'on') from jsonb_array_elements(pg_temp.trend('B', 'month') -> 'done') as note),
  'Thêm một ghế', 'notes of units below stand beside the measures they are about');
insert into public.unit_successions (organisation_id, predecessor_id, successor_id, on_day)
values (pg_temp.id('root'), pg_temp.id('division_b'), pg_temp.id('small'), '2026-04-01');
select is(jsonb_array_length(public.office_trend(pg_temp.id('one_stop')) -> 'successions'), 1, 'a merger below is an event');

create function pg_temp.association(p_item text) returns text language sql as $$
  select concat_ws(' ', a ->> 'weight', a ->> 'phi', a ->> 'low', a ->> 'high')
  from jsonb_array_elements(public.office_help(pg_temp.id('division_a'), '2026-M02') -> 'associations') as a where a ->> 'item' = p_item
$$;
-- Outside values (src/lib/scoring/fixtures/association.py): phi 0.610 and its interval 0.350 to 0.870 for this table.
select is(pg_temp.association('B1'), '500 6 3 9', 'B1 has half the weight of B; phi is told in tenths, its interval rounded outwards');
select ok(pg_temp.association('D1') is null, 'an item nobody rated is not there');
select is((select string_agg(key, ' ' order by key) from jsonb_object_keys(public.office_help(pg_temp.id('division_a'), '2026-M02') #> '{associations,0}') as key),
  'high item low phi weight', 'the sums behind it are not told');
insert into private.figures (organisation_id, period, unit_id, subject, is_shown, persons, others, s1, s2, s3, s4)
select pg_temp.id('root'), '2020-M01', pg_temp.id('one_stop'), 'association:' || item, true, n, n, n * 1e6, y * 1e6, yo * 1e12, o * 1e6
from (values ('C1', 100, 90, 80, 85), ('C2', 400, 320, 300, 325), ('C3', 40, 40, 40, 40), ('C4', 29, 20, 20, 20)) as t (item, n, y, yo, o);
select is((select string_agg(concat_ws(' ', a ->> 'item', a ->> 'phi', a ->> 'low', a ->> 'high'), ', ')
    from jsonb_array_elements(private.associations(pg_temp.id('root'), '2020-M01', pg_temp.id('one_stop'))) as a),
  'C1 3 0 6, C2 6 5 8, C3 5 -2 10, C4', 'the outside values of three more tables; nothing under 30 persons');

-- The rest of the organisation stands in where there is no peer; a single peer is for those who may read it.
select is(public.office_help(pg_temp.id('division_a'), '2026-M02') #>> '{peers,units}', '0', 'the other division decided nothing: no peer');
update private.figures set is_shown = false where subject = 'item:B2' and period = '2026-M02';
select pg_temp.becomes('division_a', 'leader');
select is((select item ->> 'state' from jsonb_array_elements(public.office_help(pg_temp.id('division_a'), '2026-M02') -> 'items') as item where item ->> 'item' = 'B2'),
  'hidden', 'a hidden item stays hidden');
select is(pg_temp.refusal(format('select public.office_help(%L, %L)', pg_temp.id('division_a'), '1999-M01')), 'PT422 unknown_period',
  'a period without answers is refused');

select pg_temp.becomes('root', 'analyst');
select is(public.office_weights(pg_temp.id('root'), '2026-M02') -> 'points', '[]', 'without the numbers served there is nothing to weight by');
delete from private.figures where period = '2026-M02' and cross_kind = 'point';
insert into private.figures (organisation_id, period, unit_id, subject, cross_kind, cross_value, is_shown, persons, others, s1, s2)
select pg_temp.id('root'), '2026-M02', pg_temp.id('one_stop'), 'measure:S0', 'point', pg_temp.id(point)::text, shown, 40, 40, 29e6, 29e12
from (values ('counter', true), ('returns', false)) as p (point, shown);
insert into public.served_counts (organisation_id, unit_id, service_point_id, entered_via, procedure_group_id, day, served)
select pg_temp.id('root'), pg_temp.id('one_stop'), pg_temp.id(point), 'page', case when grouped then pg_temp.id('group_b') end, day::date, 3
from (values ('counter', false, '2026-01-20'), ('counter', true, '2026-01-20'), ('counter', true, '2026-01-21'), ('counter', false, '2026-03-20'),
  ('returns', false, '2026-01-20')) as c (point, grouped, day);
select is((select string_agg(concat_ws(' ', s #>> '{names,vi}', s ->> 'served', s ->> 'persons'), ', ')
    from jsonb_array_elements(private.served_strata((select u from public.units as u where u.id = pg_temp.id('root')), '2026-M02', 'point')) as s),
  'counter 6 40', 'a stratum is a shown point with the people of the period: the whole point''s number, else its groups together');
select pg_temp.becomes('one_stop', 'officer');
select is(pg_temp.fate('office_weights', 'one_stop'), 'PT403 not_allowed', 'an officer reads no weights');

select * from finish();
rollback;
