-- What the people of a unit read about it: answers received today, what waits for its release and why, and the
-- released figures of a period and the one before it. Suppressed exactly as for the public, and also where nothing
-- is published.

create function private.fact_texts(p_organisation uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(newest.code, newest.texts), '{}')
  from (
    select distinct on (fact ->> 'code') fact ->> 'code' as code,
      jsonb_build_object('text', fact -> 'text', 'choices', fact -> 'choices') as texts
    from public.questionnaire_versions as v
    join public.questionnaires as q on q.id = v.questionnaire_id and q.organisation_id = p_organisation
    cross join lateral jsonb_array_elements(coalesce(v.definition -> 'facts', '[]')) as fact
    where v.published_at is not null
    order by fact ->> 'code', v.published_at desc, v.number desc
  ) as newest
$$;
comment on function private.fact_texts is 'What each optional question asks and offers, in the words of the newest published version that has it';

create function private.subtree_points(p_unit uuid)
returns table (service_point_id uuid, unit_id uuid)
language sql
stable
set search_path = ''
as $$
  select point.id, point.unit_id
  from public.unit_tree as t
  join public.service_points as point on point.unit_id = t.descendant_id
  where t.ancestor_id = p_unit and t.valid_to is null
$$;
comment on function private.subtree_points is 'The service points of a unit and of all units below it, by today''s tree';

create function private.waiting_at(p_unit uuid)
returns table (service_point_id uuid, today integer, waiting integer)
language plpgsql
stable
set plan_cache_mode = force_custom_plan
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  -- Days that every pool has released are not even looked at.
  earliest date := (
    select min(coalesce(mark.released_through, '-infinity'))
    from (select distinct s.pool from private.strata as s where s.organisation_id = house and s.pool <> 'imported') as used
    left join private.release_marks as mark on mark.organisation_id = house and mark.pool = used.pool);
begin
  return query
  with fresh as (
    select r.service_point_id as point,
      sum(r.responses) filter (where r.day = private.today()) as today,
      sum(r.responses) filter (where mark.pool is null or r.day > mark.released_through) as unreleased
    from private.subtree_points(p_unit) as here
    join private.response_counts as r
      on r.service_point_id = here.service_point_id and r.day >= least(earliest, private.today()) and r.pool <> 'imported'
    left join private.release_marks as mark on mark.organisation_id = house and mark.pool = r.pool
    group by 1
  ),
  kept as (
    select line.service_point_id as point, sum(line.waiting) as kept
    from private.release_lines as line
    join private.subtree_points(p_unit) as here on here.service_point_id = line.service_point_id
    where line.organisation_id = house and line.subject = 'comments' and line.pool <> 'imported'
    group by 1
  )
  select coalesce(fresh.point, kept.point), coalesce(fresh.today, 0)::integer,
    (coalesce(fresh.unreleased, 0) + coalesce(kept.kept, 0))::integer
  from fresh full join kept on kept.point = fresh.point;
end
$$;
comment on function private.waiting_at is 'Per point of a subtree: answers received today, and answers that no figure counts yet';

create function private.office_period(p_organisation uuid, p_period text)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  chosen text := p_period;
  listed jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object(
      'code', code, 'kind', kind, 'start', starts_on, 'end', ends_on, 'closed', is_closed) order by starts_on, months), '[]')
  into listed
  from private.listed_periods(p_organisation);
  if chosen is null then
    -- The running quarter; before its first release the newest one that holds answers.
    select entry ->> 'code' into chosen from jsonb_array_elements(listed) as entry
    where entry ->> 'kind' = 'quarter' order by entry ->> 'start' desc limit 1;
  elsif not exists (
    select from private.period(chosen) as known join jsonb_array_elements(listed) as entry on entry ->> 'code' = known.code
  ) then
    perform private.fail('422', 'unknown_period', 'there are no answers in this period');
  end if;
  return jsonb_build_object('periods', listed,
    'period', (select entry from jsonb_array_elements(listed) as entry where entry ->> 'code' = chosen),
    'before', (
      select earlier
      from jsonb_array_elements(listed) as entry
      join jsonb_array_elements(listed) as earlier
        on earlier ->> 'kind' = entry ->> 'kind'
        -- Halves and nine months have a gap between them: they are compared with those of the year before.
        and ((earlier ->> 'end')::date = (entry ->> 'start')::date - 1
          or entry ->> 'kind' in ('half', 'nine_months')
            and (earlier ->> 'end')::date between (entry ->> 'end')::date - 366 and (entry ->> 'end')::date - 365)
      where entry ->> 'code' = chosen));
end
$$;
comment on function private.office_period is 'All listed periods, the chosen one (default: the running quarter) and the one of its kind just before; PT422 unknown_period';

create function public.office_results(p_unit uuid, p_period text default null, p_point uuid default null)
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
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  select * into house from public.organisations where id = here.organisation_id;
  if p_point is not null and not exists (select from public.service_points where id = p_point and unit_id = p_unit) then
    perform private.fail('404', 'unknown_point', 'this unit has no such service point');
  end if;
  frame := private.office_period(here.organisation_id, p_period);
  return frame || jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'today', private.today(),
    'unit', jsonb_build_object('id', here.id, 'names', here.names, 'parent', (
        select jsonb_build_object('id', above.id, 'names', above.names) from public.units as above where above.id = here.parent_id),
      'receives', exists (select from private.subtree_points(p_unit)),
      'decides', exists (
        select from private.strata as s
        join public.unit_tree as t on t.descendant_id = s.deciding_unit_id and t.ancestor_id = p_unit
        where s.organisation_id = here.organisation_id)) || private.successions_of(p_unit),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names) order by u.sort, u.names ->> 'vi'), '[]')
      from public.units as u where u.parent_id = p_unit and u.valid_to is null),
    -- A point staffed by one person has no figures of its own, so it is not offered.
    'own_points', (
      select coalesce(jsonb_agg(jsonb_build_object('id', own.id, 'labels', own.labels) order by own.labels ->> 'vi'), '[]')
      from public.service_points as own where own.unit_id = p_unit and own.staffed_by = 'several'),
    'received_today', (
      select coalesce(sum(w.today), 0) from private.waiting_at(p_unit) as w where p_point is null or w.service_point_id = p_point),
    'waiting', (
      select coalesce(sum(w.waiting), 0) from private.waiting_at(p_unit) as w where p_point is null or w.service_point_id = p_point),
    'points', (
      select coalesce(jsonb_agg(jsonb_build_object('id', point.id, 'labels', point.labels,
        'unit', jsonb_build_object('id', u.id, 'names', u.names), 'today', listed.today, 'waiting', listed.waiting)
        order by u.sort, u.names ->> 'vi', point.labels ->> 'vi'), '[]')
      from (
        select w.* from private.waiting_at(p_unit) as w
        where (w.today > 0 or w.waiting > 0) and (p_point is null or w.service_point_id = p_point)
        order by w.waiting desc, w.service_point_id limit 60
      ) as listed
      join public.service_points as point on point.id = listed.service_point_id
      join public.units as u on u.id = point.unit_id),
    'excluded', case when p_point is null then private.excluded_in(p_unit, frame -> 'period' ->> 'code') else 0 end,
    -- The rate of a single point is not a figure.
    'rates', case when p_point is null then private.rates_of(house.id, frame -> 'period' ->> 'code', p_unit) else '[]' end,
    'now', private.unit_figures(here, frame -> 'period' ->> 'code', p_point),
    'earlier', private.unit_figures(here, frame -> 'before' ->> 'code', p_point),
    'item_texts', private.item_texts(here.organisation_id),
    'fact_texts', private.fact_texts(here.organisation_id) - 'F2');
end
$$;
comment on function public.office_results is
  'The picture of a unit with all below it, or of one of its own points, for its officers, analysts and leaders: received today, waiting, the figures of a listed period (default: the running quarter) and the one before: PT403 not_allowed, PT404 unknown_point, PT422 unknown_period';
grant execute on function public.office_results(uuid, text, uuid) to authenticated;

create function public.office_units(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place)
    from (select * from private.units_in_order(p_unit) order by place limit 500) as t
    join public.units as u on u.id = t.unit_id), '[]');
end
$$;
comment on function public.office_units is 'The first 500 units of a subtree in tree order, p_unit first: whose picture its officers, analysts and leaders may open';
grant execute on function public.office_units(uuid) to authenticated;
