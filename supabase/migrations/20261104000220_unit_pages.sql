-- What the set-up pages read about units: a tree of which a page shows one branch, however many units there are,
-- one unit with what stands in the way of closing it, and units to choose from.

create function private.unit_line(u public.units, p_depth integer)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', u.id, 'names', u.names, 'kind', u.kind, 'code', u.code, 'depth', p_depth, 'valid_to', u.valid_to,
    'units', (select count(*) from public.units as below where below.parent_id = u.id and below.valid_to is null),
    'points', (select count(*) from public.service_points as p where p.unit_id = u.id and p.is_active))
$$;
comment on function private.unit_line is 'A unit as a line of the tree: how many open units and points it holds itself';

create function private.unit_path(p_unit uuid, p_from uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with recursive upward as (
    select u.id, u.names, u.parent_id, 0 as step from public.units as u where u.id = p_unit
    union all
    select u.id, u.names, u.parent_id, upward.step + 1
    from upward join public.units as u on u.id = upward.parent_id
    where upward.id <> p_from and upward.step < 50
  )
  select jsonb_agg(jsonb_build_object('id', upward.id, 'names', upward.names) order by upward.step desc) from upward
$$;
comment on function private.unit_path is 'The units from p_from down to p_unit, both included';

create function private.like_all(p_search text)
returns text[]
language sql
immutable
set search_path = ''
as $$
  select array(
    select '%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    from regexp_split_to_table(btrim(private.folded(p_search)), '\s+') as word
    where word <> '')
$$;
comment on function private.like_all is 'What is searched for, as patterns of which a folded text must match every one';

create function public.read_units(p_unit uuid, p_at uuid default null, p_search text default null, p_offset integer default 0, p_closed boolean default false)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
-- The plan for these very words: a generic one would read the whole index.
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  here uuid := coalesce(p_at, p_unit);
  wanted text[] := private.like_all(p_search);
  is_small boolean;
  house uuid;
  lines jsonb;
  found bigint;
begin
  perform private.require_role(p_unit, array['administrator']);
  if here <> p_unit then
    perform private.require_role(here, array['administrator']);
  end if;
  select u.organisation_id into house from public.units as u where u.id = here;
  if wanted <> '{}' or p_closed then
    with matching as (
      select u.id, u.search from public.units as u
      where u.organisation_id = house and u.search like coalesce(wanted[1], '%') and u.search like all (wanted) and (u.valid_to is not null) = p_closed
        and (here = house or exists (
          select from public.unit_tree as t where t.ancestor_id = here and t.descendant_id = u.id and t.valid_to is null))
    )
    select (select count(*) from matching), (
      select jsonb_agg(private.unit_line(u, 0) || jsonb_build_object('path', private.unit_path(u.parent_id, p_unit)) order by m.place)
      from (select id, row_number() over (order by search, id) as place from matching order by search, id
            offset greatest(p_offset, 0) limit 50) as m
      join public.units as u on u.id = m.id)
    into found, lines;
  else
    -- A small branch is shown whole, of a large one only what stands directly in it.
    select count(*) <= 60 into is_small from (
      select from public.unit_tree as t where t.ancestor_id = here and t.valid_to is null limit 61) as first_ones;
    if is_small then
      select count(*) - 1, jsonb_agg(private.unit_line(u, o.depth) order by o.place) filter (where o.depth > 0) into found, lines
      from private.units_in_order(here) as o join public.units as u on u.id = o.unit_id;
    else
      select count(*) into found from public.units as u where u.parent_id = here and u.valid_to is null;
      select jsonb_agg(private.unit_line(u, 1) order by u.sort, u.names ->> 'vi', u.id) into lines
      from (select * from public.units where parent_id = here and valid_to is null
            order by sort, names ->> 'vi', id offset greatest(p_offset, 0) limit 50) as u;
    end if;
  end if;
  return jsonb_build_object(
    'at', (select private.unit_line(u, 0) from public.units as u where u.id = here),
    'path', private.unit_path(here, p_unit),
    'whole', coalesce(is_small, false), 'total', found, 'units', coalesce(lines, '[]'),
    'closed', (select count(*) from public.units as u where u.organisation_id = house and u.valid_to is not null
               and exists (select from public.unit_tree as t where t.ancestor_id = here and t.descendant_id = u.id and t.valid_to is null)));
end
$$;
comment on function public.read_units is
  'One branch of the tree for an administrator: whole when it holds at most 60 units, otherwise fifty units directly under p_at; or what p_search finds in it by name and code, without diacritics; p_closed lists closed units';
grant execute on function public.read_units(uuid, uuid, text, integer, boolean) to authenticated;
create index units_closed_idx on public.units (organisation_id) where valid_to is not null;

create function private.successions_of(p_unit uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'predecessors', coalesce((
      select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'on', s.on_day) order by s.on_day desc, u.names ->> 'vi')
      from public.unit_successions as s join public.units as u on u.id = s.predecessor_id where s.successor_id = p_unit), '[]'),
    'successors', coalesce((
      select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'on', s.on_day) order by s.on_day desc, u.names ->> 'vi')
      from public.unit_successions as s join public.units as u on u.id = s.successor_id where s.predecessor_id = p_unit), '[]'))
$$;
comment on function private.successions_of is 'Which units came before and after this one, for the links between their results';

create function public.read_unit(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
begin
  return private.unit_card(p_unit) || private.successions_of(p_unit) || jsonb_build_object(
    'removable', here.parent_id is not null and private.is_unused(p_unit),
    'has_answers', exists (select from private.strata where receiving_unit_id = p_unit or deciding_unit_id = p_unit),
    'members', (select count(*) from public.members where unit_id = p_unit and ended_at is null),
    'open_units', coalesce((
      select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names) order by u.sort, u.names ->> 'vi')
      from public.units as u where u.parent_id = p_unit and u.valid_to is null), '[]'),
    'open_points', coalesce((
      select jsonb_agg(jsonb_build_object('id', p.id, 'names', p.labels) order by p.labels ->> 'vi')
      from public.service_points as p where p.unit_id = p_unit and p.is_active), '[]'),
    'decides', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'names', g.names) order by g.code)
      from public.procedure_groups as g where g.deciding_unit_id = p_unit), '[]'),
    'decided_procedures', (select count(*) from public.procedures where deciding_unit_id = p_unit),
    'decided_points', coalesce((
      select jsonb_agg(jsonb_build_object('id', p.id, 'names', p.labels) order by p.labels ->> 'vi')
      from public.service_points as p where p.default_deciding_unit_id = p_unit and p.is_active), '[]'));
end
$$;
comment on function public.read_unit is 'One unit for its administrator: with what came before and after, and what stands in the way of closing or removing it';
grant execute on function public.read_unit(uuid) to authenticated;

create function public.choose_units(p_unit uuid, p_everywhere boolean default false, p_search text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  reach uuid := p_unit;
  wanted text[] := private.like_all(p_search);
  is_small boolean;
begin
  perform private.require_role(p_unit, array['administrator']);
  if p_everywhere then
    select u.organisation_id into reach from public.units as u where u.id = p_unit;
  end if;
  if wanted <> '{}' then
    return jsonb_build_object('whole', false, 'units', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'names', f.names, 'code', f.code, 'depth', 0, 'above', f.above) order by f.names ->> 'vi')
      from (
        select u.id, u.names, u.code, (select above.names from public.units as above where above.id = u.parent_id) as above
        from public.units as u
        where u.organisation_id = (select h.organisation_id from public.units as h where h.id = p_unit)
          and u.search like coalesce(wanted[1], '%') and u.search like all (wanted) and u.valid_to is null
          and exists (select from public.unit_tree as t where t.ancestor_id = reach and t.descendant_id = u.id and t.valid_to is null)
        order by char_length(u.search), u.id limit 20
      ) as f), '[]'));
  end if;
  select count(*) <= 300 into is_small from (
    select from public.unit_tree as t where t.ancestor_id = reach and t.valid_to is null limit 301) as first_ones;
  return jsonb_build_object('whole', is_small, 'units', case when is_small then (
    select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'code', u.code, 'depth', o.depth, 'above', null) order by o.place)
    from private.units_in_order(reach) as o join public.units as u on u.id = o.unit_id
    where u.valid_to is null) else '[]' end);
end
$$;
comment on function public.choose_units is
  'Units for an administrator to choose from: all of the subtree (or the organisation) when there are at most 300, otherwise only what p_search finds, twenty at most';
grant execute on function public.choose_units(uuid, boolean, text) to authenticated;
