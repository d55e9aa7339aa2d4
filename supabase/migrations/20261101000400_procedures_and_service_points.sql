-- What people come for (procedure groups, procedures) and where they are asked (service points).

create table public.procedure_groups (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  code text not null,
  names jsonb not null check (private.are_texts(names)),
  deciding_unit_id uuid not null references public.units (id),
  unique (organisation_id, code)
);
comment on table public.procedure_groups is 'Lĩnh vực: a group of procedures and the unit that decides them';
create index procedure_groups_deciding_unit_id_idx on public.procedure_groups (deciding_unit_id);
alter table public.procedure_groups enable row level security;
revoke all on public.procedure_groups from public, anon, authenticated;
grant select, insert, update, delete on public.procedure_groups to service_role;

create table public.procedures (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  procedure_group_id uuid not null references public.procedure_groups (id),
  deciding_unit_id uuid not null references public.units (id),
  code text not null,
  name text not null,
  unique (organisation_id, code)
);
comment on table public.procedures is 'Thủ tục hành chính, as published; never stored beside an answer';
create index procedures_procedure_group_id_idx on public.procedures (procedure_group_id);
create index procedures_deciding_unit_id_idx on public.procedures (deciding_unit_id);
alter table public.procedures enable row level security;
revoke all on public.procedures from public, anon, authenticated;
grant select, insert, update, delete on public.procedures to service_role;

create table public.questionnaires (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  code text not null,
  names jsonb not null check (private.are_texts(names)),
  unique (organisation_id, code)
);
comment on table public.questionnaires is 'Phiếu lấy ý kiến: what is asked; its versions hold the items';
alter table public.questionnaires enable row level security;
revoke all on public.questionnaires from public, anon, authenticated;
grant select, insert, update, delete on public.questionnaires to service_role;

create table public.questionnaire_versions (
  id uuid primary key default gen_random_uuid(),
  questionnaire_id uuid not null references public.questionnaires (id),
  number integer not null check (number > 0),
  definition jsonb not null check (jsonb_typeof(definition -> 'items') = 'array'),
  published_at timestamptz,
  unique (questionnaire_id, number)
);
comment on table public.questionnaire_versions is
  'A version of a questionnaire as JSON (schema: src/lib/questionnaire/version.ts); frozen when published, so that an answer keeps its meaning';
alter table public.questionnaire_versions enable row level security;
revoke all on public.questionnaire_versions from public, anon, authenticated;
grant select, insert, update, delete on public.questionnaire_versions to service_role;

create table private.version_items (
  version_id uuid not null references public.questionnaire_versions (id) on delete cascade,
  position smallint not null,
  code text not null,
  measure text,
  asked_when text not null check (asked_when in ('always', 'return', 'filed')),
  zero text check (zero in ('result_pending', 'no_fee', 'unknown', 'not_filed')),
  primary key (version_id, position),
  unique (version_id, code)
);
comment on table private.version_items is
  'The items of a published version in the order of responses.ratings: which measure each counts for and what its 0 means. Made from the JSON on publishing';
alter table private.version_items enable row level security;
revoke all on private.version_items from public, anon, authenticated;
grant select on private.version_items to service_role;

create table private.version_facts (
  version_id uuid not null references public.questionnaire_versions (id) on delete cascade,
  code text not null,
  choices smallint not null check (choices between 1 and 30),
  most smallint not null check (most between 1 and 30),
  primary key (version_id, code)
);
comment on table private.version_facts is 'The optional questions of a published version: number of choices and how many may be chosen';
alter table private.version_facts enable row level security;
revoke all on private.version_facts from public, anon, authenticated;
grant select on private.version_facts to service_role;

create function private.publish_version()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and old.published_at is not null then
    perform private.fail('409', 'version_frozen', 'a published version is never changed: make a new one');
  end if;
  if new.published_at is null then
    return new;
  end if;
  insert into private.version_items (version_id, position, code, measure, asked_when, zero)
  select new.id, item.position, item.value ->> 'code', item.value ->> 'measure', item.value ->> 'when', item.value ->> 'zero'
  from jsonb_array_elements(new.definition -> 'items') with ordinality as item (value, position);
  insert into private.version_facts (version_id, code, choices, most)
  select new.id, fact ->> 'code', jsonb_array_length(fact -> 'choices'), (fact ->> 'max')::smallint
  from jsonb_array_elements(coalesce(new.definition -> 'facts', '[]')) as fact
  where fact ->> 'code' <> 'H1';
  return new;
end
$$;
create trigger questionnaire_versions_publish after insert or update on public.questionnaire_versions
  for each row execute function private.publish_version();

create table public.service_points (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  unit_id uuid not null references public.units (id),
  token text not null unique default private.new_token() check (token ~ '^[0-9A-HJKMNP-TV-Z]{11}$'),
  labels jsonb not null check (private.are_texts(labels)),
  kind text not null check (kind in ('counter', 'kiosk', 'link')),
  moment text not null check (moment in ('receive', 'return', 'both')),
  wording text not null default 'one_stop' check (wording in ('one_stop', 'gate')),
  default_deciding_unit_id uuid not null references public.units (id),
  scope_line jsonb check (private.are_texts(scope_line)),
  staffed_by text not null default 'several' check (staffed_by in ('one', 'several')),
  version_id uuid not null references public.questionnaire_versions (id),
  offers_paper boolean not null default false,
  is_active boolean not null default true,
  inactive_reason text,
  created_at timestamptz not null default now()
);
comment on table public.service_points is 'Vị trí lấy ý kiến: a counter, a kiosk or a link with its own QR code';
comment on column public.service_points.staffed_by is
  '"one": figures of this point are figures of a person and never shown, compared or published';
create index service_points_organisation_id_idx on public.service_points (organisation_id);
create index service_points_unit_id_idx on public.service_points (unit_id);
create index service_points_default_deciding_unit_id_idx on public.service_points (default_deciding_unit_id);
create index service_points_version_id_idx on public.service_points (version_id);
alter table public.service_points enable row level security;
revoke all on public.service_points from public, anon, authenticated;
grant select, insert, update, delete on public.service_points to service_role;

create table public.service_point_groups (
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  procedure_group_id uuid not null references public.procedure_groups (id),
  position smallint not null check (position between 1 and 6),
  primary key (service_point_id, procedure_group_id),
  unique (service_point_id, position)
);
comment on table public.service_point_groups is 'The procedure groups that a point serves, six at most, in the order of the form';
create index service_point_groups_procedure_group_id_idx on public.service_point_groups (procedure_group_id);
alter table public.service_point_groups enable row level security;
revoke all on public.service_point_groups from public, anon, authenticated;
grant select, insert, update, delete on public.service_point_groups to service_role;
-- A default is evaluated with the privileges of whoever inserts.
grant execute on function private.new_token() to service_role;
