-- Answers of an earlier survey: matched by hand where unknown, judged by the rules of recording, recorded chunk by chunk
-- with a memory of how far, released into months of their own and into no figure.

begin;
\ir support/fixture.sql
select plan(42);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'officer'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email) select pg_temp.person(n), n, n || '@example.vn' from unnest(array['admin', 'officer']) as n;
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer');

-- Days as files write them
select is(private.import_day('02/03/2026', 'dmy'), '2026-03-02');
select is(private.import_day('03/02/2026', 'mdy'), '2026-03-02');
select is(private.import_day('2026-03-02T08:00', 'dmy'), '2026-03-02');
select is(private.import_day('46083', 'dmy'), '2026-03-02', 'a serial of Excel');
select is(private.import_day('2/3/26', 'dmy'), '2026-03-02');
select is(private.import_day('30/02/2026', 'dmy'), null, 'no such day is no error');
select is(private.import_day('hôm qua', 'dmy'), null);

-- A file: when, where, and three of the six items (B1, D1, S0)
select pg_temp.is_asked_by('admin');
create temp table file as select public.start_import(pg_temp.id('root'), 'answers', 'cu.xlsx', '["Ngày", "Nơi", "B1", "D1", "S0"]') as id;
select public.note_import_file((select id from file), repeat('a', 64));
select public.stage_import((select id from file), jsonb_build_object('items', (
  select jsonb_agg(jsonb_build_object('number', n + 1, 'cells', jsonb_build_array(
    '0' || (1 + n % 3) || '/03/2024', case when n % 2 = 0 then 'Quầy' else 'Nhỏ' end, 'Hài lòng', '', case when n % 5 = 0 then 'Tạm' else '5' end)))
  from generate_series(1, 60) as n)), false);
select public.stage_import((select id from file), '{"items": [
  {"number": 100, "cells": ["hôm qua", "Quầy", "Hài lòng", "", "5"]},
  {"number": 101, "cells": ["01/03/2024", "Chỗ lạ", "Hài lòng", "", "5"]},
  {"number": 102, "cells": ["01/03/2024", "Quầy", "", "", "Tạm"]},
  {"number": 103, "cells": ["01/03/2024", "Nhỏ", "4", "4", "5"]},
  {"number": 104, "cells": ["01/03/2999", "Quầy", "4", "", "5"]}]}', true);
select is((public.import_choices(pg_temp.id('root')) -> 'versions' -> 0 ->> 'id')::uuid, pg_temp.id('version'), 'published versions are offered');
select is(jsonb_array_length(public.import_choices(pg_temp.id('root')) -> 'points'), 5, 'and the points of the subtree');

create function pg_temp.columns(p_more jsonb default '{}') returns void language sql as $$
  select public.save_import_columns((select id from file), jsonb_build_object('version_id', pg_temp.id('version'),
    'items', '{"B1": 2, "D1": 3, "S0": 4}'::jsonb, 'date', '{"column": 0, "format": "dmy"}'::jsonb, 'place', '{"column": 1}'::jsonb) || p_more)
$$;
select is(pg_temp.refusal($$select pg_temp.columns('{"items": {"B1": 9}}')$$), 'PT422 impossible_columns', 'a column that is not there');
select is(pg_temp.refusal($$select pg_temp.columns('{"items": {"Z9": 1}}')$$), 'PT422 impossible_columns', 'an item that is not asked');
select is(pg_temp.refusal($$select pg_temp.columns('{"items": {}}')$$), 'PT422 impossible_columns', 'no item at all');
select is(pg_temp.refusal($$select pg_temp.columns('{"date": {}}')$$), 'PT422 impossible_columns', 'no day');
select is(pg_temp.refusal($$select pg_temp.columns('{"place": {"point": "00000000-0000-4000-8000-999999999999"}}')$$), 'PT422 impossible_columns', 'a point elsewhere');
select is(pg_temp.refusal(format('select public.save_import_columns(%L, %L)', (select id from file), '{"version_id": "00000000-0000-4000-8000-999999999999"}')), 'PT404 unknown_version');
select lives_ok('select pg_temp.columns()');

create temp table found as select public.read_import_values((select id from file)) as v;
select is((select jsonb_object_agg(l ->> 'value', l -> 'count') from found, jsonb_array_elements(v -> 'levels') as l), '{"Hài lòng": 62, "5": 52, "Tạm": 13, "4": 3}', 'every different value is listed with its count');
select is((select jsonb_object_agg(l ->> 'value', l -> 'count') from found, jsonb_array_elements(v -> 'places') as l), '{"Quầy": 33, "Nhỏ": 31, "Chỗ lạ": 1}');
select is((select v -> 'dates' ->> 'wrong' from found), '2', 'and days that are none');
select is(pg_temp.refusal(format('select public.check_import_chunk(%L)', (select id from file))), 'PT409 import_elsewhere', 'nothing is judged before values are matched');
select is(pg_temp.refusal(format('select public.save_import_values(%L, %L)', (select id from file), '{"levels": {"5": 6}}')), 'PT422 impossible_values');
select public.save_import_values((select id from file), jsonb_build_object('levels', '{"Hài lòng": 4, "5": 5, "4": 4, "Tạm": null}'::jsonb,
  'points', jsonb_build_object('Quầy', pg_temp.id('counter'), 'Nhỏ', pg_temp.id('small_counter'), 'Chỗ lạ', null)));
select is(public.check_import_chunk((select id from file), 50) ->> 'processed', '50', 'judged in chunks');
select is(public.check_import_chunk((select id from file), 50) ->> 'done', 'false');
select is(public.check_import_chunk((select id from file), 50) ->> 'done', 'true');
create temp table judged as select public.read_import((select id from file)) as page;
select is((select page -> 'summary' from judged), '{"rows": 65, "right": 60, "wrong": 5, "years": {"2024": 60}}', 'right and wrong ones, and their years');
select is((select string_agg(r ->> 'number' || ' ' || (r -> 'problems' -> 0 ->> 'key'), ', ' order by r ->> 'number') from judged, jsonb_array_elements(page -> 'rows') as r),
  '100 impossible_date, 101 no_place, 102 no_rating, 103 impossible_moment, 104 impossible_date', 'each wrong row says why');
select is((select count(*)::int from public.responses), 0, 'nothing is recorded yet');

-- Recorded by the worker
select is(pg_temp.refusal(format('select public.queue_import(%L)', (select id from file))), 'PT409 import_refused', 'wrong rows are left out only when somebody says so');
select lives_ok(format('select public.queue_import(%L, true)', (select id from file)));
select is(pg_temp.refusal(format('select public.discard_import(%L)', (select id from file))), 'PT409 import_elsewhere', 'what is being recorded is not thrown away');
select is((select kind || ' ' || progress_of from public.jobs where asked_by = pg_temp.person('admin')), 'import_answers 65', 'the job names who asked');
select public.record_import_chunk((select id from file), 20);
select is((select count(*)::int from public.responses), 20, 'a chunk is recorded');
select public.release_figures('2026-03-04');
select is((select count(*)::int from private.release_marks where pool = 'imported'), 0, 'the release of imported answers waits for the whole file');
select public.record_import_chunk((select id from file), 40);
select public.record_import_chunk((select id from file), 40);
select is(public.record_import_chunk((select id from file), 40) ->> 'recorded', '60', 'and all right rows in the end');
select is(public.record_import_chunk((select id from file), 40) ->> 'done', 'true', 'once');
select is((select string_agg(distinct s.pool || ' ' || s.channel || ' ' || r.date, ', ' order by s.pool || ' ' || s.channel || ' ' || r.date) from public.responses as r join private.strata as s on s.id = r.stratum_id),
  'imported import 2024-03-01, imported import 2024-03-02, imported import 2024-03-03', 'in a pool and a channel of their own, on their own days');
select is((select count(*)::int from private.import_rows), 0, 'the rows of the file are gone');

-- Their own series
update public.jobs set state = 'done';
select public.release_figures('2026-03-05');
select is((select sum(m.persons)::int from private.person_months as m join private.strata as s on s.id = m.stratum_id where s.pool = 'imported' and m.measure = 'S0'), 48, 'released into months of their own');
select is((select count(*)::int from private.figures), 0, 'and into no figure');
select is(public.public_results(pg_temp.id('root')) ->> 'received', '0', 'nor are they answers received here');

-- The same file again, and what nobody applied
create temp table again as select public.start_import(pg_temp.id('root'), 'answers', 'cu.xlsx', '[]') as id;
select is(pg_temp.refusal(format('select public.note_import_file(%L, %L)', (select id from again), repeat('a', 64))), 'PT409 already_imported', 'the very same file is not recorded twice');
update private.imports set asked_at = now() - interval '8 days';
select is(public.sweep_imports(), 1, 'what nobody applied within seven days is thrown away, what was applied stays in the list');

select * from finish();
rollback;
