-- Administrators set up their subtree: units that open and close with their history kept, codes that are replaced
-- and checked, edits that notice each other. Everybody else is refused.

begin;
\ir support/fixture.sql
select plan(67);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'officer', 'below'], p_name)::text, 12, '0'))::uuid
$$;
insert into public.people (id, name, email) select pg_temp.person(n), 'Người ' || n, n || '@example.vn' from unnest(array['admin', 'officer', 'below']) as n;
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('small'), 'officer'),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('one_stop'), 'administrator');
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', jsonb_build_object('sub', pg_temp.person(p_name), 'role', 'authenticated')::text, true)
$$;
create function pg_temp.rev(p_unit uuid) returns integer language sql as $$ select revision from public.units where id = p_unit $$;
create function pg_temp.prev(p_point text) returns integer language sql as $$ select revision from public.service_points where id = pg_temp.id(p_point) $$;
update public.units set questionnaire_id = pg_temp.id('form') where id = pg_temp.id('root');
update public.unit_tree set valid_from = '2026-01-01' where valid_from > '2026-01-01';

-- Who may ------------------------------------------------------------------------------------------------
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal($$select public.read_units(pg_temp.id('small'))$$), 'PT403 not_allowed', 'an officer sets nothing up');
select is(pg_temp.refusal($$select public.save_unit(null, jsonb_build_object('parent_id', pg_temp.id('small'), 'names', '{"vi": "A"}'::jsonb, 'kind', 'yard'))$$), 'PT403 not_allowed');
select is(pg_temp.refusal($$select public.replace_token(pg_temp.id('small_counter'))$$), 'PT403 not_allowed');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal($$select public.read_units(pg_temp.id('root'))$$), 'PT403 not_allowed', 'an administrator below sees nothing above');
select is(pg_temp.refusal($$select public.read_units(pg_temp.id('one_stop'), pg_temp.id('division_a'))$$), 'PT403 not_allowed', 'nor a branch beside');
select is(pg_temp.refusal($$select public.move_unit(pg_temp.id('small'), pg_temp.id('division_a'), pg_temp.rev(pg_temp.id('small')))$$), 'PT403 not_allowed',
  'nor moves a unit out of reach');
select is(pg_temp.refusal($$select public.save_point(pg_temp.id('counter'), jsonb_build_object('unit_id', pg_temp.id('root')), pg_temp.prev('counter'))$$), 'PT403 not_allowed');

-- The tree -----------------------------------------------------------------------------------------------
select pg_temp.is_asked_by('admin');
select is((select string_agg(u ->> 'depth', ' ') from jsonb_array_elements(public.read_units(pg_temp.id('root')) -> 'units') as u), '1 2 1 1',
  'a small tree is shown whole, each unit before those below it');
select is(public.read_units(pg_temp.id('root'), null, 'PHONG a') -> 'units' -> 0 ->> 'id', pg_temp.id('division_a')::text, 'search ignores case and diacritics');
select is(public.read_units(pg_temp.id('root'), null, 'to nho') -> 'units' -> 0 -> 'path' -> 1 ->> 'id', pg_temp.id('one_stop')::text, 'and says where the unit stands');
select is((public.read_units(pg_temp.id('root'), pg_temp.id('one_stop'), 'phong') ->> 'total')::integer, 0, 'within one branch only that branch is searched');
select is((public.read_units(pg_temp.id('root'), null, '100%_') ->> 'total')::integer, 0, 'a wildcard is a character like any other');
insert into public.units (organisation_id, parent_id, kind, names, sort)
select pg_temp.id('root'), pg_temp.id('division_b'), 'commune', jsonb_build_object('vi', 'Xã ' || n), n from generate_series(1, 70) as n;
create temp table big as select public.read_units(pg_temp.id('root'), pg_temp.id('division_b')) as r;
select is((select array[r ->> 'total', r ->> 'whole', jsonb_array_length(r -> 'units')::text] from big), array['70', 'false', '50'], 'of a large branch a page shows fifty');
select is((public.read_units(pg_temp.id('root'), null, 'xa 7') ->> 'total')::integer, 8, 'Xã 7, 17 … 70');

-- Editing ------------------------------------------------------------------------------------------------
create temp table yard as select public.save_unit(null,
  jsonb_build_object('parent_id', pg_temp.id('one_stop'), 'names', '{"vi": "Bãi xe"}'::jsonb, 'kind', 'yard')) as id;
select is((public.read_unit((select id from yard)) ->> 'removable')::boolean, true, 'a unit to which nothing belongs may be removed');
select public.save_unit((select id from yard), '{"names": {"vi": "Bãi xe 1"}}', 1);
select is(pg_temp.refusal($$select public.save_unit((select id from yard), '{"names": {"vi": "Bãi xe 2"}}', 1)$$), 'PT409 changed_meanwhile',
  'who began from an older state is told');
select is((select names ->> 'vi' from public.units where id = (select id from yard)), 'Bãi xe 1', 'and overwrites nothing');
select is(pg_temp.refusal($$select public.move_unit(pg_temp.id('one_stop'), (select id from yard), pg_temp.rev(pg_temp.id('one_stop')))$$), 'PT422 unit_cycle');
select lives_ok($$select public.move_unit((select id from yard), pg_temp.id('division_a'), pg_temp.rev((select id from yard)))$$, 'a unit moves');
select public.remove_unit((select id from yard));
select is_empty('select from public.units where id = (select id from yard)', 'and is removed while nothing belongs to it');
select is(pg_temp.refusal($$select public.remove_unit(pg_temp.id('small'))$$), 'PT409 unit_in_use');

-- Closing ------------------------------------------------------------------------------------------------
select pg_temp.record('small_counter', '2026-03-10', 12);
create function pg_temp.close(p_unit text, p_on date default private.today(), p_reason text default 'Sắp xếp lại') returns text language sql as $$
  select pg_temp.refusal(format('select public.close_unit(%L, %L, %L, pg_temp.rev(%L))', pg_temp.id(p_unit), p_on, p_reason, pg_temp.id(p_unit)))
$$;
select is(pg_temp.close('root'), 'PT409 root_unit');
select is(pg_temp.close('one_stop'), 'PT409 unit_has_points', 'not closed while a point is open');
select is(pg_temp.close('division_b'), 'PT409 unit_has_units', 'nor while a unit below is open');
select is(pg_temp.close('division_a'), 'PT409 unit_decides', 'nor while procedures are decided there');
select lives_ok($$select public.save_point(pg_temp.id('small_counter'), '{"is_active": false, "inactive_reason": "Đóng quầy"}', pg_temp.prev('small_counter'))$$);
select is(pg_temp.close('small', private.today(), ' '), 'PT422 reason_missing');
select is(pg_temp.close('small', private.today() + 1), 'PT422 impossible_date', 'nor in the future');
select is(pg_temp.close('small', '2026-03-09'), 'PT422 answers_after', 'nor before its last answer');
select is(pg_temp.close('small'), 'fine');
select is(pg_temp.close('small'), 'PT409 unit_closed');
select ok(exists (select from public.unit_tree where ancestor_id = pg_temp.id('root') and descendant_id = pg_temp.id('small') and valid_to is null),
  'its answers still count for the units above');
select is((select count(*)::integer from public.members where unit_id = pg_temp.id('small') and ended_at is null), 0, 'who worked there has no more to do');
select ok(private.unit_list(pg_temp.id('root'), '2026-03-31', '2026-03-01') @> jsonb_build_array(jsonb_build_object('id', pg_temp.id('small'))), 'lists of its time name it');
select ok(not private.unit_list(pg_temp.id('root'), private.today() + 60, private.today() + 30) @> jsonb_build_array(jsonb_build_object('id', pg_temp.id('small'))), 'later ones do not');
select is(pg_temp.refusal($$select public.save_point(pg_temp.id('small_counter'), '{"is_active": true}', pg_temp.prev('small_counter'))$$), 'PT409 unit_closed',
  'no point opens at a closed unit');
select is((public.read_units(pg_temp.id('root'), p_closed => true) ->> 'total')::integer, 1, 'closed units are listed apart');
select is(pg_temp.refusal($$select public.reopen_unit(pg_temp.id('small'))$$), 'fine', 'a closing can be taken back');

-- Merging and splitting -----------------------------------------------------------------------------------
select public.save_point(pg_temp.id('small_counter'), '{"is_active": true}', pg_temp.prev('small_counter'));
create function pg_temp.merge(p_values jsonb) returns uuid language sql as $$
  select public.merge_units(jsonb_build_object('on', private.today(), 'reason', 'Nghị quyết sáp nhập') || p_values)
$$;
select is(pg_temp.refusal($$select pg_temp.merge(jsonb_build_object('units', jsonb_build_array(pg_temp.id('small')), 'parent_id', pg_temp.id('root'), 'names', '{"vi": "X"}'::jsonb, 'kind', 'office'))$$),
  'PT422 too_few_units', 'one unit alone is no merger');
select is(pg_temp.refusal($$select pg_temp.merge(jsonb_build_object('units', jsonb_build_array(pg_temp.id('one_stop')), 'successor_id', pg_temp.id('small')))$$),
  'PT422 successor_inside', 'a unit is not merged into one below it');
create temp table one as select pg_temp.merge(jsonb_build_object('units', jsonb_build_array(pg_temp.id('division_a'), pg_temp.id('division_b')),
  'parent_id', pg_temp.id('root'), 'names', '{"vi": "Phòng AB"}'::jsonb, 'kind', 'division', 'code', 'AB')) as id;
select is((select count(*)::integer from public.unit_successions where successor_id = (select id from one)), 2, 'a unit may follow several');
select is((select array_agg(distinct deciding_unit_id) from public.procedure_groups where organisation_id = pg_temp.id('root')), array[(select id from one)], 'it decides what they decided');
select is((select count(*)::integer from public.units where parent_id = (select id from one)), 70, 'and what stood under them stands under it');
select is((select count(*)::integer from public.units where id in (pg_temp.id('division_a'), pg_temp.id('division_b')) and valid_to = private.today()), 2, 'they are closed');
select is((select count(*)::integer from jsonb_array_elements(public.read_unit((select id from one)) -> 'predecessors')), 2, 'its page names them');
select is(public.public_unit_results(pg_temp.id('division_a'), null) -> 'unit' -> 'successors' -> 0 ->> 'id', (select id from one)::text, 'so do the public ones');
select is(pg_temp.refusal($$select public.reopen_unit(pg_temp.id('division_a'))$$), 'PT409 unit_in_use', 'a merger is not taken back by opening the old unit');
create temp table parts as select public.split_unit(pg_temp.id('one_stop'), jsonb_build_object('on', private.today(), 'reason', 'Chia tách',
  'parts', '[{"names": {"vi": "Một cửa 1"}}, {"names": {"vi": "Một cửa 2"}}]'::jsonb,
  'places', jsonb_build_object(pg_temp.id('small'), 0, pg_temp.id('counter'), 0, pg_temp.id('returns'), 1, pg_temp.id('alone'), 1))) as r;
select is((select unit_id::text from public.service_points where id = pg_temp.id('returns')), (select r ->> 1 from parts), 'after a split every open point stands where it was put');
select is((select parent_id::text from public.units where id = pg_temp.id('small')), (select r ->> 0 from parts), 'and every unit');
select is((select unit_id from public.service_points where id = pg_temp.id('closed')), pg_temp.id('one_stop'), 'a closed point stays with the old unit');
select is((select count(*)::integer from public.members where person_id = pg_temp.person('below') and ended_at is null), 2, 'people of the old unit work at both new ones');
select is(pg_temp.refusal($$select public.split_unit((select id from one), jsonb_build_object('on', private.today(), 'reason', 'X', 'parts', '[{"names": {"vi": "1"}}, {"names": {"vi": "2"}}]'::jsonb, 'places', '{}'::jsonb))$$),
  'PT422 place_missing', 'nothing open is left without a place');
select is((select sum(responses)::integer from private.response_counts as c join private.strata as s on s.service_point_id = c.service_point_id where s.receiving_unit_id = pg_temp.id('small')), 12,
  'answers stay with the unit they were given to');

-- Codes ---------------------------------------------------------------------------------------------------
create temp table old_code as select token from public.service_points where id = pg_temp.id('counter');
select isnt(public.replace_token(pg_temp.id('counter'), 'Bị dán đè'), (select token from old_code), 'a new token');
select is(pg_temp.refusal($$select public.survey_form((select token from old_code))$$), 'PT410 token_replaced', 'the old one says that it was replaced');
select is(pg_temp.refusal($$select public.survey_form('00000000000')$$), 'PT404 unknown_token', 'one that never was is unknown');
select is((public.list_points(pg_temp.id('root'), null, 'unchecked') ->> 'total')::integer, 4, 'no code was checked this month');
select is(public.check_points(pg_temp.id('root'), jsonb_build_object('items', jsonb_build_array(pg_temp.id('counter'), pg_temp.id('returns'), pg_temp.id('closed')))), 2,
  'two open ones are now');
select is(public.check_points(pg_temp.id('root'), jsonb_build_object('items', jsonb_build_array(pg_temp.id('counter')))), 0, 'once a month');
select is((public.list_points(pg_temp.id('root'), null, 'unchecked') ->> 'total')::integer, 2);
update public.point_checks set month = month - interval '1 month';
select is((public.list_points(pg_temp.id('root'), null, 'unchecked') ->> 'total')::integer, 4, 'the next month asks again');

-- Many at once ------------------------------------------------------------------------------------------
create function pg_temp.add(p_from integer, p_to integer) returns jsonb language sql as $$
  select public.add_points(pg_temp.id('small'), jsonb_build_object('items', (
    select jsonb_agg(jsonb_build_object('labels', jsonb_build_object('vi', 'Quầy ' || n, 'en', 'Counter ' || n))) from generate_series(p_from, p_to) as n)))
$$;
select is(jsonb_array_length(pg_temp.add(1, 12)), 12, 'twelve counters in one go');
select public.add_points(pg_temp.id('small'), '{"items": [{"labels": {"vi": "Bàn 10: trả kết quả"}}, {"labels": {"vi": "Bàn 9: hướng dẫn"}}]}');
select is((select string_agg(p -> 'labels' ->> 'vi', ', ') from jsonb_array_elements(public.list_points(pg_temp.id('small'), 'ban') -> 'points') as p),
  'Bàn 9: hướng dẫn, Bàn 10: trả kết quả', 'numbers inside a label are counted, too');
select is(pg_temp.refusal('select pg_temp.add(12, 14)'), 'PT409 duplicate_label', 'all or none');
select is((select string_agg(p -> 'labels' ->> 'vi', ' ') from jsonb_array_elements(public.list_points(pg_temp.id('small'), 'quay 1') -> 'points') as p),
  'Quầy 1 Quầy 10 Quầy 11 Quầy 12', 'in the order of their numbers');

-- Procedures ---------------------------------------------------------------------------------------------
select is(pg_temp.refusal($$select public.remove_procedure_group(pg_temp.id('group_a'))$$), 'PT409 group_in_use');
select is((public.setup_state(pg_temp.id('root')) ->> 'points')::integer, 18, 'the first page counts what is there');

select * from finish();
rollback;
