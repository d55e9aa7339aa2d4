-- Imports of the set-up: units, points, procedures, members, numbers served. The rows of a file wait here; a dry run
-- tries each in a subtransaction of its own and rolls all of it back; applying is one transaction, all or nothing.
-- Rows are found again by their code, so a second import of the same file changes nothing.

create table private.imports (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  kind text not null check (kind in ('units', 'points', 'procedures', 'members', 'served', 'answers')),
  file_name text not null check (char_length(file_name) <= 200),
  state text not null default 'uploading' check (state in ('uploading', 'uploaded', 'checked', 'queued', 'applied')),
  columns jsonb not null default '[]',
  total integer not null default 0,
  summary jsonb,
  mapping jsonb,
  file_hash text,
  recorded_through integer not null default 0,
  processed integer not null default 0,
  job_id uuid references public.jobs (id) on delete set null,
  asked_by uuid references public.people (id) on delete set null,
  asked_at timestamptz not null default now(),
  applied_at timestamptz
);
comment on table private.imports is
  'An uploaded file on its way into the database: what it holds, what a dry run found, how far it has been recorded. The unit is where the importing administrator sits: nothing outside its subtree is touched';
comment on column private.imports.recorded_through is 'Answers: the last row that was recorded, noted in the transaction that recorded it';
comment on column private.imports.file_hash is 'Of answers: nothing else would tell that the same file is imported twice';
comment on column private.imports.processed is 'Answers: rows that have been judged, or recorded, so far';
create index imports_file_hash_idx on private.imports (organisation_id, file_hash) where file_hash is not null;
create index imports_unit_id_idx on private.imports (unit_id, asked_at desc);
create index imports_organisation_id_idx on private.imports (organisation_id);
create index imports_asked_by_idx on private.imports (asked_by);
create index imports_job_id_idx on private.imports (job_id) where job_id is not null;
alter table private.imports enable row level security;
revoke all on private.imports from public, anon, authenticated;
grant select on private.imports to service_role;

create table private.import_rows (
  import_id uuid not null references private.imports (id) on delete cascade,
  number integer not null check (number > 0),
  cells jsonb not null,
  key text,
  problems jsonb,
  action text check (action in ('added', 'changed', 'unchanged', 'removed')),
  primary key (import_id, number)
);
comment on table private.import_rows is
  'Rows of an uploaded file until it is applied, thrown away or seven days old: numbered as in the file, with what is wrong with each';
alter table private.import_rows enable row level security;
revoke all on private.import_rows from public, anon, authenticated;
grant select on private.import_rows to service_role;

-- Uploading ------------------------------------------------------------------------------------------------

create function private.import_of(p_import uuid, p_states text[])
returns private.imports
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports;
begin
  select * into here from private.imports where id = p_import for update;
  if not found then
    perform private.fail('404', 'unknown_import', 'there is no such import, or it was thrown away');
  end if;
  perform private.require_role(here.unit_id, array['administrator']);
  if not here.state = any (p_states) then
    perform private.fail('409', 'import_elsewhere', 'this import is not in a state for this', here.state);
  end if;
  return here;
end
$$;
comment on function private.import_of is
  'An import for an administrator of its unit, locked: PT404 unknown_import, PT403 not_allowed, PT409 import_elsewhere';

create function public.start_import(p_unit uuid, p_kind text, p_file text, p_columns jsonb default '[]')
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  made uuid;
begin
  perform private.require_role(p_unit, array['administrator']);
  if p_kind is null or p_kind not in ('units', 'points', 'procedures', 'members', 'served', 'answers') then
    perform private.fail('422', 'unknown_import_kind', 'this cannot be imported');
  end if;
  insert into private.imports (organisation_id, unit_id, kind, file_name, columns, asked_by)
  select u.organisation_id, u.id, p_kind, left(coalesce(p_file, ''), 200), coalesce(private.unwrapped(p_columns), '[]'), private.me()
  from public.units as u where u.id = p_unit
  returning id into made;
  return made;
end
$$;
comment on function public.start_import is 'A new import, empty: its rows come in chunks (stage_import). For administrators of the unit';
grant execute on function public.start_import(uuid, text, text, jsonb) to authenticated;

create function public.stage_import(p_import uuid, p_rows jsonb, p_last boolean)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploading']);
  items jsonb := private.unwrapped(p_rows) -> 'items';
  most integer := case here.kind when 'answers' then 200000 when 'served' then 20000 else 5000 end;
begin
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) > 2000 then
    perform private.fail('422', 'malformed', 'p_rows must be {"items": [...]} with at most 2,000 items');
  end if;
  insert into private.import_rows (import_id, number, cells, key, problems)
  select p_import, r.number, r.cells, r.key, nullif(r.problems, '[]')
  from jsonb_to_recordset(items) as r (number integer, cells jsonb, key text, problems jsonb);
  here.total := here.total + jsonb_array_length(items);
  if here.total > most then
    perform private.fail('422', 'import_too_long', 'a file of this kind holds too many rows', most::text);
  end if;
  update private.imports set total = here.total, state = case when p_last then 'uploaded' else 'uploading' end where id = p_import;
  return here.total;
exception
  when data_exception or not_null_violation or check_violation or unique_violation then
    perform private.fail('422', 'malformed', 'a row of this chunk has the wrong form');
end
$$;
comment on function public.stage_import is
  'Rows of an import, up to 2,000 at a time: {"items": [{"number", "cells", "key", "problems"}]}; p_last closes the upload. PT422 import_too_long';
grant execute on function public.stage_import(uuid, jsonb, boolean) to authenticated;

-- What a row refers to ---------------------------------------------------------------------------------------

create function private.row_problem(p_field text, p_key text, p_value text default null)
returns jsonb
language sql
immutable
set search_path = ''
as $$ select jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('field', p_field, 'key', p_key, 'value', p_value))) $$;

create function private.within(p_unit uuid, p_below uuid)
returns boolean
language sql
stable
set search_path = ''
as $$ select exists (select from public.unit_tree where ancestor_id = p_unit and descendant_id = p_below and valid_to is null) $$;
comment on function private.within is 'Whether p_below is p_unit or lies below it today';

create function private.named_unit(p_organisation uuid, p_word text)
returns uuid
language sql
stable
set search_path = ''
as $$
  select coalesce(
    (select u.id from public.units as u
     where u.organisation_id = p_organisation and (u.code = p_word or 'id:' || u.id = lower(p_word))),
    -- A name serves where exactly one open unit has it.
    (select (array_agg(u.id))[1] from public.units as u
     where u.organisation_id = p_organisation and u.valid_to is null and private.folded(u.names ->> 'vi') = private.folded(p_word)
     having count(*) = 1))
$$;
comment on function private.named_unit is 'A unit by its code, by "id:…" as exports write it, or by a name that only one open unit has';

create function private.missing_unit(p_import uuid, p_field text, p_word text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select private.row_problem(p_field, case when exists (
    select from private.import_rows as r where r.import_id = p_import and r.cells ->> 'code' = p_word
  ) then 'refers_to_wrong_row' else 'unknown_unit' end, p_word)
$$;

create type private.import_outcome as (action text, problems jsonb);
comment on type private.import_outcome is 'What became of one row: added, changed or unchanged, or everything that is wrong with it';

create function private.outcome(p_before jsonb, p_after jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select case when p_before is null then 'added' when p_before - 'revision' = p_after - 'revision' then 'unchanged' else 'changed' end
$$;

create function private.import_unit(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
declare
  problems jsonb := p_problems;
  unit public.units;
  above uuid;
  wanted jsonb;
  made uuid;
begin
  select * into unit from public.units as u
  where u.organisation_id = here.organisation_id and (u.code = p_cells ->> 'code' or 'id:' || u.id = lower(p_cells ->> 'code'));
  if unit.id is null then
    -- A unit made by hand, without a code yet, takes the code of the row that has its name.
    select u.* into unit from public.units as u
    where u.organisation_id = here.organisation_id and u.code is null and u.valid_to is null and u.names ->> 'vi' = p_cells ->> 'name'
      and private.within(here.unit_id, u.id)
    order by u.id limit 1;
    if p_cells ->> 'code' like 'id:%' then
      problems := problems || private.row_problem('code', 'unknown_unit', p_cells ->> 'code');
    end if;
  elsif not private.within(here.unit_id, unit.id) then
    problems := problems || private.row_problem('code', 'out_of_reach', p_cells ->> 'code');
  elsif unit.valid_to is not null then
    problems := problems || private.row_problem('code', 'unit_closed', p_cells ->> 'code');
  end if;
  if p_cells ->> 'parent' is not null then
    above := private.named_unit(here.organisation_id, p_cells ->> 'parent');
    if above is null then
      problems := problems || private.missing_unit(here.id, 'parent', p_cells ->> 'parent');
    elsif not private.within(here.unit_id, above) then
      problems := problems || private.row_problem('parent', 'out_of_reach', p_cells ->> 'parent');
    end if;
  elsif unit.id is null then
    above := here.unit_id;
  end if;
  if problems <> '[]' then
    return row(null, problems)::private.import_outcome;
  end if;
  wanted := jsonb_strip_nulls(jsonb_build_object('kind', p_cells -> 'kind', 'sort', p_cells -> 'sort', 'parent_id', above))
    || jsonb_build_object('names', coalesce(unit.names, '{}')
      || jsonb_strip_nulls(jsonb_build_object('vi', p_cells -> 'name', 'zh', p_cells -> 'name_zh', 'en', p_cells -> 'name_en')));
  if p_cells ->> 'code' not like 'id:%' then
    wanted := wanted || jsonb_build_object('code', p_cells -> 'code');
  end if;
  made := private.put_unit(here.organisation_id, unit.id, wanted);
  return row(private.outcome(case when unit.id is not null then to_jsonb(unit) end,
    (select to_jsonb(u) from public.units as u where u.id = made)), '[]')::private.import_outcome;
end
$$;

create function private.point_image(p_point uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select to_jsonb(p) || jsonb_build_object('groups', (
    select jsonb_agg(g.procedure_group_id order by g.position) from public.service_point_groups as g where g.service_point_id = p.id))
  from public.service_points as p where p.id = p_point
$$;

create function private.import_point(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
declare
  problems jsonb := p_problems;
  point public.service_points;
  before jsonb;
  unit uuid := private.named_unit(here.organisation_id, p_cells ->> 'unit');
  decides uuid;
  groups uuid[];
  word text;
  of_group uuid;
  wanted jsonb;
  made uuid;
begin
  if p_cells ->> 'unit' is null then
    null; -- the file's own problem names it
  elsif unit is null then
    problems := problems || private.missing_unit(here.id, 'unit', p_cells ->> 'unit');
  elsif not private.within(here.unit_id, unit) then
    problems := problems || private.row_problem('unit', 'out_of_reach', p_cells ->> 'unit');
  end if;
  select * into point from public.service_points as p
  where p.organisation_id = here.organisation_id and (p.code = p_cells ->> 'code' or 'id:' || p.id = lower(p_cells ->> 'code'));
  if point.id is null then
    select p.* into point from public.service_points as p
    where p.unit_id = unit and p.code is null and p.labels ->> 'vi' = p_cells ->> 'label' order by p.id limit 1;
    if p_cells ->> 'code' like 'id:%' then
      problems := problems || private.row_problem('code', 'unknown_point', p_cells ->> 'code');
    end if;
  elsif not private.within(here.unit_id, point.unit_id) then
    problems := problems || private.row_problem('code', 'out_of_reach', p_cells ->> 'code');
  end if;
  if p_cells ->> 'deciding' is not null then
    decides := private.named_unit(here.organisation_id, p_cells ->> 'deciding');
    if decides is null then
      problems := problems || private.missing_unit(here.id, 'deciding', p_cells ->> 'deciding');
    end if;
  end if;
  if p_cells -> 'groups' is not null then
    groups := '{}';
    for word in select jsonb_array_elements_text(p_cells -> 'groups') loop
      select g.id into of_group from public.procedure_groups as g where g.organisation_id = here.organisation_id and g.code = word;
      if of_group is null then
        problems := problems || private.row_problem('groups', 'unknown_procedure_group', word);
      end if;
      groups := groups || of_group;
    end loop;
  end if;
  if problems <> '[]' then
    return row(null, problems)::private.import_outcome;
  end if;
  before := private.point_image(point.id);
  wanted := jsonb_strip_nulls(jsonb_build_object('unit_id', unit, 'kind', p_cells -> 'kind', 'moment', p_cells -> 'moment',
      'staffed_by', p_cells -> 'staffed_by', 'default_deciding_unit_id', decides, 'groups', to_jsonb(groups)))
    || jsonb_build_object('labels', coalesce(point.labels, '{}')
      || jsonb_strip_nulls(jsonb_build_object('vi', p_cells -> 'label', 'zh', p_cells -> 'label_zh', 'en', p_cells -> 'label_en')));
  if p_cells ->> 'code' not like 'id:%' then
    wanted := wanted || jsonb_build_object('code', p_cells -> 'code');
  end if;
  made := private.put_point(here.organisation_id, point.id, wanted);
  return row(private.outcome(before, private.point_image(made)), '[]')::private.import_outcome;
end
$$;

create function private.import_procedure(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
declare
  problems jsonb := p_problems;
  known_group public.procedure_groups;
  known public.procedures;
  decides uuid;
  of_group uuid;
  made uuid;
  group_outcome text := 'unchanged';
  outcome text := 'unchanged';
begin
  select * into known_group from public.procedure_groups as g where g.organisation_id = here.organisation_id and g.code = p_cells ->> 'group';
  select * into known from public.procedures as p where p.organisation_id = here.organisation_id and p.code = p_cells ->> 'code';
  if p_cells ->> 'deciding' is not null then
    decides := private.named_unit(here.organisation_id, p_cells ->> 'deciding');
    if decides is null then
      problems := problems || private.missing_unit(here.id, 'deciding', p_cells ->> 'deciding');
    end if;
  elsif known_group.id is null then
    decides := here.unit_id;
  end if;
  if decides is not null and not private.within(here.unit_id, decides)
    or known.id is not null and not private.within(here.unit_id, known.deciding_unit_id)
    or known_group.id is not null and (p_cells ->> 'code' is null or known_group.names ->> 'vi' is distinct from p_cells ->> 'group_name' and p_cells ->> 'group_name' is not null)
      and not private.within(here.unit_id, known_group.deciding_unit_id) then
    problems := problems || private.row_problem('deciding', 'out_of_reach', p_cells ->> 'deciding');
  end if;
  if p_cells ->> 'group' is not null and known_group.id is null and p_cells ->> 'group_name' is null then
    problems := problems || private.row_problem('group_name', 'new_group_needs_name', p_cells ->> 'group');
  end if;
  if problems <> '[]' then
    return row(null, problems)::private.import_outcome;
  end if;
  of_group := known_group.id;
  -- A row without a procedure is about its group alone; a procedure's own deciding unit does not change the group's.
  if of_group is null or p_cells ->> 'group_name' is not null or p_cells ->> 'code' is null then
    of_group := private.put_procedure_group(here.organisation_id, known_group.id,
      jsonb_build_object('code', p_cells -> 'group',
        'names', coalesce(known_group.names, '{}') || jsonb_strip_nulls(jsonb_build_object('vi', p_cells -> 'group_name')))
      || case when known_group.id is null or p_cells ->> 'code' is null
        then jsonb_strip_nulls(jsonb_build_object('deciding_unit_id', decides)) else '{}' end);
    group_outcome := private.outcome(case when known_group.id is not null then to_jsonb(known_group) end,
      (select to_jsonb(g) from public.procedure_groups as g where g.id = of_group));
  end if;
  if p_cells ->> 'code' is not null then
    made := private.put_procedure(here.organisation_id, known.id,
      jsonb_build_object('code', p_cells -> 'code', 'name', p_cells -> 'name', 'procedure_group_id', of_group)
      || jsonb_strip_nulls(jsonb_build_object('deciding_unit_id', case when p_cells ->> 'deciding' is not null then decides end)));
    outcome := private.outcome(case when known.id is not null then to_jsonb(known) end,
      (select to_jsonb(p) from public.procedures as p where p.id = made));
  end if;
  return row(case
    when p_cells ->> 'code' is null then group_outcome
    when outcome = 'unchanged' and group_outcome <> 'unchanged' then 'changed'
    else outcome end, '[]')::private.import_outcome;
end
$$;

create function private.import_member(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
declare
  problems jsonb := p_problems;
  unit uuid := here.unit_id;
begin
  if p_cells ->> 'unit' is not null then
    unit := private.named_unit(here.organisation_id, p_cells ->> 'unit');
    if unit is null then
      problems := problems || private.missing_unit(here.id, 'unit', p_cells ->> 'unit');
    elsif not private.within(here.unit_id, unit) then
      problems := problems || private.row_problem('unit', 'out_of_reach', p_cells ->> 'unit');
    end if;
  end if;
  if problems <> '[]' then
    return row(null, problems)::private.import_outcome;
  end if;
  if exists (
    select from public.members as m join public.people as p on p.id = m.person_id
    where m.unit_id = unit and m.role = p_cells ->> 'role' and m.ended_at is null and lower(p.email) = p_cells ->> 'email'
  ) or exists (
    select from public.invitations as i
    where i.unit_id = unit and i.role = p_cells ->> 'role' and i.email = p_cells ->> 'email'
      and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()
  ) then
    return row('unchanged', '[]')::private.import_outcome;
  end if;
  perform public.invite(unit, p_cells ->> 'role', p_cells ->> 'email');
  return row('added', '[]')::private.import_outcome;
end
$$;

create function private.import_served(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
declare
  problems jsonb := p_problems;
  point public.service_points;
  of_group uuid;
begin
  select * into point from public.service_points as p
  where p.organisation_id = here.organisation_id and (p.code = p_cells ->> 'point' or 'id:' || p.id = lower(p_cells ->> 'point'));
  if p_cells ->> 'point' is null then
    null; -- the file's own problem names it
  elsif point.id is null then
    problems := problems || private.row_problem('point', 'unknown_point', p_cells ->> 'point');
  elsif not private.within(here.unit_id, point.unit_id) then
    problems := problems || private.row_problem('point', 'out_of_reach', p_cells ->> 'point');
  end if;
  if p_cells ->> 'group' is not null then
    select g.id into of_group from public.procedure_groups as g
    join public.service_point_groups as s on s.procedure_group_id = g.id and s.service_point_id = point.id
    where g.organisation_id = here.organisation_id and g.code = p_cells ->> 'group';
    if of_group is null and point.id is not null then
      problems := problems || private.row_problem('group', 'unknown_procedure_group', p_cells ->> 'group');
    end if;
  end if;
  if (p_cells ->> 'day')::date > private.today() then
    problems := problems || private.row_problem('day', 'future_day');
  end if;
  if problems <> '[]' then
    return row(null, problems)::private.import_outcome;
  end if;
  return row(private.put_served(point.id, of_group, (p_cells ->> 'day')::date, (p_cells ->> 'served')::integer, 'import'), '[]')::private.import_outcome;
end
$$;

create function private.import_row(here private.imports, p_cells jsonb, p_problems jsonb)
returns private.import_outcome
language plpgsql
set search_path = ''
as $$
begin
  return case here.kind
    when 'units' then private.import_unit(here, p_cells, p_problems)
    when 'points' then private.import_point(here, p_cells, p_problems)
    when 'procedures' then private.import_procedure(here, p_cells, p_problems)
    when 'members' then private.import_member(here, p_cells, p_problems)
    when 'served' then private.import_served(here, p_cells, p_problems)
  end;
end
$$;
comment on function private.import_row is 'Writes one row by the rules of its kind, or says everything that is wrong with it';

-- The dry run and the real one -------------------------------------------------------------------------------

create function private.ordered_rows(p_import uuid)
returns table (number integer, cells jsonb, problems jsonb)
language sql
stable
set search_path = ''
as $$
  with recursive numbered as (
    select r.number, r.cells, coalesce(r.problems, '[]') as problems,
      -- Found twice: the later row is to blame and names the first.
      min(r.number) over (partition by coalesce(r.key, 'row ' || r.number)) as first_number
    from private.import_rows as r where r.import_id = p_import
  ),
  parents as (
    select n.number, n.cells ->> 'code' as code, n.cells ->> 'parent' as parent
    from numbered as n where n.number = n.first_number
  ),
  -- A unit comes after the unit above it, wherever the two stand in the file.
  walked as (
    select p.number, p.code, 0 as depth
    from parents as p
    where p.parent is null or not exists (select from parents as above where above.code = p.parent)
    union all
    select p.number, p.code, w.depth + 1 from walked as w join parents as p on p.parent = w.code
  )
  select n.number, n.cells, n.problems
    || case when n.number <> n.first_number then private.row_problem('key', 'twice_in_file', n.first_number::text) else '[]' end
    || case when n.number = n.first_number and w.number is null then private.row_problem('parent', 'unit_cycle', n.cells ->> 'parent') else '[]' end
  from numbered as n
  left join walked as w on w.number = n.number
  order by coalesce(w.depth, 0), n.number
$$;
comment on function private.ordered_rows is
  'Rows in the order in which they are written: as in the file, but a unit after the one above it; with rows found twice and circles marked';

create function private.run_import(here private.imports, p_keep boolean)
returns jsonb
language plpgsql
set search_path = ''
as $$
declare
  line record;
  became private.import_outcome;
  numbers integer[] := '{}';
  actions text[] := '{}';
  faults jsonb[] := '{}';
  state text;
  key text;
  detail text;
begin
  begin
    for line in select * from private.ordered_rows(here.id) loop
      begin
        became := private.import_row(here, line.cells, line.problems);
        -- What stays the same is not written again: no new revision, no line in the log.
        if became.action is null or became.action = 'unchanged' then
          raise exception using errcode = 'LN000';
        end if;
      exception
        when sqlstate 'LN000' then
          null;
        when sqlstate 'PT404' or sqlstate 'PT409' or sqlstate 'PT422' or sqlstate 'PT403' then
          get stacked diagnostics key = pg_exception_hint, detail = pg_exception_detail;
          became := row(null, private.row_problem(
            case when detail ~ '^\{"field"' then detail::jsonb ->> 'field' else 'row' end, key))::private.import_outcome;
        when data_exception then
          became := row(null, private.row_problem('row', 'malformed'))::private.import_outcome;
      end;
      numbers := numbers || line.number;
      actions := actions || became.action;
      faults := faults || nullif(became.problems, '[]');
    end loop;
    if not p_keep then
      raise exception using errcode = 'LN001';
    end if;
  exception
    when sqlstate 'LN001' then
      null;
  end;
  if p_keep and exists (select from unnest(faults) as f where f is not null) then
    perform private.fail('409', 'import_refused', 'something has changed since the dry run: nothing was written');
  end if;
  update private.import_rows as r set action = o.action, problems = o.problems
  from unnest(numbers, actions, faults) as o (number, action, problems)
  where r.import_id = here.id and r.number = o.number;
  return jsonb_build_object('rows', cardinality(numbers),
    'added', (select count(*) from unnest(actions) as a where a = 'added'),
    'changed', (select count(*) from unnest(actions) as a where a = 'changed'),
    'unchanged', (select count(*) from unnest(actions) as a where a = 'unchanged'),
    'wrong', (select count(*) from unnest(faults) as f where f is not null));
end
$$;
comment on function private.run_import is
  'Writes all rows of an import, each in a subtransaction; without p_keep everything is rolled back and only what would happen is noted at the rows';

create function public.check_import(p_import uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploaded', 'checked']);
  found jsonb;
begin
  if here.kind = 'answers' then
    perform private.fail('409', 'import_elsewhere', 'answers are checked with their columns', here.state);
  end if;
  found := private.run_import(here, false);
  update private.imports set state = 'checked', summary = found where id = p_import;
  return found;
end
$$;
comment on function public.check_import is 'The dry run: what each row would do and everything that is wrong with it; nothing is written';
grant execute on function public.check_import(uuid) to authenticated;

create function public.apply_import(p_import uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['checked']);
  written jsonb;
begin
  if here.kind = 'answers' or (here.summary ->> 'wrong')::integer > 0 then
    perform private.fail('409', 'import_refused', 'rows are wrong: nothing is written before all are right');
  end if;
  written := private.run_import(here, true);
  perform private.audit_write(here.organisation_id, here.unit_id, 'import', 'imports', p_import::text,
    jsonb_build_object('kind', here.kind, 'file', here.file_name) || written);
  delete from private.import_rows where import_id = p_import;
  update private.imports set state = 'applied', summary = written, applied_at = now() where id = p_import;
  return written;
end
$$;
comment on function public.apply_import is 'Writes all rows of a checked import in one transaction, or none: PT409 import_refused';
grant execute on function public.apply_import(uuid) to authenticated;

create function public.discard_import(p_import uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.imports := private.import_of(p_import, array['uploading', 'uploaded', 'checked']);
begin
  delete from private.imports where id = here.id;
end
$$;
comment on function public.discard_import is 'Throws an import away that was not applied, with its rows';
grant execute on function public.discard_import(uuid) to authenticated;

-- Reading ----------------------------------------------------------------------------------------------------

create function private.import_card(here private.imports)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', here.id, 'kind', here.kind, 'file', here.file_name, 'state', here.state, 'columns', here.columns,
    'total', here.total, 'summary', here.summary, 'mapping', here.mapping, 'processed', here.processed,
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = here.unit_id),
    'asked_on', (here.asked_at at time zone 'Asia/Ho_Chi_Minh')::date,
    'by', (select p.name from public.people as p where p.id = here.asked_by),
    'job', (select jsonb_build_object('state', j.state, 'progress', j.progress, 'of', j.progress_of, 'error', j.last_error)
      from public.jobs as j where j.id = here.job_id))
$$;

create function public.read_import(p_import uuid, p_show text default 'wrong', p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here private.imports;
begin
  select * into here from private.imports where id = p_import;
  if not found then
    perform private.fail('404', 'unknown_import', 'there is no such import, or it was thrown away');
  end if;
  perform private.require_role(here.unit_id, array['administrator']);
  return private.import_card(here) || jsonb_build_object('rows', coalesce((
    select jsonb_agg(jsonb_build_object('number', r.number, 'cells', r.cells, 'problems', coalesce(r.problems, '[]'), 'action', r.action)
      order by r.number)
    from (
      select * from private.import_rows as one
      where one.import_id = p_import and (p_show = 'all' or p_show = 'wrong' and one.problems is not null or p_show = one.action)
      order by one.number offset greatest(p_offset, 0) limit 50
    ) as r), '[]'));
end
$$;
comment on function public.read_import is 'An import and fifty of its rows: all, the wrong ones, or those with an action (added, changed, unchanged)';
grant execute on function public.read_import(uuid, text, integer) to authenticated;

create function public.list_imports(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['administrator']);
  return coalesce((
    select jsonb_agg(private.import_card(i) order by i.asked_at desc)
    from (
      select one.* from private.imports as one
      join public.unit_tree as t on t.descendant_id = one.unit_id and t.ancestor_id = p_unit and t.valid_to is null
      where one.state <> 'uploading'
      order by one.asked_at desc limit 20
    ) as i), '[]');
end
$$;
comment on function public.list_imports is 'The last twenty imports of the subtree';
grant execute on function public.list_imports(uuid) to authenticated;

create function public.export_rows(p_unit uuid, p_kind text, p_after text default '', p_limit integer default 1000)
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
  -- Each line begins with where it stands, so that the next thousand follow it whatever was added meanwhile.
  return coalesce((
    select jsonb_agg(l.line || jsonb_build_object('at', l.at) order by l.at)
    from (
      select * from (
        select lpad(t.place::text, 9, '0') as at, jsonb_build_object('code', coalesce(u.code, 'id:' || u.id), 'name', u.names -> 'vi',
          'name_en', u.names -> 'en', 'name_zh', u.names -> 'zh', 'kind', u.kind, 'sort', u.sort,
          'parent', case when u.id <> p_unit then (select coalesce(a.code, 'id:' || a.id) from public.units as a where a.id = u.parent_id) end) as line
        from private.units_in_order(p_unit) as t join public.units as u on u.id = t.unit_id
        where p_kind = 'units'
        union all
        select lpad(t.place::text, 9, '0') || (p.labels ->> 'vi') || p.id, jsonb_build_object('code', coalesce(p.code, 'id:' || p.id),
          'label', p.labels -> 'vi', 'label_en', p.labels -> 'en', 'label_zh', p.labels -> 'zh',
          'unit', (select coalesce(u.code, 'id:' || u.id) from public.units as u where u.id = p.unit_id), 'kind', p.kind, 'moment', p.moment,
          'groups', (select jsonb_agg(g.code order by s.position) from public.service_point_groups as s
            join public.procedure_groups as g on g.id = s.procedure_group_id where s.service_point_id = p.id),
          'deciding', (select coalesce(u.code, 'id:' || u.id) from public.units as u where u.id = p.default_deciding_unit_id),
          'staffed_by', p.staffed_by)
        from private.units_in_order(p_unit) as t join public.service_points as p on p.unit_id = t.unit_id and p.is_active
        where p_kind = 'points'
        union all
        select 'a' || g.code, jsonb_build_object('group', g.code, 'group_name', g.names -> 'vi',
          'deciding', (select coalesce(u.code, 'id:' || u.id) from public.units as u where u.id = g.deciding_unit_id))
        from public.procedure_groups as g
        where p_kind = 'procedures' and g.organisation_id = house and private.within(p_unit, g.deciding_unit_id)
        union all
        select 'b' || p.code, jsonb_build_object('code', p.code, 'name', p.name, 'group', g.code,
          'deciding', (select coalesce(u.code, 'id:' || u.id) from public.units as u where u.id = p.deciding_unit_id))
        from public.procedures as p join public.procedure_groups as g on g.id = p.procedure_group_id
        where p_kind = 'procedures' and p.organisation_id = house and private.within(p_unit, p.deciding_unit_id)
        union all
        select lpad(t.place::text, 9, '0') || lower(who.email) || m.role, jsonb_build_object('email', lower(who.email), 'role', m.role,
          'unit', (select coalesce(u.code, 'id:' || u.id) from public.units as u where u.id = m.unit_id), 'person', who.name)
        from private.units_in_order(p_unit) as t
        join public.members as m on m.unit_id = t.unit_id and m.ended_at is null join public.people as who on who.id = m.person_id
        where p_kind = 'members'
        union all
        select to_char(c.day, 'YYYYMMDD') || c.service_point_id || coalesce(c.procedure_group_id::text, ''), jsonb_build_object('day', c.day,
          'point', coalesce(p.code, 'id:' || p.id), 'served', c.served,
          'group', (select g.code from public.procedure_groups as g where g.id = c.procedure_group_id), 'label', p.labels -> 'vi')
        from public.served_counts as c join public.service_points as p on p.id = c.service_point_id
        where p_kind = 'served' and c.organisation_id = house and private.within(p_unit, p.unit_id)
      ) as every
      where at > p_after
      order by at limit least(greatest(p_limit, 1), 1000)
    ) as l), '[]');
end
$$;
comment on function public.export_rows is
  'A thousand rows of the subtree as an import takes them, after the line p_after: units, points, procedures with groups, members, numbers served. For administrators';
grant execute on function public.export_rows(uuid, text, text, integer) to authenticated;
