-- How units, points and procedures are written: what is not named stays, what is wrong is refused with its key.

begin;
\ir support/fixture.sql
select plan(33);

create function pg_temp.unit(p_unit uuid, p_values jsonb) returns uuid language sql as $$
  select private.put_unit(pg_temp.id('root'), p_unit, p_values)
$$;
create function pg_temp.point(p_point uuid, p_values jsonb) returns uuid language sql as $$
  select private.put_point(pg_temp.id('root'), p_point, p_values)
$$;
update public.units set questionnaire_id = pg_temp.id('form') where id = pg_temp.id('root');

-- Units ------------------------------------------------------------------------------------------------
create temp table made as select pg_temp.unit(null, '{"names": {"vi": "  Văn phòng ", "en": ""}, "kind": "office", "code": "VP"}') as id;
select results_eq('select names, kind, code, parent_id from public.units where id = (select id from made)',
  $$values ('{"vi": "Văn phòng"}'::jsonb, 'office', 'VP', pg_temp.id('root'))$$,
  'a new unit stands under the organisation, its texts trimmed, blank translations left out');
select is(pg_temp.unit((select id from made), '{"names": {"vi": "Văn phòng Ban", "zh": "办公室"}}'), (select id from made), 'a unit is renamed');
select is((select code || ' ' || kind from public.units where id = (select id from made)), 'VP office', 'and what was not named stays');
select is(pg_temp.refusal($$select pg_temp.unit(null, '{"names": {"vi": " "}, "kind": "office"}')$$), 'PT422 name_missing');
select is(pg_temp.refusal($$select pg_temp.unit(null, '{"names": {"en": "Office"}, "kind": "office"}')$$), 'PT422 vietnamese_missing',
  'a translation alone is no name');
select is(pg_temp.refusal($$select pg_temp.unit(null, '{"names": {"vi": "A"}, "kind": "castle"}')$$), 'PT422 unknown_kind');
select is(pg_temp.refusal($$select pg_temp.unit(null, '{"names": {"vi": "A"}, "kind": "office", "code": "VP"}')$$), 'PT409 duplicate_code');
select is(pg_temp.refusal($$select pg_temp.unit(null, jsonb_build_object('names', '{"vi": "A"}'::jsonb, 'kind', 'office', 'code', repeat('x', 41)))$$),
  'PT422 impossible_code');
select is(pg_temp.refusal($$select pg_temp.unit(pg_temp.id('one_stop'), jsonb_build_object('parent_id', pg_temp.id('small')))$$),
  'PT422 unit_cycle', 'a unit cannot stand under itself');
select is(pg_temp.refusal($$select pg_temp.unit(pg_temp.id('root'), jsonb_build_object('parent_id', pg_temp.id('small')))$$), 'PT409 root_unit');
select is(pg_temp.refusal($$select pg_temp.unit(null, jsonb_build_object('names', '{"vi": "A"}'::jsonb, 'kind', 'gate', 'parent_id', gen_random_uuid()))$$),
  'PT404 unknown_unit');
select is(pg_temp.refusal($$select private.put_unit(gen_random_uuid(), null, '{}')$$), 'PT404 unknown_organisation');
select pg_temp.unit(pg_temp.id('root'), '{"names": {"vi": "Ban mới"}}');
select is((select names ->> 'vi' from public.organisations where id = pg_temp.id('root')), 'Ban mới', 'root unit and organisation share one name');
select is((select search from public.units where id = (select id from made)), 'van phong ban vp', 'a unit is found by name and code without diacritics');

-- Points -----------------------------------------------------------------------------------------------
create temp table gate as select pg_temp.unit(null, '{"names": {"vi": "Cửa khẩu Tân Thanh"}, "kind": "gate"}') as id;
create temp table booth as select pg_temp.point(null, jsonb_build_object('unit_id', (select id from gate), 'labels', '{"vi": "Quầy 1"}'::jsonb, 'code', 'TT1')) as id;
select results_eq('select kind, moment, wording, staffed_by, default_deciding_unit_id, is_active, version_id from public.service_points where id = (select id from booth)',
  $$select 'counter', 'both', 'gate', 'several', (select id from gate), true, pg_temp.id('version')$$,
  'a point at a gate is a counter with the wording of gates, decides for itself and inherits its questionnaire');
select ok((select scope_line ->> 'vi' from public.service_points where id = (select id from booth)) like '%Không hỏi về Hải quan%',
  'and says that customs, border guard and quarantine are not meant');
select is(pg_temp.refusal($$select pg_temp.point(null, jsonb_build_object('unit_id', (select id from gate), 'labels', '{"vi": "quay 1"}'::jsonb))$$),
  'PT409 duplicate_label', 'two points of one unit are told apart');
select is(pg_temp.refusal($$select pg_temp.point(null, jsonb_build_object('unit_id', (select id from gate), 'labels', '{"vi": "Quầy 2"}'::jsonb, 'code', 'TT1'))$$),
  'PT409 duplicate_code');
select is(pg_temp.refusal($$select pg_temp.point((select id from booth), '{"is_active": false}')$$), 'PT422 reason_missing');
select lives_ok($$select pg_temp.point((select id from booth), '{"is_active": false, "inactive_reason": "Sửa quầy"}')$$, 'off with a reason');
select lives_ok($$select pg_temp.point((select id from booth), '{"is_active": true}')$$, 'and on again');
select is((select inactive_reason from public.service_points where id = (select id from booth)), null, 'which forgets the reason');
select pg_temp.point((select id from booth), jsonb_build_object('groups', jsonb_build_array(pg_temp.id('group_b'), pg_temp.id('group_a'))));
select is((select array_agg(procedure_group_id order by position) from public.service_point_groups where service_point_id = (select id from booth)),
  array[pg_temp.id('group_b'), pg_temp.id('group_a')], 'procedure groups keep their order');
select is(pg_temp.refusal($$select pg_temp.point((select id from booth), jsonb_build_object('groups', jsonb_build_array(pg_temp.id('form'))))$$),
  'PT404 unknown_procedure_group');
select is(pg_temp.refusal($$select pg_temp.point((select id from booth), jsonb_build_object('groups',
  (select jsonb_agg(gen_random_uuid()) from generate_series(1, 7))))$$), 'PT422 too_many_groups');
select is(pg_temp.refusal($$select pg_temp.point((select id from booth), jsonb_build_object('staffed_by', 'one', 'staff_person_id', gen_random_uuid()))$$),
  'PT404 unknown_person', 'who works there is a member');
select is(pg_temp.refusal($$select pg_temp.point((select id from booth), '{"moment": "never"}')$$), 'PT422 unknown_moment');
select pg_temp.point((select id from booth), '{"scope_line": {}}');
select is((select scope_line from public.service_points where id = (select id from booth)), null, 'a scope line can be taken away');

-- Procedures -------------------------------------------------------------------------------------------
create temp table land as select private.put_procedure_group(pg_temp.id('root'), null,
  jsonb_build_object('code', 'DD', 'names', '{"vi": "Đất đai"}'::jsonb, 'deciding_unit_id', pg_temp.id('division_b'))) as id;
create temp table deed as select private.put_procedure(pg_temp.id('root'), null,
  jsonb_build_object('code', '1.001', 'name', 'Cấp giấy chứng nhận', 'procedure_group_id', (select id from land))) as id;
select is((select deciding_unit_id from public.procedures where id = (select id from deed)), pg_temp.id('division_b'),
  'a procedure is decided by the unit of its group unless it names another');
select is((select search from public.procedures where id = (select id from deed)), '1.001 cap giay chung nhan', 'and is found without diacritics');
select is(pg_temp.refusal($$select private.put_procedure(pg_temp.id('root'), null,
  jsonb_build_object('code', '1.001', 'name', 'X', 'procedure_group_id', (select id from land)))$$), 'PT409 duplicate_code');
select is(pg_temp.refusal($$select private.put_procedure_group(pg_temp.id('root'), null, '{"names": {"vi": "X"}}')$$), 'PT422 code_missing');
select is(pg_temp.refusal($$select private.put_procedure(pg_temp.id('root'), null, '{"code": "2", "name": "X"}')$$), 'PT404 unknown_procedure_group');

select * from finish();
rollback;
