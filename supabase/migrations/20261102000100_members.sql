-- People and what they may do. A membership is (person, unit, role) and reaches the unit and all below it.
-- Having an account gives access to nothing; memberships come from an invitation or from the first set-up.

create function private.me()
returns uuid
language sql
stable
set search_path = ''
as $$ select nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid $$;
comment on function private.me is
  'Who asks: the subject of the request''s token, as auth.uid() gives it; ours, because a plain Postgres has no schema auth (decision 007)';

create table public.people (
  id uuid primary key,
  name text not null check (char_length(name) between 1 and 120),
  email text not null check (char_length(email) between 3 and 320),
  created_at timestamptz not null default now()
);
comment on table public.people is 'A person with an account (same id as auth.users) who accepted an invitation';
alter table public.people enable row level security;
revoke all on public.people from public, anon, authenticated;
grant select, insert, update, delete on public.people to service_role;
grant select on public.people to authenticated;

create table public.members (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null references public.people (id) on delete cascade,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  role text not null check (role in ('officer', 'analyst', 'leader', 'administrator', 'auditor')),
  since timestamptz not null default now(),
  ended_at timestamptz
);
comment on table public.members is 'Who may do what where. Ended, never deleted, so that the audit log can be read later';
create unique index members_held_once_idx on public.members (person_id, unit_id, role) where ended_at is null;
create index members_unit_id_idx on public.members (unit_id) where ended_at is null;
create index members_organisation_id_idx on public.members (organisation_id);
alter table public.members enable row level security;
revoke all on public.members from public, anon, authenticated;
grant select, insert, update, delete on public.members to service_role;
grant select on public.members to authenticated;

-- The two questions every policy asks -----------------------------------------------------------------

create function private.has_role(p_unit uuid, p_roles text[])
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select
    from public.members as m
    join public.unit_tree as t on t.ancestor_id = m.unit_id and t.descendant_id = p_unit and t.valid_to is null
    where m.person_id = private.me() and m.ended_at is null and m.role = any (p_roles))
$$;
comment on function private.has_role is
  'Whether the caller holds one of p_roles at p_unit or above it, by today''s tree: one look-up in members and one in unit_tree';

create function private.my_organisations()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$ select distinct m.organisation_id from public.members as m where m.person_id = private.me() and m.ended_at is null $$;
comment on function private.my_organisations is 'The organisations the caller belongs to: evaluated once per query, not per row';

create function private.my_subtree(p_roles text[])
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
  select distinct t.descendant_id
  from public.members as m
  join public.unit_tree as t on t.ancestor_id = m.unit_id and t.valid_to is null
  where m.person_id = private.me() and m.ended_at is null and m.role = any (p_roles)
$$;
comment on function private.my_subtree is 'The units at which the caller holds one of p_roles, evaluated once per query';

grant usage on schema private to authenticated;
grant execute on function private.me(), private.my_organisations(), private.my_subtree(text[]) to authenticated;

-- What a member reads of the organisation's set-up: who is who in the house is no secret inside it.
grant select on public.organisations, public.units, public.unit_tree, public.procedure_groups, public.procedures,
  public.questionnaires, public.questionnaire_versions, public.service_points, public.service_point_groups, public.holidays
  to authenticated;

create policy "Members read their organisation" on public.organisations for select to authenticated
  using (id in (select private.my_organisations()));
create policy "Members read the units of their organisation" on public.units for select to authenticated
  using (organisation_id in (select private.my_organisations()));
create policy "Members read the tree of their organisation" on public.unit_tree for select to authenticated
  using (descendant_id in (select u.id from public.units as u));
create policy "Members read the procedure groups of their organisation" on public.procedure_groups for select to authenticated
  using (organisation_id in (select private.my_organisations()));
create policy "Members read the procedures of their organisation" on public.procedures for select to authenticated
  using (organisation_id in (select private.my_organisations()));
create policy "Members read the questionnaires of their organisation" on public.questionnaires for select to authenticated
  using (organisation_id in (select private.my_organisations()));
create policy "Members read the versions of their questionnaires" on public.questionnaire_versions for select to authenticated
  using (questionnaire_id in (select q.id from public.questionnaires as q));
create policy "Members read the service points of their subtree" on public.service_points for select to authenticated
  using (unit_id in (select private.my_subtree(array['officer', 'analyst', 'leader', 'administrator', 'auditor'])));
create policy "Members read what the points of their subtree serve" on public.service_point_groups for select to authenticated
  using (service_point_id in (select p.id from public.service_points as p));
create policy "Members read the country's and their organisation's calendar" on public.holidays for select to authenticated
  using (
    organisation_id in (select private.my_organisations())
    or (organisation_id is null and exists (select from private.my_organisations()))
  );

create policy "Members read their own, administrators and auditors more"
  on public.members for select to authenticated
  using (person_id = (select private.me()) or unit_id in (select private.my_subtree(array['administrator', 'auditor'])));
create policy "People read themselves, administrators and auditors more"
  on public.people for select to authenticated
  using (
    id = (select private.me())
    or id in (select m.person_id from public.members as m
              where m.unit_id in (select private.my_subtree(array['administrator', 'auditor']))));

create function public.my_memberships()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'person', (select jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email) from public.people as p where p.id = private.me()),
    'memberships', coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', m.id, 'role', m.role, 'since', m.since,
        'unit', jsonb_build_object('id', u.id, 'names', u.names, 'kind', u.kind),
        'organisation', jsonb_build_object('id', o.id, 'names', o.names, 'is_demo', o.is_demo)
      ) order by o.created_at, u.sort, m.role)
      from public.members as m
      join public.units as u on u.id = m.unit_id
      join public.organisations as o on o.id = m.organisation_id
      where m.person_id = private.me() and m.ended_at is null), '[]'))
$$;
comment on function public.my_memberships is 'Who I am and what I may do where: the office pages build their navigation from it at every request';
grant execute on function public.my_memberships() to authenticated, service_role;
