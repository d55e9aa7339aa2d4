-- Figures weighted to the numbers served: the method's annex, asked for on a page of its own. The strata are figures
-- that may be shown anyway, single points or procedure groups: the two together are no listed figure.
-- How they are merged, weighted and trimmed is told in src/lib/scoring/weights.ts.

create function private.served_strata(p_unit public.units, p_period text, p_kind text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with dates as (
    select private.month_start(o.scheme, p.first_label) as first_day,
      -- A running period is read up to the day that its figures hold.
      least(private.month_end(o.scheme, p.last_label), (
        select min(mark.released_through) from private.release_marks as mark
        where mark.organisation_id = o.id and mark.pool <> 'imported')) as last_day
    from public.organisations as o cross join private.period(p_period) as p
    where o.id = p_unit.organisation_id
  ),
  place as (
    select p.id, p.unit_id, p.labels
    from public.unit_tree as t
    join public.service_points as p on p.unit_id = t.descendant_id
    cross join dates
    where t.ancestor_id = p_unit.id and t.valid_from <= dates.last_day and (t.valid_to is null or t.valid_to > dates.last_day)
  ),
  counted as (
    select place.id as point, c.day, c.procedure_group_id as "group", c.served
    from place
    cross join dates
    join public.served_counts as c on c.service_point_id = place.id and c.day between dates.first_day and dates.last_day
  ),
  served as (
    -- The number of the whole point where it was counted, else those of its groups together.
    select daily.point::text as value, sum(daily.served) as served
    from (
      select point, day, coalesce(max(served) filter (where "group" is null), sum(served)) as served from counted group by 1, 2
    ) as daily
    where p_kind = 'point' group by 1
    union all
    select "group"::text, sum(served) from counted where p_kind = 'group' and "group" is not null group by 1
  ),
  stratum as (
    select f.*, served.served,
      case p_kind
        when 'point' then (select place.labels from place where place.id::text = f.cross_value)
        else (select g.names from public.procedure_groups as g where g.id::text = f.cross_value)
      end as names
    from served
    cross join lateral (
      select place.unit_id as unit from place where p_kind = 'point' and place.id::text = served.value
      union all select p_unit.id where p_kind = 'group'
    ) as at
    join private.figures as f on f.organisation_id = p_unit.organisation_id and f.period = p_period and f.cross_kind = p_kind
      and f.unit_id = at.unit and f.subject = 'measure:S0' and f.cross_value = served.value and f.is_shown
    where served.served > 0
  )
  select coalesce(jsonb_agg(jsonb_build_object('names', names,
    'unit', case p_kind when 'point' then (select u.names from public.units as u where u.id = unit_id) end, 'served', served, 'persons', persons,
    'top2_sum', s1::float8, 'top2_squares', s2::float8) order by names ->> 'vi', cross_value), '[]')
  from stratum
$$;
comment on function private.served_strata is
  'S0 and the number served of each point or procedure group of a unit in a period, where the figure may be shown and somebody counted';

create function public.office_weights(p_unit uuid, p_period text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units;
  house public.organisations;
  frame jsonb;
  code text;
  rates jsonb;
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  select * into house from public.organisations where id = here.organisation_id;
  frame := private.office_period(here.organisation_id, p_period);
  code := frame -> 'period' ->> 'code';
  rates := case when code is null then '[]' else private.rates_of(here.organisation_id, code, p_unit) end;
  return frame || jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place), '[]')
      from private.compared_units(p_unit) as t join public.units as u on u.id = t.unit_id),
    'cells', (
      select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id)), '[]')
      from private.figures as f
      where f.organisation_id = here.organisation_id and f.period = code and f.cross_kind = 'none'
        and f.unit_id = p_unit and f.subject = 'measure:S0'),
    -- Where somebody did not count for part of the period, weights would be wrong.
    'points', case when rates = '[]' then '[]' else private.served_strata(here, code, 'point') end,
    'groups', case when rates = '[]' then '[]' else private.served_strata(here, code, 'group') end);
end
$$;
comment on function public.office_weights is
  'S0 of a unit with the strata to weight it by, service points and procedure groups, where the number served is known for the whole of a listed period (default: the running quarter): analysts and leaders. PT403 not_allowed, PT422 unknown_period';
grant execute on function public.office_weights(uuid, text) to authenticated;
