-- Imports of the set-up: a dry run writes nothing and lists all that is wrong; applying is all or nothing; the same file
-- twice changes nothing; an export comes back unchanged; nobody imports outside the own subtree.

begin;
\ir support/fixture.sql
select plan(46);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'officer', 'below'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email) select pg_temp.person(n), n, n || '@example.vn' from unnest(array['admin', 'officer', 'below']) as n;
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer'),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('small'), 'administrator');

update public.units set questionnaire_id = pg_temp.id('form') where id = pg_temp.id('root');

-- Uploads the rows as one chunk; the key is the first cell named.
create function pg_temp.upload(p_kind text, p_rows jsonb, p_unit text default 'root', p_key text default 'code') returns uuid language plpgsql as $$
declare
  id uuid := public.start_import(pg_temp.id(p_unit), p_kind, 'file.xlsx');
begin
  perform public.stage_import(id, jsonb_build_object('items', (
    select jsonb_agg(jsonb_build_object('number', n + 1, 'cells', cells - 'problems', 'key', cells ->> p_key, 'problems', coalesce(cells -> 'problems', '[]')))
    from jsonb_array_elements(p_rows) with ordinality as e (cells, n))), true);
  return id;
end
$$;
create function pg_temp.short(p_summary jsonb) returns text language sql as $$
  select concat_ws(' ', 'added', p_summary ->> 'added', 'changed', p_summary ->> 'changed', 'unchanged', p_summary ->> 'unchanged', 'wrong', p_summary ->> 'wrong')
$$;
create function pg_temp.problems(p_import uuid) returns text language sql as $$
  select string_agg(r ->> 'number' || ' ' || (p ->> 'field') || ' ' || (p ->> 'key'), ', ' order by (r ->> 'number')::int, n)
  from jsonb_array_elements(public.read_import(p_import) -> 'rows') as r, jsonb_array_elements(r -> 'problems') with ordinality as e (p, n)
$$;
create temp table made (name text primary key, id uuid);

-- Rights
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal(format('select public.start_import(%L, ''units'', ''x'')', pg_temp.id('root'))), 'PT403 not_allowed', 'an officer imports nothing');
select is(pg_temp.refusal(format('select public.export_rows(%L, ''units'')', pg_temp.id('root'))), 'PT403 not_allowed', 'nor exports');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal(format('select public.start_import(%L, ''units'', ''x'')', pg_temp.id('root'))), 'PT403 not_allowed', 'an administrator of a unit below imports there only');

-- Units
select pg_temp.is_asked_by('admin');
insert into made select 'units', pg_temp.upload('units', '[
  {"code": "HN", "name": "Cửa khẩu Hữu Nghị", "kind": "gate", "parent": "TT", "sort": 10},
  {"code": "TT", "name": "Trung tâm Quản lý cửa khẩu", "kind": "centre"},
  {"code": "MC", "name": "Bộ phận Một cửa", "kind": "one_stop", "name_en": "One-stop section"}]');
select is(pg_temp.short(public.check_import((select id from made))), 'added 2 changed 1 unchanged 0 wrong 0', 'a unit with a name that stands there without a code is meant by its row');
select is((select count(*)::int from public.units where organisation_id = pg_temp.id('root')), 5, 'the dry run writes nothing');
select is((select count(*)::int from public.audit_log where record_type = 'units' and action = 'insert' and changes ->> 'code' = 'TT'), 0, 'not even into the log');
select is(jsonb_array_length(public.read_import((select id from made), 'added') -> 'rows'), 2, 'what would be added can be read');
select is(pg_temp.short(public.apply_import((select id from made))), 'added 2 changed 1 unchanged 0 wrong 0', 'applying does what the dry run said');
select is((select string_agg(u.code || ':' || coalesce(a.code, 'root'), ' ' order by u.code) from public.units as u left join public.units as a on a.id = u.parent_id
  where u.code is not null), 'HN:TT MC:root TT:root', 'a unit may stand in the file before the one above it');
select is((select names ->> 'en' from public.units where code = 'MC'), 'One-stop section');
select is((select count(*)::int from private.import_rows), 0, 'the rows of an applied import are gone');
select is(pg_temp.refusal(format('select public.apply_import(%L)', (select id from made))), 'PT409 import_elsewhere', 'an import is applied once');
select is((select changes ->> 'kind' from public.audit_log where action = 'import'), 'units', 'the import is in the log');

create temp table before as select md5(string_agg(u::text, ' ' order by u.id)) as image, (select max(seq) from public.audit_log) as seq from public.units as u;
insert into made select 'again', pg_temp.upload('units', '[
  {"code": "HN", "name": "Cửa khẩu Hữu Nghị", "kind": "gate", "parent": "TT", "sort": 10},
  {"code": "TT", "name": "Trung tâm Quản lý cửa khẩu", "kind": "centre"},
  {"code": "MC", "name": "Bộ phận Một cửa", "kind": "one_stop"}]');
select is(pg_temp.short(public.check_import((select id from made where name = 'again'))), 'added 0 changed 0 unchanged 3 wrong 0', 'the same file again changes nothing');
select lives_ok($$select public.apply_import((select id from made where name = 'again'))$$, 'even applied');
select is((select md5(string_agg(u::text, ' ' order by u.id)) from public.units as u), (select image from before), 'to the last revision');
select is((select count(*)::int from public.audit_log, before where audit_log.seq > before.seq and action <> 'import'), 0, 'and the log tells of no change');

insert into made select 'bad', pg_temp.upload('units', '[
  {"code": "A", "name": "A", "kind": "gate", "parent": "B"},
  {"code": "B", "name": "B", "kind": "gate", "parent": "A"},
  {"code": "C", "name": "C", "kind": "gate", "parent": "không có"},
  {"code": "D", "name": "D", "kind": "gate"},
  {"code": "D", "name": "D nữa", "kind": "gate"},
  {"code": "E", "name": "E", "kind": "gate", "parent": "G"},
  {"code": "F", "name": "F", "parent": "không có", "problems": [{"field": "kind", "key": "unknown_word"}]},
  {"code": "G", "kind": "gate", "problems": [{"field": "name", "key": "missing"}]},
  {"code": "TT", "name": "Trung tâm Quản lý cửa khẩu", "kind": "centre", "parent": "HN"}]');
select is(pg_temp.short(public.check_import((select id from made where name = 'bad'))), 'added 1 changed 0 unchanged 0 wrong 8', 'wrong rows do not hide right ones');
select is(pg_temp.problems((select id from made where name = 'bad')),
  '2 parent unit_cycle, 2 parent refers_to_wrong_row, 3 parent unit_cycle, 3 parent refers_to_wrong_row, 4 parent unknown_unit, 6 key twice_in_file, 7 parent refers_to_wrong_row, 8 kind unknown_word, 8 parent unknown_unit, 9 name missing, 10 row unit_cycle',
  'every wrong row is listed with everything that is wrong with it');
select is(pg_temp.refusal($$select public.apply_import((select id from made where name = 'bad'))$$), 'PT409 import_refused', 'nothing is written while one row is wrong');
select is((select count(*)::int from public.units where code = 'D'), 0, 'not the right ones either');
insert into made select 'overtaken', pg_temp.upload('units', '[{"code": "X1", "name": "X1", "kind": "gate"}, {"code": "X2", "name": "X2", "kind": "gate", "parent": "HN"}]');
select is((public.check_import((select id from made where name = 'overtaken')) ->> 'wrong'), '0');
update public.units set valid_to = private.today() where code = 'HN';
select is(pg_temp.refusal($$select public.apply_import((select id from made where name = 'overtaken'))$$), 'PT409 import_refused', 'what became wrong after the dry run stops the whole file');
select is((select count(*)::int from public.units where code = 'X1'), 0, 'which half-applies nothing');
select is((select state from private.imports where id = (select id from made where name = 'overtaken')), 'checked', 'and can be checked again');
update public.units set valid_to = null where code = 'HN';
select lives_ok($$select public.discard_import((select id from made where name = 'overtaken'))$$, 'or thrown away');

-- Points, procedures, members, numbers served
insert into made select 'procedures', pg_temp.upload('procedures', '[
  {"group": "XD", "group_name": "Xây dựng", "deciding": "Phòng A"},
  {"code": "1.1", "name": "Cấp phép", "group": "XD"},
  {"code": "1.2", "name": "Gia hạn", "group": "MT", "group_name": "Môi trường", "deciding": "Phòng B"},
  {"code": "1.3", "name": "Khác", "group": "??"}]', p_key => 'none');
select is(pg_temp.short(public.check_import((select id from made where name = 'procedures'))), 'added 3 changed 0 unchanged 0 wrong 1', 'procedures bring their groups');
select is(pg_temp.problems((select id from made where name = 'procedures')), '5 group_name new_group_needs_name');
select public.discard_import((select id from made where name = 'procedures'));
insert into made select 'procedures right', pg_temp.upload('procedures', '[
  {"group": "XD", "group_name": "Xây dựng", "deciding": "Phòng A"}, {"code": "1.1", "name": "Cấp phép", "group": "XD"}]', p_key => 'none');
select public.check_import((select id from made where name = 'procedures right'));
select public.apply_import((select id from made where name = 'procedures right'));
select is((select u.names ->> 'vi' from public.procedures as p join public.units as u on u.id = p.deciding_unit_id where p.code = '1.1'), 'Phòng A', 'a procedure is decided where its group is');

insert into made select 'points', pg_temp.upload('points', '[
  {"code": "Q1", "label": "Quầy 1", "unit": "HN", "groups": ["XD", "A"], "moment": "receive"},
  {"code": "QM", "label": "counter", "unit": "MC", "groups": ["B", "A"]},
  {"code": "QX", "label": "Quầy X", "unit": "chỗ khác", "groups": ["ZZ"], "deciding": "không ai"}]');
select is(pg_temp.short(public.check_import((select id from made where name = 'points'))), 'added 1 changed 1 unchanged 0 wrong 1');
select is(pg_temp.problems((select id from made where name = 'points')), '4 unit unknown_unit, 4 deciding unknown_unit, 4 groups unknown_procedure_group', 'all problems of a row');
select public.discard_import((select id from made where name = 'points'));
insert into made select 'points right', pg_temp.upload('points', '[{"code": "Q1", "label": "Quầy 1", "unit": "HN", "groups": ["XD", "A"], "moment": "receive"}]');
select public.check_import((select id from made where name = 'points right'));
select public.apply_import((select id from made where name = 'points right'));
select is((select string_agg(g.code, ' ' order by s.position) from public.service_points as p join public.service_point_groups as s on s.service_point_id = p.id
  join public.procedure_groups as g on g.id = s.procedure_group_id where p.code = 'Q1'), 'XD A', 'a point serves its groups in the order of the file');

insert into made select 'members', pg_temp.upload('members', '[
  {"email": "officer@example.vn", "role": "officer"}, {"email": "moi@example.vn", "role": "leader", "unit": "HN"}]', p_key => 'email');
select is(pg_temp.short(public.check_import((select id from made where name = 'members'))), 'added 1 changed 0 unchanged 1 wrong 0', 'who has the role already is not invited');
select is((select count(*)::int from public.outbox), 0, 'a dry run sends no mail');
select public.apply_import((select id from made where name = 'members'));
select is((select recipient from public.outbox), 'moi@example.vn', 'the others get an invitation');
insert into made select 'members again', pg_temp.upload('members', '[{"email": "moi@example.vn", "role": "leader", "unit": "HN"}]', p_key => 'email');
select is(pg_temp.short(public.check_import((select id from made where name = 'members again'))), 'added 0 changed 0 unchanged 1 wrong 0', 'once');

insert into made select 'served', pg_temp.upload('served', jsonb_build_array(
  '{"point": "Q1", "day": "2026-03-02", "served": 30}'::jsonb, '{"point": "Q1", "day": "2026-03-02", "served": 12, "group": "XD"}'::jsonb,
  jsonb_build_object('point', 'Q1', 'day', private.today() + 1, 'served', 1), '{"point": "Q9", "day": "2026-03-02", "served": 1}'::jsonb), p_key => 'none');
select is(pg_temp.short(public.check_import((select id from made where name = 'served'))), 'added 2 changed 0 unchanged 0 wrong 2');
select is(pg_temp.problems((select id from made where name = 'served')), '4 day future_day, 5 point unknown_point');
select public.discard_import((select id from made where name = 'served'));
insert into made select 'served right', pg_temp.upload('served', '[{"point": "Q1", "day": "2026-03-02", "served": 30}]', p_key => 'none');
select public.check_import((select id from made where name = 'served right'));
select public.apply_import((select id from made where name = 'served right'));

-- Out and in again
create function pg_temp.round_trip(p_kind text) returns text language plpgsql as $$
declare
  id uuid := pg_temp.upload(p_kind, (select jsonb_agg(jsonb_strip_nulls(l) - array['at', 'person'] - case when p_kind = 'served' then 'label' else 'none' end)
    from jsonb_array_elements(public.export_rows(pg_temp.id('root'), p_kind)) as l), p_key => 'none');
begin
  return pg_temp.short(public.check_import(id));
end
$$;
select is(pg_temp.round_trip('units'), 'added 0 changed 0 unchanged 7 wrong 0', 'an export of units comes back unchanged, units without a code too');
select is(pg_temp.round_trip('points'), 'added 0 changed 0 unchanged 5 wrong 0', 'points');
select is(pg_temp.round_trip('procedures'), 'added 0 changed 0 unchanged 4 wrong 0', 'procedures and groups');
select is(pg_temp.round_trip('members'), 'added 0 changed 0 unchanged 3 wrong 0', 'members');
select is(pg_temp.round_trip('served'), 'added 0 changed 0 unchanged 1 wrong 0', 'numbers served');

-- Within one's own subtree
select pg_temp.is_asked_by('below');
insert into made select 'reach', pg_temp.upload('units', '[
  {"code": "HN", "name": "Cửa khẩu Hữu Nghị", "kind": "gate"}, {"code": "N1", "name": "N1", "kind": "gate"}, {"code": "N2", "name": "N2", "kind": "gate", "parent": "HN"}]', 'small');
select is(pg_temp.short(public.check_import((select id from made where name = 'reach'))), 'added 1 changed 0 unchanged 0 wrong 2');
select is(pg_temp.problems((select id from made where name = 'reach')), '2 code out_of_reach, 4 parent out_of_reach', 'what lies outside is refused, and said');
select is(jsonb_array_length(public.export_rows(pg_temp.id('small'), 'units')), 1, 'and not exported');

select * from finish();
rollback;
