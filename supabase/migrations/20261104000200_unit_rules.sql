-- How units, service points and procedures are written: one rule each, for the set-up pages and the imports alike.
-- A put_* function takes what is to change as JSON, leaves what is not named, and refuses with a key and the field.

-- Codes: by them an import finds again what it wrote before ----------------------------------------------

alter table public.units
  add column code text check (code ~ '^\S(.{0,38}\S)?$'),
  add column closed_reason text check (char_length(closed_reason) <= 500),
  add column search text generated always as (private.folded((names ->> 'vi') || ' ' || coalesce(code, ''))) stored,
  -- Several units may follow one, and one may follow several: unit_successions.
  drop column successor_id;
comment on column public.units.code is 'The organisation''s own code (mã định danh), unique in it; imports find a unit by it';
comment on column public.units.search is 'Name and code as they are searched (private.folded)';
create unique index units_code_idx on public.units (organisation_id, code) where code is not null;
create index units_search_idx on public.units using gin (search extensions.gin_trgm_ops);

alter table public.service_points
  add column code text check (code ~ '^\S(.{0,38}\S)?$'),
  add column staff_person_id uuid references public.people (id) on delete set null;
comment on column public.service_points.code is 'The organisation''s own code, unique in it; imports find a point by it';
comment on column public.service_points.staff_person_id is
  'Who works here, where one person does and has an account: figures of this point are theirs and the direct head''s only';
create unique index service_points_code_idx on public.service_points (organisation_id, code) where code is not null;
create index service_points_staff_person_id_idx on public.service_points (staff_person_id) where staff_person_id is not null;

alter table public.procedures
  add column search text generated always as (private.folded(code || ' ' || name)) stored;
comment on column public.procedures.search is 'Code and name as they are searched (private.folded)';
create index procedures_search_idx on public.procedures using gin (search extensions.gin_trgm_ops);

-- What came before and after a unit ------------------------------------------------------------------------

create table public.unit_successions (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  predecessor_id uuid not null references public.units (id) on delete cascade,
  successor_id uuid not null references public.units (id) on delete cascade,
  on_day date not null,
  unique (predecessor_id, successor_id),
  check (predecessor_id <> successor_id)
);
comment on table public.unit_successions is
  'Sáp nhập, chia tách: which unit follows which. Results stay with the unit they were given to; pages of the other link to them';
create index unit_successions_organisation_id_idx on public.unit_successions (organisation_id);
create index unit_successions_successor_id_idx on public.unit_successions (successor_id);
alter table public.unit_successions enable row level security;
revoke all on public.unit_successions from public, anon, authenticated;
grant select, insert, update, delete on public.unit_successions to service_role;
grant select on public.unit_successions to authenticated;
create policy "Members read the successions of their organisation" on public.unit_successions for select to authenticated
  using (organisation_id in (select private.my_organisations()));
create trigger unit_successions_audit after insert or update or delete on public.unit_successions
  for each row execute function private.audit('successor_id');

-- Codes on the wall ----------------------------------------------------------------------------------------

create table public.replaced_tokens (
  token text primary key,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  reason text check (char_length(reason) <= 500),
  replaced_at timestamptz not null default now()
);
comment on table public.replaced_tokens is
  'Old tokens of service points: whoever scans one is told that the code was replaced, instead of "not found"';
create index replaced_tokens_service_point_id_idx on public.replaced_tokens (service_point_id);
create index replaced_tokens_organisation_id_idx on public.replaced_tokens (organisation_id);
alter table public.replaced_tokens enable row level security;
revoke all on public.replaced_tokens from public, anon, authenticated;
grant select, insert, update, delete on public.replaced_tokens to service_role;
create trigger replaced_tokens_audit after insert or update or delete on public.replaced_tokens
  for each row execute function private.audit('');

create table public.point_checks (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  month date not null check (extract(day from month) = 1),
  person_id uuid references public.people (id) on delete set null,
  checked_on date not null default private.today(),
  unique (service_point_id, month)
);
comment on table public.point_checks is
  'Đã kiểm tra mã: once a month somebody looks whether the code on the wall is still ours (pasted-over codes are a known fraud)';
create index point_checks_organisation_id_idx on public.point_checks (organisation_id);
create index point_checks_person_id_idx on public.point_checks (person_id);
alter table public.point_checks enable row level security;
revoke all on public.point_checks from public, anon, authenticated;
grant select, insert, update, delete on public.point_checks to service_role;
-- A default is evaluated with the privileges of whoever inserts.
grant execute on function private.today() to service_role;
create trigger point_checks_audit after insert or update or delete on public.point_checks
  for each row execute function private.audit('', 'person_id');

-- Small rules that the put_* functions share ---------------------------------------------------------------

create function private.refuse(p_status text, p_key text, p_field text, p_message text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(p_status, p_key, p_message, jsonb_build_object('field', p_field)::text);
end
$$;
comment on function private.refuse is 'private.fail with the field that is to blame, as {"field": …} in the details';

create function private.checked_texts(p_texts jsonb, p_field text, p_most integer)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$
declare
  result jsonb := '{}';
  language text;
  body text;
begin
  if p_texts is null or jsonb_typeof(p_texts) = 'null' then
    return null;
  end if;
  foreach language in array array['vi', 'zh', 'en'] loop
    body := nullif(btrim(normalize(p_texts ->> language, nfc), E' \t\r\n'), '');
    if char_length(body) > p_most then
      perform private.refuse('422', 'text_too_long', p_field || '_' || language, 'a text is too long');
    elsif body is not null then
      result := result || jsonb_build_object(language, body);
    end if;
  end loop;
  if result = '{}' then
    return null;
  elsif not result ? 'vi' then
    perform private.refuse('422', 'vietnamese_missing', p_field || '_vi', 'a translation needs its Vietnamese text');
  end if;
  return result;
end
$$;
comment on function private.checked_texts is
  'Texts per language as they are stored: trimmed, blank ones left out, null when all are; Vietnamese is required as soon as there is any';

create function private.checked_code(p_code text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
declare
  body text := nullif(btrim(normalize(p_code, nfc), E' \t\r\n'), '');
begin
  if char_length(body) > 40 or body ~ '[\t\r\n]' then
    perform private.refuse('422', 'impossible_code', 'code', 'a code has at most 40 characters on one line');
  end if;
  return body;
end
$$;
comment on function private.checked_code is 'A code as it is stored, null when blank: at most 40 characters';

create function private.require_unit(p_organisation uuid, p_unit uuid, p_field text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  ended date;
begin
  select u.valid_to into ended from public.units as u where u.id = p_unit and u.organisation_id = p_organisation;
  if not found then
    perform private.refuse('404', 'unknown_unit', p_field, 'there is no such unit in this organisation');
  elsif ended is not null then
    perform private.refuse('409', 'unit_closed', p_field, 'this unit is closed');
  end if;
end
$$;
comment on function private.require_unit is 'PT404 unknown_unit or PT409 unit_closed unless p_unit is an open unit of the organisation';

create function private.one_at_a_time(p_organisation uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform from public.organisations where id = p_organisation for no key update;
  if not found then
    perform private.fail('404', 'unknown_organisation', 'there is no such organisation');
  end if;
end
$$;
comment on function private.one_at_a_time is
  'Changes of one organisation''s set-up wait for each other: two moves at once could make a circle that neither sees';

-- Units ------------------------------------------------------------------------------------------------------

create function private.put_unit(p_organisation uuid, p_unit uuid, p_values jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  here public.units;
  is_new boolean := p_unit is null;
begin
  perform private.one_at_a_time(p_organisation);
  if is_new then
    here.id := gen_random_uuid();
    here.organisation_id := p_organisation;
    here.parent_id := p_organisation;
    here.valid_from := '2020-01-01';
  else
    select * into here from public.units where id = p_unit and organisation_id = p_organisation;
    if not found then
      perform private.refuse('404', 'unknown_unit', 'form', 'there is no such unit in this organisation');
    end if;
  end if;

  if is_new or p_values ? 'names' then
    here.names := private.checked_texts(p_values -> 'names', 'names', 200);
    if here.names is null then
      perform private.refuse('422', 'name_missing', 'names_vi', 'a unit needs a name');
    end if;
  end if;
  if is_new or p_values ? 'kind' then
    here.kind := p_values ->> 'kind';
    if here.kind is null or here.kind not in (
      'board', 'province', 'department', 'commune', 'centre', 'division', 'office', 'one_stop', 'gate', 'yard'
    ) then
      perform private.refuse('422', 'unknown_kind', 'kind', 'a unit has one of the known kinds');
    end if;
  end if;
  if p_values ? 'code' then
    here.code := private.checked_code(p_values ->> 'code');
    if exists (select from public.units where organisation_id = p_organisation and code = here.code and id <> here.id) then
      perform private.refuse('409', 'duplicate_code', 'code', 'another unit has this code');
    end if;
  end if;
  if p_values ->> 'valid_from' is not null then
    here.valid_from := private.checked_day(p_values ->> 'valid_from', 'valid_from');
  end if;
  if p_values ->> 'parent_id' is not null and (p_values ->> 'parent_id')::uuid is distinct from here.parent_id or is_new then
    here.parent_id := coalesce((p_values ->> 'parent_id')::uuid, p_organisation);
    if here.id = p_organisation then
      perform private.refuse('409', 'root_unit', 'parent_id', 'the organisation itself stands under nothing');
    end if;
    perform private.require_unit(p_organisation, here.parent_id, 'parent_id');
  end if;
  if p_values ->> 'sort' is not null then
    here.sort := private.checked_integer(p_values ->> 'sort', 'sort', 0, 1000000);
  elsif is_new then
    here.sort := coalesce((select max(sort) + 10 from public.units where parent_id = here.parent_id), 10);
  end if;

  if is_new then
    insert into public.units (id, organisation_id, parent_id, kind, names, sort, code, valid_from)
    values (here.id, here.organisation_id, here.parent_id, here.kind, here.names, here.sort, here.code, here.valid_from);
  else
    update public.units set
      parent_id = here.parent_id, kind = here.kind, names = here.names, sort = here.sort, code = here.code,
      valid_from = here.valid_from
    where id = here.id;
    -- The root unit is the organisation: one name.
    update public.organisations set names = here.names
    where id = here.id and names <> here.names;
  end if;
  return here.id;
end
$$;
comment on function private.put_unit is
  'Adds a unit (p_unit null) or changes what p_values names: names, kind, code, sort, parent_id, valid_from. PT404 unknown_unit, PT409 duplicate_code, unit_closed, root_unit, PT422 name_missing, unknown_kind, unit_cycle, impossible_…';

create function private.checked_day(p_day text, p_field text)
returns date
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_day !~ '^\d{4}-\d{2}-\d{2}$' then
    perform private.refuse('422', 'impossible_date', p_field, 'a date is written year-month-day');
  end if;
  return make_date(split_part(p_day, '-', 1)::integer, split_part(p_day, '-', 2)::integer, split_part(p_day, '-', 3)::integer);
exception when datetime_field_overflow then
  perform private.refuse('422', 'impossible_date', p_field, 'there is no such day');
end
$$;
comment on function private.checked_day is 'A day from its text, or PT422 impossible_date';

create function private.checked_integer(p_number text, p_field text, p_least integer, p_most integer)
returns integer
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_number !~ '^\d{1,9}$' or p_number::integer not between p_least and p_most then
    perform private.refuse('422', 'impossible_number', p_field, 'a whole number out of its range');
  end if;
  return p_number::integer;
end
$$;
comment on function private.checked_integer is 'A whole number from its text, or PT422 impossible_number';

-- Service points -----------------------------------------------------------------------------------------------

create function private.gate_scope_line(p_unit uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'vi', 'Phiếu này hỏi về ' || (u.names ->> 'vi') || ': thu phí, bến bãi, điều phối xe. Không hỏi về Hải quan, Biên phòng, Kiểm dịch.',
    'zh', '本问卷询问' || coalesce(u.names ->> 'zh', u.names ->> 'vi') || ':收费、停车场、车辆调度。不涉及海关、边防、检疫。',
    'en', 'This is about ' || coalesce(u.names ->> 'en', u.names ->> 'vi') || ': fees, parking, calling vehicles. It is not about Customs, Border Guard or Quarantine.')
  from public.units as u where u.id = p_unit
$$;
comment on function private.gate_scope_line is 'The scope line that a point at a border gate starts with: customs, border guard and quarantine are not meant';

create function private.put_point_groups(p_point uuid, p_organisation uuid, p_groups jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  wanted uuid[];
  present uuid[];
begin
  select coalesce(array_agg(g.id::uuid order by g.n), '{}') into wanted
  from jsonb_array_elements_text(p_groups) with ordinality as g (id, n);
  select coalesce(array_agg(procedure_group_id order by position), '{}') into present
  from public.service_point_groups where service_point_id = p_point;
  if wanted = present then
    return;
  end if;
  if cardinality(wanted) > 6 then
    perform private.refuse('422', 'too_many_groups', 'groups', 'a point serves at most six procedure groups');
  end if;
  if cardinality(wanted) <> (
    select count(*) from public.procedure_groups where organisation_id = p_organisation and id = any (wanted)
  ) then
    perform private.refuse('404', 'unknown_procedure_group', 'groups', 'a procedure group is unknown or named twice');
  end if;
  delete from public.service_point_groups where service_point_id = p_point;
  insert into public.service_point_groups (service_point_id, procedure_group_id, position)
  select p_point, g.id, g.n from unnest(wanted) with ordinality as g (id, n);
  if present <> '{}' then
    perform private.audit_write(p_organisation, (select unit_id from public.service_points where id = p_point), 'update',
      'service_points', p_point::text, jsonb_build_object('groups', jsonb_build_array(to_jsonb(present), to_jsonb(wanted))));
  end if;
end
$$;
comment on function private.put_point_groups is 'The procedure groups of a point, six at most, in this order';

create function private.put_point(p_organisation uuid, p_point uuid, p_values jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  here public.service_points;
  is_new boolean := p_point is null;
begin
  perform private.one_at_a_time(p_organisation);
  if is_new then
    here.id := gen_random_uuid();
    here.organisation_id := p_organisation;
    here.kind := 'counter';
    here.moment := 'both';
    here.staffed_by := 'several';
    here.offers_paper := false;
    here.is_active := true;
  else
    select * into here from public.service_points where id = p_point and organisation_id = p_organisation;
    if not found then
      perform private.refuse('404', 'unknown_point', 'form', 'there is no such service point in this organisation');
    end if;
  end if;

  if is_new or p_values ->> 'unit_id' is not null and (p_values ->> 'unit_id')::uuid <> here.unit_id then
    here.unit_id := coalesce((p_values ->> 'unit_id')::uuid, p_organisation);
    perform private.require_unit(p_organisation, here.unit_id, 'unit_id');
  end if;
  if is_new or p_values ? 'labels' then
    here.labels := private.checked_texts(p_values -> 'labels', 'labels', 80);
    if here.labels is null then
      perform private.refuse('422', 'name_missing', 'labels_vi', 'a service point needs a label');
    end if;
  end if;
  if p_values ? 'code' then
    here.code := private.checked_code(p_values ->> 'code');
    if exists (select from public.service_points where organisation_id = p_organisation and code = here.code and id <> here.id) then
      perform private.refuse('409', 'duplicate_code', 'code', 'another service point has this code');
    end if;
  end if;
  if p_values ? 'questionnaire_id' then
    here.questionnaire_id := (p_values ->> 'questionnaire_id')::uuid;
  end if;
  here.kind := coalesce(p_values ->> 'kind', here.kind);
  here.moment := coalesce(p_values ->> 'moment', here.moment);
  here.staffed_by := coalesce(p_values ->> 'staffed_by', here.staffed_by);
  here.wording := coalesce(p_values ->> 'wording', here.wording, (
    select case when kind in ('gate', 'yard') then 'gate' else 'one_stop' end from public.units where id = here.unit_id));
  if here.kind not in ('counter', 'kiosk', 'link') then
    perform private.refuse('422', 'unknown_kind', 'kind', 'a service point is a counter, a kiosk or a link');
  elsif here.moment not in ('receive', 'return', 'both') then
    perform private.refuse('422', 'unknown_moment', 'moment', 'receive, return or both');
  elsif here.wording not in ('one_stop', 'gate') then
    perform private.refuse('422', 'unknown_wording', 'wording', 'one_stop or gate');
  elsif here.staffed_by not in ('one', 'several') then
    perform private.refuse('422', 'unknown_staffing', 'staffed_by', 'one or several');
  end if;
  if p_values ? 'staff_person_id' then
    here.staff_person_id := (p_values ->> 'staff_person_id')::uuid;
  end if;
  if here.staffed_by = 'several' then
    here.staff_person_id := null;
  elsif here.staff_person_id is not null and (is_new or p_values ? 'staff_person_id') and not exists (
    select from public.members where person_id = here.staff_person_id and organisation_id = p_organisation and ended_at is null
  ) then
    perform private.refuse('404', 'unknown_person', 'staff_person_id', 'this person is no member of the organisation');
  end if;
  if is_new or p_values ->> 'default_deciding_unit_id' is not null
    and (p_values ->> 'default_deciding_unit_id')::uuid <> here.default_deciding_unit_id then
    here.default_deciding_unit_id := coalesce((p_values ->> 'default_deciding_unit_id')::uuid, here.unit_id);
    perform private.require_unit(p_organisation, here.default_deciding_unit_id, 'default_deciding_unit_id');
  end if;
  if p_values ? 'scope_line' then
    here.scope_line := private.checked_texts(p_values -> 'scope_line', 'scope_line', 300);
  elsif is_new and here.wording = 'gate' then
    here.scope_line := private.gate_scope_line(here.unit_id);
  end if;
  here.offers_paper := coalesce((p_values ->> 'offers_paper')::boolean, here.offers_paper);
  here.is_active := coalesce((p_values ->> 'is_active')::boolean, here.is_active);
  if p_values ? 'inactive_reason' then
    here.inactive_reason := nullif(btrim(p_values ->> 'inactive_reason', E' \t\r\n'), '');
  end if;
  if here.is_active then
    here.inactive_reason := null;
    perform private.require_unit(p_organisation, here.unit_id, 'unit_id');
  elsif here.inactive_reason is null then
    perform private.refuse('422', 'reason_missing', 'inactive_reason', 'switching off needs a reason');
  elsif char_length(here.inactive_reason) > 500 then
    perform private.refuse('422', 'text_too_long', 'inactive_reason', 'a reason is too long');
  end if;
  if here.is_active and exists (
    select from public.service_points as other
    where other.unit_id = here.unit_id and other.id <> here.id and other.is_active
      and private.folded(other.labels ->> 'vi') = private.folded(here.labels ->> 'vi')
  ) then
    perform private.refuse('409', 'duplicate_label', 'labels_vi', 'another open point of this unit has this label');
  end if;

  if is_new then
    insert into public.service_points (id, organisation_id, unit_id, labels, code, kind, moment, wording, default_deciding_unit_id,
      scope_line, staffed_by, staff_person_id, questionnaire_id, offers_paper, is_active, inactive_reason)
    values (here.id, here.organisation_id, here.unit_id, here.labels, here.code, here.kind, here.moment, here.wording,
      here.default_deciding_unit_id, here.scope_line, here.staffed_by, here.staff_person_id, here.questionnaire_id, here.offers_paper,
      here.is_active, here.inactive_reason);
  else
    update public.service_points set
      unit_id = here.unit_id, labels = here.labels, code = here.code, kind = here.kind, moment = here.moment,
      wording = here.wording, default_deciding_unit_id = here.default_deciding_unit_id, scope_line = here.scope_line,
      staffed_by = here.staffed_by, staff_person_id = here.staff_person_id, questionnaire_id = here.questionnaire_id,
      offers_paper = here.offers_paper, is_active = here.is_active, inactive_reason = here.inactive_reason
    where id = here.id;
  end if;
  if jsonb_typeof(p_values -> 'groups') = 'array' then
    perform private.put_point_groups(here.id, p_organisation, p_values -> 'groups');
  end if;
  return here.id;
end
$$;
comment on function private.put_point is
  'Adds a service point (p_point null) or changes what p_values names: unit_id, labels, code, kind, moment, wording, default_deciding_unit_id, scope_line, staffed_by, staff_person_id, offers_paper, is_active, inactive_reason, questionnaire_id (null: inherited), groups (ids in order). PT404 unknown_…, PT409 duplicate_code, duplicate_label, unit_closed, PT422 no_questionnaire, name_missing, reason_missing, too_many_groups, unknown_…';

-- Procedure groups and procedures ---------------------------------------------------------------------------

create function private.put_procedure_group(p_organisation uuid, p_group uuid, p_values jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  here public.procedure_groups;
  is_new boolean := p_group is null;
begin
  perform private.one_at_a_time(p_organisation);
  if is_new then
    here.id := gen_random_uuid();
  else
    select * into here from public.procedure_groups where id = p_group and organisation_id = p_organisation;
    if not found then
      perform private.refuse('404', 'unknown_procedure_group', 'form', 'there is no such procedure group in this organisation');
    end if;
  end if;
  if is_new or p_values ? 'names' then
    here.names := private.checked_texts(p_values -> 'names', 'names', 200);
    if here.names is null then
      perform private.refuse('422', 'name_missing', 'names_vi', 'a procedure group needs a name');
    end if;
  end if;
  if is_new or p_values ? 'code' then
    here.code := private.checked_code(p_values ->> 'code');
    if here.code is null then
      perform private.refuse('422', 'code_missing', 'code', 'a procedure group needs a code');
    elsif exists (
      select from public.procedure_groups where organisation_id = p_organisation and code = here.code and id <> here.id
    ) then
      perform private.refuse('409', 'duplicate_code', 'code', 'another procedure group has this code');
    end if;
  end if;
  if is_new or p_values ->> 'deciding_unit_id' is not null and (p_values ->> 'deciding_unit_id')::uuid <> here.deciding_unit_id then
    here.deciding_unit_id := coalesce((p_values ->> 'deciding_unit_id')::uuid, p_organisation);
    perform private.require_unit(p_organisation, here.deciding_unit_id, 'deciding_unit_id');
  end if;
  if is_new then
    insert into public.procedure_groups (id, organisation_id, code, names, deciding_unit_id)
    values (here.id, p_organisation, here.code, here.names, here.deciding_unit_id);
  else
    update public.procedure_groups set code = here.code, names = here.names, deciding_unit_id = here.deciding_unit_id
    where id = here.id;
  end if;
  return here.id;
end
$$;
comment on function private.put_procedure_group is
  'Adds a procedure group (p_group null) or changes what p_values names: code, names, deciding_unit_id. PT404 unknown_…, PT409 duplicate_code, unit_closed, PT422 name_missing, code_missing';

create function private.put_procedure(p_organisation uuid, p_procedure uuid, p_values jsonb)
returns uuid
language plpgsql
set search_path = ''
as $$
declare
  here public.procedures;
  is_new boolean := p_procedure is null;
begin
  perform private.one_at_a_time(p_organisation);
  if is_new then
    here.id := gen_random_uuid();
  else
    select * into here from public.procedures where id = p_procedure and organisation_id = p_organisation;
    if not found then
      perform private.refuse('404', 'unknown_procedure', 'form', 'there is no such procedure in this organisation');
    end if;
  end if;
  if is_new or p_values ? 'name' then
    here.name := nullif(btrim(normalize(p_values ->> 'name', nfc), E' \t\r\n'), '');
    if here.name is null then
      perform private.refuse('422', 'name_missing', 'name', 'a procedure needs a name');
    elsif char_length(here.name) > 500 then
      perform private.refuse('422', 'text_too_long', 'name', 'a name is too long');
    end if;
  end if;
  if is_new or p_values ? 'code' then
    here.code := private.checked_code(p_values ->> 'code');
    if here.code is null then
      perform private.refuse('422', 'code_missing', 'code', 'a procedure needs a code');
    elsif exists (select from public.procedures where organisation_id = p_organisation and code = here.code and id <> here.id) then
      perform private.refuse('409', 'duplicate_code', 'code', 'another procedure has this code');
    end if;
  end if;
  if is_new or p_values ->> 'procedure_group_id' is not null then
    here.procedure_group_id := (p_values ->> 'procedure_group_id')::uuid;
    if not exists (
      select from public.procedure_groups where id = here.procedure_group_id and organisation_id = p_organisation
    ) then
      perform private.refuse('404', 'unknown_procedure_group', 'procedure_group_id', 'there is no such procedure group');
    end if;
  end if;
  if is_new or p_values ->> 'deciding_unit_id' is not null and (p_values ->> 'deciding_unit_id')::uuid <> here.deciding_unit_id then
    here.deciding_unit_id := coalesce((p_values ->> 'deciding_unit_id')::uuid,
      (select g.deciding_unit_id from public.procedure_groups as g where g.id = here.procedure_group_id));
    perform private.require_unit(p_organisation, here.deciding_unit_id, 'deciding_unit_id');
  end if;
  if is_new then
    insert into public.procedures (id, organisation_id, procedure_group_id, deciding_unit_id, code, name)
    values (here.id, p_organisation, here.procedure_group_id, here.deciding_unit_id, here.code, here.name);
  else
    update public.procedures set
      procedure_group_id = here.procedure_group_id, deciding_unit_id = here.deciding_unit_id, code = here.code, name = here.name
    where id = here.id;
  end if;
  return here.id;
end
$$;
comment on function private.put_procedure is
  'Adds a procedure (p_procedure null) or changes what p_values names: code, name, procedure_group_id, deciding_unit_id (the group''s when not named). PT404 unknown_…, PT409 duplicate_code, unit_closed, PT422 name_missing, code_missing';
