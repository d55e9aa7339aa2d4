-- Which questionnaire is asked where: a choice at a unit reaches everything below it until a unit or a service
-- point further down chooses otherwise. service_points.version_id, which survey_form() reads, is what follows
-- from the choices: the newest published version of the nearest one. Kept by trigger, never set by a page.

alter table public.units add column questionnaire_id uuid references public.questionnaires (id) on delete set null;
comment on column public.units.questionnaire_id is
  'The questionnaire chosen for this unit and all below it; null: that of the unit above';
create index units_questionnaire_id_idx on public.units (questionnaire_id) where questionnaire_id is not null;

alter table public.service_points add column questionnaire_id uuid references public.questionnaires (id) on delete set null;
comment on column public.service_points.questionnaire_id is 'The questionnaire chosen for this point alone; null: that of its unit';
comment on column public.service_points.version_id is
  'The version in force: newest published of the point''s own questionnaire, else of the nearest unit above that chose one. Kept by trigger';
create index service_points_questionnaire_id_idx on public.service_points (questionnaire_id) where questionnaire_id is not null;

-- A point whose version merely follows from a change elsewhere was not edited: no line in the log for each of
-- thousands of points (the choice itself and the publishing are logged), and nobody's open edit of it is void.
drop trigger service_points_revision on public.service_points;
create trigger service_points_revision before update on public.service_points
  for each row when (pg_trigger_depth() = 0 or old.version_id is not distinct from new.version_id)
  execute function private.next_revision();
drop trigger service_points_audit on public.service_points;
create trigger service_points_audit after insert or delete on public.service_points
  for each row execute function private.audit('unit_id', 'staff_person_id');
create trigger service_points_audit_change after update on public.service_points
  for each row when (pg_trigger_depth() = 0 or old.version_id is not distinct from new.version_id)
  execute function private.audit('unit_id', 'staff_person_id');

create function private.newest_version(p_questionnaire uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  select v.id from public.questionnaire_versions as v
  where v.questionnaire_id = p_questionnaire and v.published_at is not null
  order by v.number desc
  limit 1
$$;
comment on function private.newest_version is 'The newest published version of a questionnaire, or null';

create function private.questionnaire_in_force(p_unit uuid)
returns uuid
language sql
stable
set search_path = ''
as $$
  -- By parent_id and not by unit_tree: the triggers that ask run beside those that keep the tree.
  with recursive upward as (
    select u.parent_id, u.questionnaire_id, 0 as step from public.units as u where u.id = p_unit
    union all
    select u.parent_id, u.questionnaire_id, upward.step + 1
    from upward join public.units as u on u.id = upward.parent_id
    where upward.questionnaire_id is null and upward.step < 100
  )
  select upward.questionnaire_id from upward where upward.questionnaire_id is not null limit 1
$$;
comment on function private.questionnaire_in_force is 'The questionnaire of the nearest unit that chose one, from p_unit upwards, or null';

create function private.version_in_force(p_unit uuid)
returns uuid
language sql
stable
set search_path = ''
as $$ select private.newest_version(private.questionnaire_in_force(p_unit)) $$;
comment on function private.version_in_force is 'The version that a point of p_unit asks which chose nothing of its own, or null';

create function private.require_choosable(p_questionnaire uuid, p_organisation uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if not exists (
    select from public.questionnaires as q where q.id = p_questionnaire and q.organisation_id = p_organisation
  ) then
    perform private.fail('404', 'unknown_questionnaire', 'this organisation has no such questionnaire');
  elsif private.newest_version(p_questionnaire) is null then
    perform private.fail('422', 'questionnaire_unpublished', 'only a questionnaire with a published version can be put in force');
  end if;
end
$$;
comment on function private.require_choosable is
  'PT404 unknown_questionnaire or PT422 questionnaire_unpublished unless it may be put in force in this organisation';

create function private.resolve_point()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  resolved uuid;
begin
  if new.questionnaire_id is not null then
    perform private.require_choosable(new.questionnaire_id, new.organisation_id);
    resolved := private.newest_version(new.questionnaire_id);
  else
    resolved := private.version_in_force(new.unit_id);
    -- Whoever names a version of another questionnaire than the inherited one has chosen that one.
    if tg_op = 'INSERT' and new.version_id is not null and new.version_id is distinct from resolved then
      select v.questionnaire_id into new.questionnaire_id from public.questionnaire_versions as v where v.id = new.version_id;
      resolved := new.version_id;
    end if;
  end if;
  if resolved is null then
    perform private.fail('422', 'no_questionnaire', 'no questionnaire is in force at this unit or above it');
  end if;
  new.version_id := resolved;
  return new;
end
$$;
comment on function private.resolve_point is 'Trigger: the version of a new or moved point, and of one whose own choice changed';
create trigger service_points_version_on_insert before insert on public.service_points
  for each row execute function private.resolve_point();
create trigger service_points_version_on_change before update of unit_id, questionnaire_id on public.service_points
  for each row when (old.unit_id is distinct from new.unit_id or old.questionnaire_id is distinct from new.questionnaire_id)
  execute function private.resolve_point();

create function private.resolve_subtree()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.questionnaire_id is not null and (tg_op = 'INSERT' or new.questionnaire_id is distinct from old.questionnaire_id) then
    perform private.require_choosable(new.questionnaire_id, new.organisation_id);
  end if;
  if tg_op = 'INSERT' then
    return null;
  end if;
  -- One statement for the whole subtree; a branch that chose for itself is left out from there on.
  with recursive inheriting as (
    select new.id as unit_id
    union all
    select u.id from inheriting join public.units as u on u.parent_id = inheriting.unit_id
    where u.questionnaire_id is null
  ),
  resolved as materialized (select private.version_in_force(new.id) as version_id)
  update public.service_points as p set version_id = resolved.version_id
  from inheriting, resolved
  where p.unit_id = inheriting.unit_id and p.questionnaire_id is null
    and p.version_id is distinct from resolved.version_id;
  return null;
exception
  when not_null_violation then
    perform private.fail('422', 'no_questionnaire', 'points of this unit would be left without a questionnaire');
    return null;
end
$$;
comment on function private.resolve_subtree is
  'Trigger: the versions of all points that inherit from a unit whose choice or place changed; PT422 no_questionnaire when they would have none';
create trigger units_version_on_insert after insert on public.units
  for each row when (new.questionnaire_id is not null) execute function private.resolve_subtree();
create trigger units_version_on_change after update of questionnaire_id, parent_id on public.units
  for each row when (old.questionnaire_id is distinct from new.questionnaire_id or old.parent_id is distinct from new.parent_id)
  execute function private.resolve_subtree();

create function private.spread_version()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- Points are always resolved: those that ask an older version of this questionnaire are those that follow it.
  update public.service_points as p set version_id = new.id
  from public.questionnaire_versions as older
  where older.questionnaire_id = new.questionnaire_id and older.number < new.number and p.version_id = older.id;
  return null;
end
$$;
comment on function private.spread_version is 'Trigger: a version that is published takes the place of the one before at every point';
create trigger questionnaire_versions_spread after insert or update of published_at on public.questionnaire_versions
  for each row when (new.published_at is not null) execute function private.spread_version();

-- Organisations that exist already keep asking what they ask: each point's form becomes its own choice.
update public.service_points as p set questionnaire_id = v.questionnaire_id
from public.questionnaire_versions as v where v.id = p.version_id;

-- A new organisation ---------------------------------------------------------------------------------------

create function private.put_built_in(p_organisation uuid, p_form jsonb)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  made uuid;
begin
  insert into public.questionnaires (organisation_id, code, names)
  values (p_organisation, p_form -> 'definition' ->> 'form', p_form -> 'names')
  returning id into made;
  insert into public.questionnaire_versions (questionnaire_id, number, definition, published_at)
  values (made, 1, p_form -> 'definition', now());
  return made;
end
$$;
comment on function private.put_built_in is
  'Writes a built-in form, {"names": …, "definition": …} as src/lib/questionnaire/built-in.ts has it, as a published questionnaire';
