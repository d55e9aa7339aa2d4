-- The organisation: who is responsible, the tree of its units, its reporting months and its holidays.

create table public.organisations (
  id uuid primary key default gen_random_uuid(),
  names jsonb not null check (private.are_texts(names)),
  phone text not null,
  email text not null,
  address jsonb check (private.are_texts(address)),
  data_protection_contact text,
  scheme text not null default 'administrative' check (scheme in ('administrative', 'calendar')),
  locale text not null default 'vi' check (locale in ('vi', 'zh', 'en')),
  response_months smallint not null default 24 check (response_months between 1 and 120),
  comment_months smallint not null default 12 check (comment_months between 1 and 120),
  audit_months smallint not null default 24 check (audit_months between 12 and 120),
  opens_at time not null default '06:30',
  closes_at time not null default '18:30',
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table public.organisations is
  'Cơ quan: the tenant and data controller. Its root unit has the same id and is made with it';
comment on column public.organisations.audit_months is
  'Months for which the audit log is kept at least; 12 is the floor that Decree 53/2022 sets for system logs. One chain serves all: the longest counts';
comment on column public.organisations.scheme is
  'How its months run: calendar, or administrative from the 15th to the 14th (CCHC reports). Fixed once answers exist';
comment on column public.organisations.opens_at is
  'Office hours on working days: an answer from a counter''s code outside them is flagged out_of_hours (kiosks and links are not)';
alter table public.organisations enable row level security;
revoke all on public.organisations from public, anon, authenticated;
grant select, insert, update, delete on public.organisations to service_role;

create table public.units (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id),
  parent_id uuid references public.units (id),
  kind text not null check (kind in (
    'board', 'province', 'department', 'commune', 'centre', 'division', 'office', 'one_stop', 'gate', 'yard'
  )),
  names jsonb not null check (private.are_texts(names)),
  sort integer not null default 0,
  valid_from date not null default '2020-01-01',
  valid_to date,
  successor_id uuid references public.units (id),
  created_at timestamptz not null default now(),
  check (valid_to is null or valid_to >= valid_from),
  check ((parent_id is null) = (id = organisation_id))
);
comment on table public.units is 'Đơn vị: one node of the organisation. A unit with answers is closed (valid_to), never deleted';
comment on column public.units.sort is 'Order among brothers and sisters: the organisation''s own order, never a score';
create index units_organisation_id_idx on public.units (organisation_id);
create index units_parent_id_idx on public.units (parent_id);
create index units_successor_id_idx on public.units (successor_id) where successor_id is not null;
alter table public.units enable row level security;
revoke all on public.units from public, anon, authenticated;
grant select, insert, update, delete on public.units to service_role;

create table public.unit_tree (
  ancestor_id uuid not null references public.units (id) on delete cascade,
  descendant_id uuid not null references public.units (id) on delete cascade,
  depth smallint not null check (depth >= 0),
  valid_from date not null,
  valid_to date,
  primary key (ancestor_id, descendant_id, valid_from)
);
comment on table public.unit_tree is
  'Closure of the unit tree with validity, [valid_from, valid_to): figures of a period are summed with the tree in force on its last day. Kept by trigger';
create index unit_tree_descendant_id_idx on public.unit_tree (descendant_id, ancestor_id);
alter table public.unit_tree enable row level security;
revoke all on public.unit_tree from public, anon, authenticated;
grant select on public.unit_tree to service_role;

create function private.keep_unit_tree()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  moved_on date := private.today();
begin
  if new.parent_id is not null and not exists (
    select from public.units as parent
    where parent.id = new.parent_id and parent.organisation_id = new.organisation_id
  ) then
    perform private.fail('422', 'foreign_parent', 'the parent unit belongs to another organisation');
  end if;

  if tg_op = 'INSERT' then
    insert into public.unit_tree (ancestor_id, descendant_id, depth, valid_from)
    select new.id, new.id, 0, '-infinity'::date
    union all
    select above.ancestor_id, new.id, above.depth + 1, '-infinity'::date
    from public.unit_tree as above
    where above.descendant_id = new.parent_id and above.valid_to is null;
    return new;
  end if;

  if exists (
    select from public.unit_tree
    where ancestor_id = new.id and descendant_id = new.parent_id and valid_to is null
  ) then
    perform private.fail('422', 'unit_cycle', 'a unit cannot be placed under itself');
  end if;

  -- Links from the old ancestors to the moved subtree end today; a link that began today never held.
  delete from public.unit_tree as link
  using public.unit_tree as below, public.unit_tree as above
  where below.ancestor_id = new.id and below.valid_to is null
    and above.descendant_id = new.id and above.depth > 0 and above.valid_to is null
    and link.ancestor_id = above.ancestor_id and link.descendant_id = below.descendant_id
    and link.valid_to is null and link.valid_from = moved_on;
  update public.unit_tree as link
  set valid_to = moved_on
  from public.unit_tree as below, public.units as old_place
  where below.ancestor_id = new.id and below.valid_to is null
    and old_place.id = new.id
    and link.descendant_id = below.descendant_id and link.valid_to is null
    and link.ancestor_id <> below.descendant_id
    and not exists (
      select from public.unit_tree as inside
      where inside.ancestor_id = new.id and inside.descendant_id = link.ancestor_id and inside.valid_to is null
    );
  insert into public.unit_tree (ancestor_id, descendant_id, depth, valid_from)
  select above.ancestor_id, below.descendant_id, above.depth + below.depth + 1, moved_on
  from public.unit_tree as above, public.unit_tree as below
  where above.descendant_id = new.parent_id and above.valid_to is null
    and below.ancestor_id = new.id and below.valid_to is null;
  return new;
end
$$;
create trigger units_insert_keeps_tree after insert on public.units
  for each row execute function private.keep_unit_tree();
create trigger units_move_keeps_tree after update of parent_id on public.units
  for each row when (old.parent_id is distinct from new.parent_id) execute function private.keep_unit_tree();

create function private.make_root_unit()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.units (id, organisation_id, parent_id, kind, names)
  values (new.id, new.id, null, 'board', new.names);
  return new;
end
$$;
create trigger organisations_have_a_root_unit after insert on public.organisations
  for each row execute function private.make_root_unit();

-- Working days ----------------------------------------------------------------------------------

create table public.holidays (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid references public.organisations (id) on delete cascade,
  day date not null,
  works boolean not null default false,
  name jsonb not null check (private.are_texts(name)),
  unique nulls not distinct (organisation_id, day)
);
comment on table public.holidays is
  'Days that differ from Monday to Friday: days off, and Saturdays worked instead (works). Without organisation: the whole country; an organisation''s own line wins';
alter table public.holidays enable row level security;
revoke all on public.holidays from public, anon, authenticated;
grant select, insert, update, delete on public.holidays to service_role;

-- Labour Code 2019, article 112, and the yearly notices of the Government. Lunar dates are converted;
-- lines for 2027 follow the Code and are to be checked when that year's notice appears.
insert into public.holidays (day, works, name) values
  ('2025-01-01', false, '{"vi": "Tết Dương lịch", "en": "New Year"}'),
  ('2025-01-27', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2025-01-28', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2025-01-29', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2025-01-30', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2025-01-31', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2025-04-07', false, '{"vi": "Giỗ Tổ Hùng Vương", "en": "Hung Kings'' Day"}'),
  ('2025-04-26', true, '{"vi": "Làm bù cho ngày 02/05/2025", "en": "Worked instead of 2 May 2025"}'),
  ('2025-04-30', false, '{"vi": "Ngày Chiến thắng", "en": "Victory Day"}'),
  ('2025-05-01', false, '{"vi": "Ngày Quốc tế Lao động", "en": "Labour Day"}'),
  ('2025-05-02', false, '{"vi": "Nghỉ hoán đổi", "en": "Exchanged day off"}'),
  ('2025-09-01', false, '{"vi": "Quốc khánh", "en": "National Day"}'),
  ('2025-09-02', false, '{"vi": "Quốc khánh", "en": "National Day"}'),
  ('2026-01-01', false, '{"vi": "Tết Dương lịch", "en": "New Year"}'),
  ('2026-01-02', false, '{"vi": "Nghỉ hoán đổi", "en": "Exchanged day off"}'),
  ('2026-01-10', true, '{"vi": "Làm bù cho ngày 02/01/2026", "en": "Worked instead of 2 January 2026"}'),
  ('2026-02-16', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2026-02-17', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2026-02-18', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2026-02-19', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2026-02-20', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2026-04-27', false, '{"vi": "Nghỉ bù Giỗ Tổ Hùng Vương", "en": "Hung Kings'' Day, day in lieu"}'),
  ('2026-04-30', false, '{"vi": "Ngày Chiến thắng", "en": "Victory Day"}'),
  ('2026-05-01', false, '{"vi": "Ngày Quốc tế Lao động", "en": "Labour Day"}'),
  ('2026-08-22', true, '{"vi": "Làm bù cho ngày 31/08/2026", "en": "Worked instead of 31 August 2026"}'),
  ('2026-08-31', false, '{"vi": "Nghỉ hoán đổi", "en": "Exchanged day off"}'),
  ('2026-09-01', false, '{"vi": "Quốc khánh", "en": "National Day"}'),
  ('2026-09-02', false, '{"vi": "Quốc khánh", "en": "National Day"}'),
  ('2027-01-01', false, '{"vi": "Tết Dương lịch", "en": "New Year"}'),
  ('2027-02-05', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2027-02-08', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2027-02-09', false, '{"vi": "Tết Nguyên đán", "en": "Lunar New Year"}'),
  ('2027-02-10', false, '{"vi": "Nghỉ bù Tết Nguyên đán", "en": "Lunar New Year, day in lieu"}'),
  ('2027-02-11', false, '{"vi": "Nghỉ bù Tết Nguyên đán", "en": "Lunar New Year, day in lieu"}'),
  ('2027-04-16', false, '{"vi": "Giỗ Tổ Hùng Vương", "en": "Hung Kings'' Day"}'),
  ('2027-04-30', false, '{"vi": "Ngày Chiến thắng", "en": "Victory Day"}'),
  ('2027-05-03', false, '{"vi": "Nghỉ bù Ngày Quốc tế Lao động", "en": "Labour Day, day in lieu"}'),
  ('2027-09-02', false, '{"vi": "Quốc khánh", "en": "National Day"}'),
  ('2027-09-03', false, '{"vi": "Quốc khánh", "en": "National Day"}');

create function private.is_working_day(p_organisation uuid, p_day date)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return coalesce(
    (select h.works from public.holidays as h
     where h.day = p_day and (h.organisation_id = p_organisation or h.organisation_id is null)
     order by h.organisation_id nulls last
     limit 1),
    extract(isodow from p_day) <= 5);
end
$$;
comment on function private.is_working_day is 'Whether the office works on p_day: its own calendar first, then the country''s, then Monday to Friday';
