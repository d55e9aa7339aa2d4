-- Answers of earlier surveys: the rows of a file are matched with a questionnaire, its levels, days and points, judged by
-- the same rules as every answer, and recorded by the worker chunk by chunk. What a chunk recorded is noted in the
-- transaction that recorded it: a worker that is killed goes on where it stopped, and no answer counts twice.

create function public.note_import_file(p_import uuid, p_hash text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploading']);
begin
  if p_hash !~ '^[0-9a-f]{64}$' then
    perform private.fail('422', 'malformed', 'not a hash');
  elsif exists (
    select from private.imports as i
    where i.organisation_id = here.organisation_id and i.file_hash = p_hash and i.state in ('queued', 'applied') and i.kind = here.kind
  ) then
    perform private.fail('409', 'already_imported', 'this very file was imported already');
  end if;
  update private.imports set file_hash = p_hash where id = p_import;
end
$$;
comment on function public.note_import_file is 'Notes which file an import of answers came from: PT409 already_imported when it was recorded before';
grant execute on function public.note_import_file(uuid, text) to authenticated;

create function public.import_choices(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  perform private.require_role(p_unit, array['administrator']);
  return jsonb_build_object(
    'in_force', private.version_in_force(p_unit),
    'versions', coalesce((
      select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'names', q.names,
        'published_on', (v.published_at at time zone 'Asia/Ho_Chi_Minh')::date,
        'items', (
          select jsonb_agg(jsonb_build_object('code', item ->> 'code', 'text', item #>> '{texts,vi,text}', 'has_zero', item -> 'zero' <> 'null') order by n)
          from jsonb_array_elements(v.definition -> 'items') with ordinality as e (item, n))
        ) order by q.code, v.number desc)
      from public.questionnaire_versions as v join public.questionnaires as q on q.id = v.questionnaire_id
      where q.organisation_id = house and v.published_at is not null), '[]'),
    'points', coalesce((
      select jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code, 'label', s.label, 'unit', s.unit, 'unit_code', s.unit_code, 'is_active', s.is_active)
        order by s.place, s.label, s.id)
      from (
        select p.id, p.code, p.labels ->> 'vi' as label, u.names ->> 'vi' as unit, u.code as unit_code, p.is_active, t.place
        from private.units_in_order(p_unit) as t
        join public.service_points as p on p.unit_id = t.unit_id
        join public.units as u on u.id = t.unit_id
        order by t.place, p.labels ->> 'vi' limit 2000
      ) as s), '[]'));
end
$$;
comment on function public.import_choices is
  'What columns of past answers can be matched with: published versions with their items, and up to 2,000 points of the subtree';
grant execute on function public.import_choices(uuid) to authenticated;

create function private.import_day(p_text text, p_format text)
returns date
language plpgsql
immutable
set search_path = ''
as $$
declare
  part text[];
  y integer;
  m integer;
  d integer;
begin
  -- The twin of src/lib/exchange/dates.ts.
  if p_text ~ '^\d{5}(\.\d+)?$' then
    return case when p_text::numeric between 20000 and 79999.99 then date '1899-12-30' + floor(p_text::numeric)::integer end;
  end if;
  part := regexp_match(p_text, '^(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T].*)?$');
  if part is null then
    return null;
  elsif char_length(part[1]) = 4 then
    y := part[1]; m := part[2]; d := part[3];
  elsif char_length(part[3]) not in (2, 4) then
    return null;
  elsif p_format = 'mdy' then
    y := part[3]; m := part[1]; d := part[2];
  else
    y := part[3]; m := part[2]; d := part[1];
  end if;
  y := case when y < 100 then 2000 + y else y end;
  if y not between 1900 and 2199 or m not between 1 and 12
    or d not between 1 and extract(day from make_date(y, m, 1) + interval '1 month' - interval '1 day')::integer then
    return null;
  end if;
  return make_date(y, m, d);
end
$$;
comment on function private.import_day is 'A day as a file writes it (dmy, mdy, or year first; serials of Excel), or null';

create function public.save_import_columns(p_import uuid, p_columns jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploaded', 'checked']);
  asked jsonb := private.unwrapped(p_columns);
  width integer := jsonb_array_length(here.columns);
begin
  if here.kind <> 'answers' or not exists (
    select from public.questionnaire_versions as v join public.questionnaires as q on q.id = v.questionnaire_id
    where v.id = (asked ->> 'version_id')::uuid and q.organisation_id = here.organisation_id and v.published_at is not null
  ) then
    perform private.fail('404', 'unknown_version', 'there is no such published version');
  end if;
  if jsonb_typeof(asked -> 'items') is distinct from 'object' or not exists (select from jsonb_each(asked -> 'items'))
    or exists (
      select from jsonb_each_text(asked -> 'items') as i
      left join private.version_items as known on known.version_id = (asked ->> 'version_id')::uuid and known.code = i.key
      where known.code is null or i.value !~ '^\d{1,3}$' or i.value::integer >= width)
    or not coalesce(asked -> 'date' ->> 'column' ~ '^\d{1,3}$' and (asked -> 'date' ->> 'column')::integer < width
      and asked -> 'date' ->> 'format' in ('dmy', 'mdy', 'ymd') or private.import_day(asked -> 'date' ->> 'day', 'ymd') <= private.today(), false)
    or not coalesce(asked -> 'place' ->> 'column' ~ '^\d{1,3}$' and (asked -> 'place' ->> 'column')::integer < width or exists (
      select from public.service_points as p where p.id = (asked -> 'place' ->> 'point')::uuid and private.within(here.unit_id, p.unit_id)), false)
  then
    perform private.fail('422', 'impossible_columns', 'these columns cannot be matched so');
  end if;
  update private.imports
  set mapping = jsonb_build_object('version_id', asked -> 'version_id', 'items', asked -> 'items', 'date', asked -> 'date', 'place', asked -> 'place'),
    state = 'uploaded', summary = null
  where id = p_import;
exception
  when data_exception then
    perform private.fail('422', 'impossible_columns', 'these columns cannot be matched so');
end
$$;
comment on function public.save_import_columns is
  'Which column is which: {"version_id", "items": {code: column}, "date": {"column", "format"} or {"day"}, "place": {"column"} or {"point"}}; columns count from 0';
grant execute on function public.save_import_columns(uuid, jsonb) to authenticated;

create function public.read_import_values(p_import uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploaded', 'checked']);
  wanted integer[];
begin
  if here.mapping is null then
    perform private.fail('409', 'import_elsewhere', 'the columns come first', here.state);
  end if;
  wanted := array(select distinct value::integer from jsonb_each_text(here.mapping -> 'items'));
  return jsonb_build_object(
    -- A column with hundreds of different words holds no levels: the page says so instead of listing them.
    'levels', coalesce((
      select jsonb_agg(jsonb_build_object('value', v.value, 'count', v.count) order by v.count desc, v.value)
      from (
        select r.cells ->> w as value, count(*) as count
        from private.import_rows as r cross join unnest(wanted) as w
        where r.import_id = p_import and coalesce(r.cells ->> w, '') <> ''
        group by 1 order by 2 desc, 1 limit 201
      ) as v), '[]'),
    'places', case when here.mapping -> 'place' ? 'column' then coalesce((
      select jsonb_agg(jsonb_build_object('value', v.value, 'count', v.count) order by v.count desc, v.value)
      from (
        select coalesce(r.cells ->> (here.mapping -> 'place' ->> 'column')::integer, '') as value, count(*) as count
        from private.import_rows as r where r.import_id = p_import
        group by 1 order by 2 desc, 1 limit 501
      ) as v), '[]') end,
    'dates', case when here.mapping -> 'date' ? 'column' then (
      select jsonb_build_object('first', min(d.day), 'last', max(d.day), 'wrong', coalesce(sum(d.count) filter (where d.day is null or d.day > private.today() or d.day < '2000-01-01'), 0),
        'samples', coalesce((jsonb_agg(d.value order by d.count desc) filter (where d.day is null or d.day > private.today() or d.day < '2000-01-01')), '[]'))
      from (
        select v.value, v.count, private.import_day(v.value, here.mapping -> 'date' ->> 'format') as day
        from (
          select r.cells ->> (here.mapping -> 'date' ->> 'column')::integer as value, count(*) as count
          from private.import_rows as r where r.import_id = p_import group by 1
        ) as v
      ) as d) end);
end
$$;
comment on function public.read_import_values is
  'Every different value in the matched columns with how often it occurs: levels (201 at most), places (501 at most), and the days that are none';
grant execute on function public.read_import_values(uuid) to authenticated;

create function private.answer_items(here private.imports, p_after integer, p_limit integer)
returns table (number integer, item jsonb)
language sql
stable
set search_path = ''
as $$
  with chunk as materialized (
    select r.number, r.cells from private.import_rows as r
    where r.import_id = here.id and r.number > p_after
    order by r.number limit p_limit
  ),
  version_item as materialized (
    select i.position, i.zero is not null as has_zero, (here.mapping -> 'items' ->> i.code)::integer as at
    from private.version_items as i where i.version_id = (here.mapping ->> 'version_id')::uuid
  ),
  placed as (
    select c.number, c.cells, coalesce((here.mapping -> 'place' ->> 'point')::uuid,
      (here.mapping -> 'points' ->> coalesce(c.cells ->> (here.mapping -> 'place' ->> 'column')::integer, ''))::uuid) as point_id,
      coalesce(here.mapping -> 'date' ->> 'day', private.import_day(c.cells ->> (here.mapping -> 'date' ->> 'column')::integer, here.mapping -> 'date' ->> 'format')::text) as day
    from chunk as c
  )
  select p.number, jsonb_build_object(
    'service_point_id', p.point_id, 'version_id', here.mapping -> 'version_id', 'language', 'vi',
    'moment', (select nullif(point.moment, 'both') from public.service_points as point where point.id = p.point_id),
    'ratings', (
      -- 0 where the item gives no reason for it is a blank.
      select jsonb_agg(case when chosen.level = '0' and not v.has_zero then 'null' else coalesce(chosen.level, 'null') end order by v.position)
      from version_item as v
      left join lateral (select here.mapping -> 'levels' -> (p.cells ->> v.at) as level) as chosen on true),
    'date', p.day, 'half_day', 'morning', 'pool', 'imported', 'channel', 'import')
  from placed as p
  order by p.number
$$;
comment on function private.answer_items is
  'Rows after p_after as items of record_responses(): pool imported, channel import; the half-day of an old answer is not known and says morning';

create function public.save_import_values(p_import uuid, p_values jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploaded', 'checked']);
  asked jsonb := private.unwrapped(p_values);
begin
  if here.mapping is null
    or jsonb_typeof(asked -> 'levels') is distinct from 'object'
    or exists (select from jsonb_each(asked -> 'levels') as l where l.value not in ('0', '1', '2', '3', '4', '5', 'null'))
    or exists (
      select from jsonb_each_text(coalesce(asked -> 'points', '{}')) as chosen
      left join public.service_points as p on p.id = chosen.value::uuid and private.within(here.unit_id, p.unit_id)
      where chosen.value is not null and p.id is null)
  then
    perform private.fail('422', 'impossible_values', 'these values cannot be matched so');
  end if;
  update private.imports
  set mapping = mapping || jsonb_build_object('levels', asked -> 'levels', 'points', coalesce(asked -> 'points', '{}')),
    state = 'uploaded', summary = '{"rows": 0, "right": 0, "wrong": 0, "years": {}}', recorded_through = 0, processed = 0
  where id = p_import;
exception
  when data_exception then
    perform private.fail('422', 'impossible_values', 'these values cannot be matched so');
end
$$;
comment on function public.save_import_values is
  'What each value means: {"levels": {value: 0 to 5 or null}, "points": {value: point or null}}; a value left out of both is a blank, or a row without a place';
grant execute on function public.save_import_values(uuid, jsonb) to authenticated;

create function public.check_import_chunk(p_import uuid, p_rows integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploaded']);
  numbers integer[];
  items jsonb;
  parsed private.parsed_item[];
  unknown integer[];
  years jsonb;
begin
  if here.mapping -> 'levels' is null then
    perform private.fail('409', 'import_elsewhere', 'the values come first', here.state);
  end if;
  select array_agg(a.number order by a.number), jsonb_agg(a.item order by a.number),
    coalesce(array_agg(a.number) filter (where a.item ->> 'date' is null), '{}')
  into numbers, items, unknown
  from private.answer_items(here, here.recorded_through, least(greatest(p_rows, 1), 10000)) as a;
  if numbers is null then
    update private.imports set state = 'checked', recorded_through = 0, processed = 0 where id = p_import;
    return jsonb_build_object('done', true, 'processed', here.processed);
  end if;
  parsed := private.parsed_items(items);
  update private.import_rows as r
  set problems = case when p.problem is not null then private.row_problem('row',
    case when p.service_point_id is null then 'no_place' when r.number = any (unknown) then 'impossible_date' else split_part(p.problem, ' ', 2) end) end
  from unnest(parsed) as p
  where r.import_id = p_import and r.number = numbers[p.n]
    and (p.problem is not null or r.problems is not null);
  select coalesce(jsonb_object_agg(y.year, y.count + coalesce((here.summary -> 'years' ->> y.year)::integer, 0)), '{}') into years
  from (select extract(year from p.date)::text as year, count(*) as count from unnest(parsed) as p where p.problem is null group by 1) as y;
  update private.imports set
    recorded_through = numbers[cardinality(numbers)], processed = processed + cardinality(numbers),
    summary = jsonb_build_object(
      'rows', (summary ->> 'rows')::integer + cardinality(numbers),
      'right', (summary ->> 'right')::integer + (select count(*) from unnest(parsed) as p where p.problem is null),
      'wrong', (summary ->> 'wrong')::integer + (select count(*) from unnest(parsed) as p where p.problem is not null),
      'years', summary -> 'years' || years)
  where id = p_import;
  return jsonb_build_object('done', false, 'processed', here.processed + cardinality(numbers));
end
$$;
comment on function public.check_import_chunk is
  'Judges the next rows of past answers by the rules of recording and notes what is wrong; called until done. Nothing is recorded';
grant execute on function public.check_import_chunk(uuid, integer) to authenticated;

create function public.queue_import(p_import uuid, p_skip boolean default false)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['checked', 'queued']);
  made uuid;
begin
  if here.kind <> 'answers' or (here.summary ->> 'right')::integer = 0
    or (here.summary ->> 'wrong')::integer > 0 and not p_skip and here.state = 'checked' then
    perform private.fail('409', 'import_refused', 'rows are wrong: say that they are left out');
  elsif here.state = 'queued' and not exists (select from public.jobs as j where j.id = here.job_id and j.state = 'failed') then
    perform private.fail('409', 'import_elsewhere', 'the worker is at it', here.state);
  elsif here.state = 'checked' and exists (
    select from private.imports as i
    where i.organisation_id = here.organisation_id and i.file_hash = here.file_hash and i.state in ('queued', 'applied')
  ) then
    perform private.fail('409', 'already_imported', 'this very file was imported already');
  end if;
  insert into public.jobs (kind, organisation_id, payload, asked_by, progress, progress_of)
  values ('import_answers', here.organisation_id, jsonb_build_object('import_id', p_import), private.me(), here.processed, here.total)
  returning id into made;
  update private.imports set state = 'queued', job_id = made where id = p_import;
  return made;
end
$$;
comment on function public.queue_import is
  'Hands a checked import of past answers to the worker; p_skip: wrong rows are left out. After a failed job it goes on where that stopped. PT409 import_refused, already_imported';
grant execute on function public.queue_import(uuid, boolean) to authenticated;

create function private.is_importing(p_organisation uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from private.imports as i join public.jobs as j on j.id = i.job_id
    where i.organisation_id = p_organisation and i.state = 'queued' and j.state in ('waiting', 'running'))
$$;
comment on function private.is_importing is
  'Whether past answers are being recorded: the release of their pool waits, so that all of a file count on their own days';

create function public.record_import_chunk(p_import uuid, p_rows integer default 1000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports;
  numbers integer[];
  items jsonb;
  parsed private.parsed_item[];
  right_ones private.parsed_item[];
  written integer := 0;
begin
  select * into here from private.imports where id = p_import for update;
  if not found or here.state <> 'queued' then
    return jsonb_build_object('done', true, 'processed', here.processed, 'total', here.total, 'recorded', here.summary -> 'recorded');
  end if;
  select array_agg(a.number order by a.number), jsonb_agg(a.item order by a.number) into numbers, items
  from private.answer_items(here, here.recorded_through, least(greatest(p_rows, 1), 5000)) as a;
  if numbers is null then
    delete from private.import_rows where import_id = p_import;
    update private.imports set state = 'applied', applied_at = now() where id = p_import;
    perform private.audit_write(here.organisation_id, here.unit_id, 'import', 'imports', p_import::text,
      jsonb_build_object('kind', here.kind, 'file', here.file_name, 'recorded', coalesce(here.summary -> 'recorded', '0')));
    return jsonb_build_object('done', true, 'processed', here.processed, 'total', here.total, 'recorded', coalesce(here.summary -> 'recorded', '0'));
  end if;
  parsed := private.parsed_items(items);
  select array_agg(p order by p.n) into right_ones from unnest(parsed) as p where p.problem is null;
  if right_ones is not null then
    written := private.record_batch(right_ones);
  end if;
  update private.imports set
    recorded_through = numbers[cardinality(numbers)], processed = processed + cardinality(numbers),
    summary = summary || jsonb_build_object('recorded', coalesce((summary ->> 'recorded')::integer, 0) + written)
  where id = p_import
  returning * into here;
  return jsonb_build_object('done', false, 'processed', here.processed, 'total', here.total, 'recorded', here.summary -> 'recorded');
end
$$;
comment on function public.record_import_chunk is
  'Records the next rows of past answers and notes how far it came, in one transaction; done when none is left. For the worker';
grant execute on function public.record_import_chunk(uuid, integer) to service_role;

create function public.sweep_imports()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  gone integer;
begin
  delete from private.imports
  where state in ('uploading', 'uploaded', 'checked') and asked_at < now() - interval '7 days';
  get diagnostics gone = row_count;
  return gone;
end
$$;
comment on function public.sweep_imports is 'Throws away imports, with their rows, that nobody applied within seven days; the worker calls it';
grant execute on function public.sweep_imports() to service_role;
