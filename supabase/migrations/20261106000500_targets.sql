-- What an organisation sets beside its figures: targets of satisfaction, who leads the work on a dimension, and the goals
-- of the province's indices as text. Figures are compared with targets in src/lib/scoring/target.ts, never here.

create table private.targets (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  dimension text not null check (dimension in ('overall', 'access', 'procedure', 'conduct', 'result', 'complaints')),
  period text not null check (period ~ '^20[0-9]{2}-(M(0[1-9]|1[0-2])|Q[1-4]|H1|9M|Y)$'),
  permille integer not null check (permille between 1 and 1000),
  source text not null default '' check (char_length(source) <= 200),
  revision integer not null default 1,
  unique (unit_id, dimension, period)
);
comment on table private.targets is
  'Chỉ tiêu: the share of satisfied persons that a leader sets for a unit with all below it, per dimension and period; holds within the period too';
create index targets_organisation_id_idx on private.targets (organisation_id);
alter table private.targets enable row level security;
revoke all on private.targets from public, anon, authenticated;
grant select on private.targets to service_role;
create trigger targets_revision before update on private.targets for each row execute function private.next_revision();
create trigger targets_audit after insert or update or delete on private.targets for each row execute function private.audit('unit_id');

create table private.owner_maps (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  owners jsonb not null check (jsonb_typeof(owners) = 'object'),
  revision integer not null default 1
);
comment on table private.owner_maps is
  'Who leads the work on each dimension, in the organisation''s words, blank for nobody; without a row the plan of the seeds holds (src/lib/compare/owners.ts)';
alter table private.owner_maps enable row level security;
revoke all on private.owner_maps from public, anon, authenticated;
grant select on private.owner_maps to service_role;
create trigger owner_maps_revision before update on private.owner_maps for each row execute function private.next_revision();
create trigger owner_maps_audit after insert or update or delete on private.owner_maps for each row execute function private.audit('');

create table private.index_goals (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  index_name text not null check (char_length(index_name) between 1 and 60),
  year integer not null check (year between 2000 and 2100),
  text text not null check (char_length(text) between 1 and 300),
  source text not null check (char_length(source) between 1 and 200),
  revision integer not null default 1
);
comment on table private.index_goals is
  'Results and goals of the province''s indices (SIPAS, PAR INDEX, PAPI) as text with year and source: context beside the figures, never computed from them';
create index index_goals_organisation_id_idx on private.index_goals (organisation_id, year desc);
alter table private.index_goals enable row level security;
revoke all on private.index_goals from public, anon, authenticated;
grant select on private.index_goals to service_role;
create trigger index_goals_revision before update on private.index_goals for each row execute function private.next_revision();
create trigger index_goals_audit after insert or update or delete on private.index_goals for each row execute function private.audit('');

-- Targets ------------------------------------------------------------------------------------------------------

create function private.targets_in_force(p_unit uuid, p_period text, p_below boolean default true)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('unit_id', found.unit_id, 'dimension', found.dimension, 'permille', found.permille,
    'period', found.period, 'source', found.source, 'set_at', jsonb_build_object('id', found.set_at, 'names', found.names))
    order by found.place, found.dimension), '[]')
  from (
    -- The nearest unit upwards decides, then the shortest period that holds the one asked for.
    select distinct on (c.unit_id, g.dimension) c.unit_id, c.place, g.dimension, g.permille, g.period, g.source, u.id as set_at, u.names
    from private.compared_units(p_unit) as c
    join public.unit_tree as t on t.descendant_id = c.unit_id and t.valid_to is null
    join private.targets as g on g.unit_id = t.ancestor_id
    join public.units as u on u.id = g.unit_id
    join private.year_periods(left(p_period, 4)::integer) as asked on asked.code = p_period
    join private.year_periods(left(p_period, 4)::integer) as holding
      on holding.code = g.period and holding.first_label <= asked.first_label and holding.last_label >= asked.last_label
    where p_below or c.unit_id = p_unit
    order by c.unit_id, g.dimension, t.depth, holding.months
  ) as found
$$;
comment on function private.targets_in_force is
  'The target that holds for each unit of a subtree and each dimension in a period, and where it was set';

create function private.target_card(t private.targets)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', t.id, 'dimension', t.dimension, 'period', t.period, 'permille', t.permille, 'source', t.source,
    'revision', t.revision, 'may_change', private.has_role(t.unit_id, array['leader']),
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = t.unit_id))
$$;
comment on function private.target_card is 'A target as its page shows it';

create function public.list_targets(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  return jsonb_build_object(
    'may_change', private.has_role(p_unit, array['leader']),
    'year', (
      select extract(year from private.month_label(o.scheme, private.today()))::integer
      from public.organisations as o join public.units as u on u.organisation_id = o.id where u.id = p_unit),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', c.depth) order by c.place), '[]')
      from private.compared_units(p_unit) as c join public.units as u on u.id = c.unit_id),
    'targets', (
      select coalesce(jsonb_agg(private.target_card(g) order by left(g.period, 4) desc, up.depth desc nulls last, c.place, g.dimension, g.period), '[]')
      from private.targets as g
      left join private.compared_units(p_unit) as c on c.unit_id = g.unit_id
      -- What is set above holds here too.
      left join public.unit_tree as up on up.ancestor_id = g.unit_id and up.descendant_id = p_unit and up.valid_to is null
      where c.unit_id is not null or up.ancestor_id is not null));
end
$$;
comment on function public.list_targets is 'The targets of a subtree and those set above that hold there; analysts and leaders';
grant execute on function public.list_targets(uuid) to authenticated;

create function public.unit_targets(p_unit uuid, p_period text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  perform private.period(p_period);
  return private.targets_in_force(p_unit, p_period, false);
end
$$;
comment on function public.unit_targets is 'The targets that hold for one unit in a period: PT422 unknown_period; its officers, analysts and leaders';
grant execute on function public.unit_targets(uuid, text) to authenticated;

create function public.put_target(p_unit uuid, p_values jsonb, p_target uuid default null, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_values);
  kept private.targets;
  made uuid;
begin
  perform private.require_role(p_unit, array['leader']);
  perform private.period(coalesce(given ->> 'period', ''));
  if coalesce(given ->> 'dimension', '') not in ('overall', 'access', 'procedure', 'conduct', 'result', 'complaints')
    or coalesce(given ->> 'permille', '') !~ '^[0-9]{1,4}$' or (given ->> 'permille')::integer not between 1 and 1000
    or char_length(coalesce(given ->> 'source', '')) > 200 then
    perform private.fail('422', 'impossible_target', 'a target is a dimension and a share between 0.1 and 100 percent');
  end if;
  if exists (
    select from private.targets as g
    where g.unit_id = p_unit and g.dimension = given ->> 'dimension' and g.period = given ->> 'period' and g.id is distinct from p_target) then
    perform private.fail('409', 'target_exists', 'this unit has a target for this dimension and period');
  end if;
  if p_target is null then
    insert into private.targets (organisation_id, unit_id, dimension, period, permille, source)
    select u.organisation_id, u.id, given ->> 'dimension', given ->> 'period', (given ->> 'permille')::integer, btrim(coalesce(given ->> 'source', ''))
    from public.units as u where u.id = p_unit
    returning id into made;
    return made;
  end if;
  select * into kept from private.targets where id = p_target for update;
  if not found then
    perform private.fail('404', 'unknown_target', 'there is no such target');
  end if;
  perform private.require_role(kept.unit_id, array['leader']);
  perform private.require_revision(p_seen, kept.revision, private.target_card(kept));
  update private.targets set unit_id = p_unit, dimension = given ->> 'dimension', period = given ->> 'period',
    permille = (given ->> 'permille')::integer, source = btrim(coalesce(given ->> 'source', ''))
  where id = p_target;
  return p_target;
end
$$;
comment on function public.put_target is
  'Sets or changes a target {dimension, period, permille, source}: PT409 target_exists, changed_meanwhile, PT422 impossible_target, unknown_period; a leader of its unit';
grant execute on function public.put_target(uuid, jsonb, uuid, integer) to authenticated;

create function public.remove_target(p_target uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept private.targets;
begin
  select * into kept from private.targets where id = p_target;
  -- Without a row: who may nothing learns nothing of it.
  perform private.require_role(kept.unit_id, array['leader']);
  delete from private.targets where id = p_target;
end
$$;
comment on function public.remove_target is 'Takes a target back; a leader of its unit';
grant execute on function public.remove_target(uuid) to authenticated;

-- Who leads the work on a dimension ------------------------------------------------------------------------------

create function public.read_owner_map(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  perform private.require_role(p_unit, array['analyst', 'leader', 'administrator']);
  return jsonb_build_object('organisation', house, 'may_change', private.has_role(house, array['leader', 'administrator']),
    'owners', (select o.owners from private.owner_maps as o where o.organisation_id = house),
    'revision', coalesce((select o.revision from private.owner_maps as o where o.organisation_id = house), 0));
end
$$;
comment on function public.read_owner_map is 'Who leads the work on each dimension, null while the organisation has set nothing; analysts, leaders, administrators';
grant execute on function public.read_owner_map(uuid) to authenticated;

create function public.put_owner_map(p_organisation uuid, p_owners jsonb, p_seen integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_owners);
  kept private.owner_maps;
begin
  perform private.require_house_role(p_organisation, array['leader', 'administrator']);
  if jsonb_typeof(given) is distinct from 'object' or exists (
    select from jsonb_each(given) as e
    where e.key not in ('access', 'procedure', 'conduct', 'result', 'complaints') or jsonb_typeof(e.value) <> 'string'
      or char_length(e.value #>> '{}') > 120) then
    perform private.fail('422', 'impossible_text', 'an owner per dimension, at most 120 characters');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('owner_map ' || p_organisation, 0));
  select * into kept from private.owner_maps where organisation_id = p_organisation;
  perform private.require_revision(p_seen, coalesce(kept.revision, 0), to_jsonb(kept));
  insert into private.owner_maps (organisation_id, owners) values (p_organisation, given)
  on conflict (organisation_id) do update set owners = excluded.owners;
end
$$;
comment on function public.put_owner_map is
  'Sets who leads the work on each dimension: PT409 changed_meanwhile, PT422 impossible_text; a leader or administrator of the whole organisation';
grant execute on function public.put_owner_map(uuid, jsonb, integer) to authenticated;

-- Indices of the province ------------------------------------------------------------------------------------------

create function private.index_goals_of(p_organisation uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'index', g.index_name, 'year', g.year, 'text', g.text, 'source', g.source,
    'revision', g.revision) order by g.year desc, g.index_name, g.text), '[]')
  from private.index_goals as g where g.organisation_id = p_organisation
$$;
comment on function private.index_goals_of is 'The lines about the province''s indices, the newest year first';

create function public.read_index_goals(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  perform private.require_role(p_unit, array['analyst', 'leader', 'administrator']);
  return jsonb_build_object('organisation', house, 'may_change', private.has_role(house, array['leader', 'administrator']),
    'goals', private.index_goals_of(house));
end
$$;
comment on function public.read_index_goals is 'Results and goals of the province''s indices as text; analysts, leaders, administrators';
grant execute on function public.read_index_goals(uuid) to authenticated;

create function public.put_index_goal(p_organisation uuid, p_values jsonb, p_goal uuid default null, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_values);
  kept private.index_goals;
  made uuid;
begin
  perform private.require_house_role(p_organisation, array['leader', 'administrator']);
  if coalesce(char_length(btrim(given ->> 'index')), 0) not between 1 and 60
    or coalesce(char_length(btrim(given ->> 'text')), 0) not between 1 and 300
    or coalesce(char_length(btrim(given ->> 'source')), 0) not between 1 and 200
    or coalesce(given ->> 'year', '') !~ '^20[0-9]{2}$' then
    perform private.fail('422', 'impossible_text', 'an index, its year, what is said of it, and where that stands');
  end if;
  if p_goal is null then
    insert into private.index_goals (organisation_id, index_name, year, text, source)
    values (p_organisation, btrim(given ->> 'index'), (given ->> 'year')::integer, btrim(given ->> 'text'), btrim(given ->> 'source'))
    returning id into made;
    return made;
  end if;
  select * into kept from private.index_goals where id = p_goal and organisation_id = p_organisation for update;
  if not found then
    perform private.fail('404', 'unknown_goal', 'there is no such line');
  end if;
  perform private.require_revision(p_seen, kept.revision, to_jsonb(kept));
  update private.index_goals set index_name = btrim(given ->> 'index'), year = (given ->> 'year')::integer, text = btrim(given ->> 'text'),
    source = btrim(given ->> 'source')
  where id = p_goal;
  return p_goal;
end
$$;
comment on function public.put_index_goal is
  'Adds or changes a line about an index of the province {index, year, text, source}: PT404 unknown_goal, PT409 changed_meanwhile, PT422 impossible_text; a leader or administrator of the whole organisation';
grant execute on function public.put_index_goal(uuid, jsonb, uuid, integer) to authenticated;

create function public.remove_index_goal(p_organisation uuid, p_goal uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_house_role(p_organisation, array['leader', 'administrator']);
  delete from private.index_goals where id = p_goal and organisation_id = p_organisation;
end
$$;
comment on function public.remove_index_goal is 'Takes a line about an index away; a leader or administrator of the whole organisation';
grant execute on function public.remove_index_goal(uuid, uuid) to authenticated;

-- Beside a comparison ------------------------------------------------------------------------------------------------

create function private.comparison_settings(p_unit uuid, p_period text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  return jsonb_build_object(
    'targets', case when p_period is null then '[]' else private.targets_in_force(p_unit, p_period) end,
    'owners', (select o.owners from private.owner_maps as o where o.organisation_id = house),
    'goals', private.index_goals_of(house),
    'explanations', case when p_period is null then '[]' else private.explanations_of(p_unit, p_period) end);
end
$$;
comment on function private.comparison_settings is
  'What stands beside the figures of a comparison: targets, owners of dimensions, goals of the province''s indices, explanations of falls';
