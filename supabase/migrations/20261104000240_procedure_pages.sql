-- Procedures and their groups on their set-up pages, and what the first page of the set-up says is still missing.

create function public.list_procedures(p_unit uuid, p_search text default null, p_group uuid default null, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  wanted text[] := private.like_all(p_search);
  result jsonb;
begin
  perform private.require_role(p_unit, array['administrator']);
  with reach as materialized (
    select t.descendant_id as id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null
  ),
  found as (
    select p.* from public.procedures as p
    where p.deciding_unit_id in (select id from reach)
      and (p_group is null or p.procedure_group_id = p_group)
      and p.search like coalesce(wanted[1], '%') and p.search like all (wanted)
  )
  select jsonb_build_object(
    'total', (select count(*) from found),
    'groups', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'names', g.names, 'unit', u.names,
        'procedures', (select count(*) from public.procedures as p where p.procedure_group_id = g.id),
        'points', (select count(*) from public.service_point_groups as s where s.procedure_group_id = g.id)) order by g.code)
      from public.procedure_groups as g join public.units as u on u.id = g.deciding_unit_id
      where g.deciding_unit_id in (select id from reach)), '[]'),
    'procedures', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'code', f.code, 'name', f.name,
        'group', (select g.names from public.procedure_groups as g where g.id = f.procedure_group_id),
        'unit', (select u.names from public.units as u where u.id = f.deciding_unit_id)) order by f.code)
      from (select * from found order by code offset greatest(p_offset, 0) limit 50) as f), '[]'))
  into result;
  return result;
end
$$;
comment on function public.list_procedures is
  'Fifty procedures that the subtree decides, by code; found by code and name without diacritics; and all its procedure groups. For administrators';
grant execute on function public.list_procedures(uuid, text, uuid, integer) to authenticated;

create function private.procedure_card(p_procedure uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', p.id, 'code', p.code, 'name', p.name, 'revision', p.revision,
    'group', (select jsonb_build_object('id', g.id, 'names', g.names) from public.procedure_groups as g where g.id = p.procedure_group_id),
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = p.deciding_unit_id))
  from public.procedures as p where p.id = p_procedure
$$;
comment on function private.procedure_card is 'A procedure as its set-up page shows it';

create function private.procedure_group_card(p_group uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', g.id, 'code', g.code, 'names', g.names, 'revision', g.revision,
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = g.deciding_unit_id))
  from public.procedure_groups as g where g.id = p_group
$$;
comment on function private.procedure_group_card is 'A procedure group as its set-up page shows it';

create function public.read_procedure(p_procedure uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  unit uuid;
begin
  select p.deciding_unit_id into unit from public.procedures as p where p.id = p_procedure;
  if not found then
    perform private.fail('404', 'unknown_procedure', 'there is no such procedure');
  end if;
  perform private.require_role(unit, array['administrator']);
  return private.procedure_card(p_procedure);
end
$$;
comment on function public.read_procedure is 'One procedure, for an administrator of the unit that decides it';
grant execute on function public.read_procedure(uuid) to authenticated;

create function public.read_procedure_group(p_group uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  unit uuid;
begin
  select g.deciding_unit_id into unit from public.procedure_groups as g where g.id = p_group;
  if not found then
    perform private.fail('404', 'unknown_procedure_group', 'there is no such procedure group');
  end if;
  perform private.require_role(unit, array['administrator']);
  return private.procedure_group_card(p_group);
end
$$;
comment on function public.read_procedure_group is 'One procedure group, for an administrator of the unit that decides it';
grant execute on function public.read_procedure_group(uuid) to authenticated;

create function public.save_procedure(p_procedure uuid, p_values jsonb, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_values);
  here public.procedures;
  unit uuid := (asked ->> 'deciding_unit_id')::uuid;
begin
  if p_procedure is not null then
    select * into here from public.procedures where id = p_procedure;
    if not found then
      perform private.fail('404', 'unknown_procedure', 'there is no such procedure');
    end if;
    perform private.unit_of(here.deciding_unit_id);
    unit := coalesce(unit, here.deciding_unit_id);
  elsif unit is null then
    select g.deciding_unit_id into unit from public.procedure_groups as g where g.id = (asked ->> 'procedure_group_id')::uuid;
    if not found then
      perform private.refuse('404', 'unknown_procedure_group', 'procedure_group_id', 'there is no such procedure group');
    end if;
  end if;
  perform private.unit_of(unit);
  select u.organisation_id into here.organisation_id from public.units as u where u.id = unit;
  perform private.one_at_a_time(here.organisation_id);
  if p_procedure is not null then
    perform private.require_revision(p_seen, (select revision from public.procedures where id = p_procedure), private.procedure_card(p_procedure));
  end if;
  return private.put_procedure(here.organisation_id, p_procedure, asked);
end
$$;
comment on function public.save_procedure is
  'Adds a procedure (p_procedure null) or changes one; for administrators of the deciding unit, old and new. PT409 changed_meanwhile, and what put_procedure refuses';
grant execute on function public.save_procedure(uuid, jsonb, integer) to authenticated;

create function public.save_procedure_group(p_group uuid, p_values jsonb, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_values);
  here public.procedure_groups;
  unit uuid := (asked ->> 'deciding_unit_id')::uuid;
begin
  if p_group is not null then
    select * into here from public.procedure_groups where id = p_group;
    if not found then
      perform private.fail('404', 'unknown_procedure_group', 'there is no such procedure group');
    end if;
    perform private.unit_of(here.deciding_unit_id);
    unit := coalesce(unit, here.deciding_unit_id);
  end if;
  perform private.unit_of(unit);
  select u.organisation_id into here.organisation_id from public.units as u where u.id = unit;
  perform private.one_at_a_time(here.organisation_id);
  if p_group is not null then
    perform private.require_revision(p_seen, (select revision from public.procedure_groups where id = p_group), private.procedure_group_card(p_group));
  end if;
  return private.put_procedure_group(here.organisation_id, p_group, asked);
end
$$;
comment on function public.save_procedure_group is
  'Adds a procedure group (p_group null) or changes one; for administrators of the deciding unit, old and new. PT409 changed_meanwhile, and what put_procedure_group refuses';
grant execute on function public.save_procedure_group(uuid, jsonb, integer) to authenticated;

create function public.remove_procedure(p_procedure uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform public.read_procedure(p_procedure);
  delete from public.procedures where id = p_procedure;
end
$$;
comment on function public.remove_procedure is 'Deletes a procedure; no answer names one, so nothing depends on it. For administrators of its unit';
grant execute on function public.remove_procedure(uuid) to authenticated;

create function public.remove_procedure_group(p_group uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform public.read_procedure_group(p_group);
  if exists (select from private.strata where procedure_group_id = p_group) then
    perform private.fail('409', 'group_in_use', 'answers name this procedure group');
  end if;
  delete from public.procedure_groups where id = p_group;
exception when foreign_key_violation then
  perform private.fail('409', 'group_in_use', 'procedures or service points belong to this group');
end
$$;
comment on function public.remove_procedure_group is
  'Deletes a procedure group to which nothing belongs. For administrators of its unit. PT409 group_in_use';
grant execute on function public.remove_procedure_group(uuid) to authenticated;

-- The first page -------------------------------------------------------------------------------------------

create function public.setup_state(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  house uuid;
begin
  perform private.require_role(p_unit, array['administrator', 'leader']);
  select u.organisation_id into house from public.units as u where u.id = p_unit;
  return (
    with reach as materialized (
      select t.descendant_id as id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null
    ),
    points as materialized (
      select p.id, p.is_active,
        exists (select from public.point_checks as c where c.service_point_id = p.id and c.month = private.this_month()) as is_checked
      from public.service_points as p where p.unit_id in (select id from reach)
    ),
    staff as materialized (
      select m.role, count(*) as n from public.members as m
      where m.ended_at is null and m.unit_id in (select id from reach) group by m.role
    )
    select jsonb_build_object(
      'units', (select count(*) - 1 from reach join public.units as u on u.id = reach.id and u.valid_to is null),
      'points', (select count(*) from points where is_active),
      'points_off', (select count(*) from points where not is_active),
      'unchecked', (select count(*) from points where is_active and not is_checked),
      'groups', (select count(*) from public.procedure_groups where organisation_id = house),
      'procedures', (select count(*) from public.procedures where organisation_id = house),
      'questionnaire', (select q.names from public.questionnaires as q where q.id = private.questionnaire_in_force(p_unit)),
      'officers', coalesce((select n from staff where role = 'officer'), 0),
      'leaders', coalesce((select n from staff where role = 'leader'), 0),
      'invited', (select count(*) from public.invitations as i
        where i.unit_id in (select id from reach) and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()),
      'data_protection_contact', (select o.data_protection_contact is not null from public.organisations as o where o.id = house),
      'answered', exists (
        select from private.response_counts as r where r.service_point_id in (select id from points))));
end
$$;
comment on function public.setup_state is
  'What of the set-up is there and what is missing in this subtree: counts, the questionnaire in force, whether anybody has answered. For administrators and leaders';
grant execute on function public.setup_state(uuid) to authenticated;
