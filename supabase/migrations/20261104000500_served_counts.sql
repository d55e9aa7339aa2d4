-- How many people were served: one number a day per point (and procedure group), entered on a page, from a file or by
-- a machine with an access token; and the response rate that follows from it.
--
-- A point's number of a day is the number entered for the whole point; without one, the sum of its groups.

create table public.served_counts (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  procedure_group_id uuid references public.procedure_groups (id),
  day date not null,
  served integer not null check (served between 0 and 100000),
  entered_by uuid references public.people (id) on delete set null,
  entered_via text not null check (entered_via in ('page', 'import', 'api')),
  entered_at timestamptz not null default now(),
  unique nulls not distinct (service_point_id, day, procedure_group_id)
);
comment on table public.served_counts is
  'Số lượt phục vụ: people served at a point on a day, for the whole point or for one procedure group. A correction replaces the number and is in the log';
create index served_counts_day_idx on public.served_counts (organisation_id, day);
create index served_counts_unit_id_idx on public.served_counts (unit_id);
create index served_counts_procedure_group_id_idx on public.served_counts (procedure_group_id) where procedure_group_id is not null;
create index served_counts_entered_by_idx on public.served_counts (entered_by);
alter table public.served_counts enable row level security;
revoke all on public.served_counts from public, anon, authenticated;
grant select, insert, update, delete on public.served_counts to service_role;
-- A first entry names who and when itself; thousands of lines of an import would only drown the log.
create trigger served_counts_audit after update or delete on public.served_counts
  for each row execute function private.audit('unit_id');

create function private.put_served(p_point uuid, p_group uuid, p_day date, p_served integer, p_via text)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  point public.service_points;
  known public.served_counts;
begin
  select * into point from public.service_points where id = p_point;
  if not found then
    perform private.fail('404', 'unknown_point', 'there is no such service point');
  elsif p_group is not null and not exists (
    select from public.service_point_groups as g where g.service_point_id = p_point and g.procedure_group_id = p_group
  ) then
    perform private.fail('404', 'unknown_procedure_group', 'this point does not serve this procedure group');
  elsif p_day is null or p_day < '2000-01-01' then
    perform private.fail('422', 'impossible_date', 'this is not a day that can be counted');
  elsif p_day > private.today() then
    perform private.fail('422', 'future_day', 'nobody has been served on a day to come');
  elsif p_served not between 0 and 100000 then
    perform private.fail('422', 'impossible_served', 'a number served is 0 to 100,000');
  end if;
  select * into known from public.served_counts as c
  where c.service_point_id = p_point and c.day = p_day and c.procedure_group_id is not distinct from p_group
  for update;
  if p_served is null then
    delete from public.served_counts where id = known.id;
    return case when known.id is null then 'unchanged' else 'removed' end;
  elsif known.id is null then
    insert into public.served_counts (
      organisation_id, unit_id, service_point_id, procedure_group_id, day, served, entered_by, entered_via)
    values (point.organisation_id, point.unit_id, p_point, p_group, p_day, p_served, private.me(), p_via);
    return 'added';
  elsif known.served = p_served then
    return 'unchanged';
  end if;
  update public.served_counts
  set served = p_served, entered_by = private.me(), entered_via = p_via, entered_at = now()
  where id = known.id;
  return 'changed';
end
$$;
comment on function private.put_served is
  'Enters, corrects or (null) removes one number; says which it was. PT404 unknown_point or unknown_procedure_group, PT422 impossible_date, future_day or impossible_served';

create function public.set_served(p_counts jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  items jsonb := private.unwrapped(p_counts) -> 'items';
  item jsonb;
  outcome text;
  outcomes jsonb := '{"added": 0, "changed": 0, "removed": 0, "unchanged": 0}';
  reach uuid[];
  present integer;
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  elsif jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) not between 1 and 500 then
    perform private.fail('422', 'malformed', 'p_counts must be {"items": [...]} with 1 to 500 items');
  end if;
  reach := array(select private.my_subtree(array['officer', 'administrator']));
  -- In one order, so that two people who save the same page wait for each other instead of deadlocking.
  for item in
    select e from jsonb_array_elements(items) as e order by e ->> 'point', e ->> 'day', e ->> 'group'
  loop
    if not coalesce((
      select p.unit_id = any (reach) from public.service_points as p where p.id = (item ->> 'point')::uuid), false
    ) then
      perform private.fail('403', 'not_allowed', 'no membership of the caller allows this here');
    end if;
    -- Whoever saves a page says which number stood there; another one that came in between is not overwritten.
    if item ? 'was' then
      select c.served into present from public.served_counts as c
      where c.service_point_id = (item ->> 'point')::uuid and c.day = (item ->> 'day')::date
        and c.procedure_group_id is not distinct from (item ->> 'group')::uuid
      for update;
      present := case when found then present end;
      if present is distinct from (item ->> 'was')::integer and present is distinct from (item ->> 'served')::integer then
        perform private.fail('409', 'changed_meanwhile', 'the number was changed while it was being edited',
          jsonb_build_object('point', item ->> 'point', 'group', item ->> 'group', 'served', present)::text);
      end if;
    end if;
    outcome := private.put_served(
      (item ->> 'point')::uuid, (item ->> 'group')::uuid, (item ->> 'day')::date, (item ->> 'served')::integer, 'page');
    outcomes := jsonb_set(outcomes, array[outcome], to_jsonb((outcomes ->> outcome)::integer + 1));
  end loop;
  return outcomes;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of these counts has the wrong form');
end
$$;
comment on function public.set_served is
  'Enters the numbers of {"items": [{"point", "day", "served", "group", "was"?}]}, all or none; served null takes a number back, was is the number that stood there (PT409 changed_meanwhile). For officers and administrators of the point''s unit';
grant execute on function public.set_served(jsonb) to authenticated;

-- Dates come as text: Supabase Lite answers 500 when a date argument is anything but a string.
create function public.read_served(
  p_unit uuid, p_from text, p_to text, p_search text default null, p_offset integer default 0
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  first_day date;
  last_day date;
  wanted text := nullif(private.folded(btrim(p_search)), '');
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  result jsonb;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader', 'administrator', 'auditor']);
  first_day := p_from::date;
  last_day := p_to::date;
  if last_day < first_day or last_day - first_day > 31 then
    perform private.fail('422', 'impossible_date', 'ask for 1 to 32 days');
  end if;
  with found as (
    select p.id, p.labels, p.kind, u.id as unit_id, u.names, t.place
    from private.units_in_order(p_unit) as t
    join public.service_points as p on p.unit_id = t.unit_id and p.is_active
    join public.units as u on u.id = t.unit_id
    where wanted is null or strpos(private.folded(p.labels ->> 'vi'), wanted) > 0
      or strpos(private.folded(u.names ->> 'vi'), wanted) > 0
  ),
  shown as (
    select * from found order by place, labels ->> 'vi', id offset greatest(p_offset, 0) limit 40
  )
  select jsonb_build_object(
    'today', private.today(),
    'total', (select count(*) from found),
    'points', coalesce((
      select jsonb_agg(jsonb_build_object('id', s.id, 'labels', s.labels, 'kind', s.kind,
        'unit', jsonb_build_object('id', s.unit_id, 'names', s.names),
        'groups', coalesce((
          select jsonb_agg(jsonb_build_object('id', g.id, 'names', g.names) order by sg.position)
          from public.service_point_groups as sg join public.procedure_groups as g on g.id = sg.procedure_group_id
          where sg.service_point_id = s.id), '[]'),
        'counts', coalesce((
          select jsonb_agg(jsonb_build_object('day', c.day, 'group', c.procedure_group_id, 'served', c.served,
            'via', c.entered_via, 'by', who.name) order by c.day, c.procedure_group_id nulls first)
          from public.served_counts as c left join public.people as who on who.id = c.entered_by
          where c.service_point_id = s.id and c.day between first_day and last_day), '[]')
      ) order by s.place, s.labels ->> 'vi', s.id)
      from shown as s), '[]'),
    -- Days on which a number is missing at some point of the whole subtree: what there is to catch up with.
    'missing', coalesce((
      select jsonb_agg(jsonb_build_object('day', d.day, 'points', d.points) order by d.day)
      from (
        select each.day::date as day, count(*) as points
        from generate_series(first_day, least(last_day, private.today()), interval '1 day') as each (day)
        cross join found as f
        join public.service_points as p on p.id = f.id
        where f.kind <> 'link' and private.is_working_day(house, each.day::date)
          -- Nobody owes a number for days before there was anything to count.
          and (each.day::date >= (p.created_at at time zone 'Asia/Ho_Chi_Minh')::date
            or exists (select from private.response_counts as r where r.day = each.day::date and r.service_point_id = f.id))
          and not exists (select from public.served_counts as c where c.service_point_id = f.id and c.day = each.day::date)
        group by 1
      ) as d), '[]'))
  into result;
  return result;
exception
  when data_exception then
    perform private.fail('422', 'impossible_date', 'these are not days');
end
$$;
comment on function public.read_served is
  'Forty active points of the subtree with their numbers from p_from to p_to, how many points there are, and on which working days numbers are missing; for every member of the unit';
grant execute on function public.read_served(uuid, text, text, text, integer) to authenticated;

create function private.served_in(p_organisation uuid, p_unit uuid, p_from date, p_to date)
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
  select sum(d.served)
  from (
    select coalesce(max(c.served) filter (where c.procedure_group_id is null), sum(c.served)) as served
    from public.served_counts as c
    join public.service_points as p on p.id = c.service_point_id
    join public.unit_tree as t on t.descendant_id = p.unit_id and t.ancestor_id = p_unit and t.valid_to is null
    where c.organisation_id = p_organisation and c.day between p_from and p_to
    group by c.service_point_id, c.day
  ) as d
$$;
comment on function private.served_in is 'People served at the points of a unit and below in a range of days, as far as entered; null when nothing was';

-- Response rate ------------------------------------------------------------------------------------------

create function private.response_rates(p_organisation uuid, p_period text)
returns table (unit_id uuid, answered bigint, served bigint)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  chosen record;
  scheme text := (select o.scheme from public.organisations as o where o.id = p_organisation);
  first_day date;
  period_end date;
  last_day date;
begin
  -- Most organisations begin without these numbers: they pay for one look-up.
  if not exists (select from public.served_counts as c where c.organisation_id = p_organisation) then
    return;
  end if;
  select * into chosen from private.period(p_period);
  first_day := private.month_start(scheme, chosen.first_label);
  period_end := private.month_end(scheme, chosen.last_label);
  -- A running period is read up to the day that has been released: what its figures hold.
  last_day := least(period_end, (
    select min(mark.released_through) from private.release_marks as mark
    where mark.organisation_id = p_organisation and mark.pool <> 'imported'));
  return query
  with daily as (
    select c.service_point_id, c.day,
      coalesce(max(c.served) filter (where c.procedure_group_id is null), sum(c.served)) as served
    from public.served_counts as c
    where c.organisation_id = p_organisation and c.day between first_day and last_day
    group by 1, 2
  ),
  -- Who answers by a link was not served at a place, unless somebody counts there too.
  point as (
    select p.id, p.unit_id, p.is_active, (p.created_at at time zone 'Asia/Ho_Chi_Minh')::date as since
    from public.service_points as p
    where p.organisation_id = p_organisation
      and (p.kind <> 'link' or exists (select from daily as d where d.service_point_id = p.id))
  ),
  working_day as (
    select day::date as day from generate_series(first_day, last_day, interval '1 day') as day
    where private.is_working_day(p_organisation, day::date)
  ),
  needed as (
    select p.id, w.day from point as p join working_day as w on w.day >= p.since where p.is_active
    union
    select p.id, r.day from point as p
    join private.response_counts as r on r.service_point_id = p.id
    where r.day between first_day and last_day and r.pool <> 'imported'
  ),
  unknown as (
    select distinct n.id from needed as n
    left join daily as d on d.service_point_id = n.id and d.day = n.day
    where d.served is null
  ),
  answers as (
    select s.receiving_unit_id as at_unit, sum(m.persons) as persons
    from private.person_months as m
    join private.strata as s on s.id = m.stratum_id and s.organisation_id = p_organisation and s.pool <> 'imported'
    join point as p on p.id = s.service_point_id
    where m.month between chosen.first_label and chosen.last_label and m.measure = 'S0'
    group by 1
  ),
  own as (
    select p.unit_id as at_unit, sum(d.served) as served, bool_or(u.id is not null) as is_unknown
    from point as p
    left join (select service_point_id, sum(daily.served) as served from daily group by 1) as d on d.service_point_id = p.id
    left join unknown as u on u.id = p.id
    group by 1
  ),
  whole as (
    select t.ancestor_id, sum(a.persons)::bigint as answered, sum(o.served)::bigint as served, coalesce(bool_or(o.is_unknown), false) as is_unknown
    from public.unit_tree as t
    left join answers as a on a.at_unit = t.descendant_id
    left join own as o on o.at_unit = t.descendant_id
    where (a.at_unit is not null or o.at_unit is not null)
      and t.valid_from <= period_end and (t.valid_to is null or t.valid_to > period_end)
    group by 1
  )
  select w.ancestor_id, w.answered, w.served
  from whole as w
  join private.figures as f on f.organisation_id = p_organisation and f.period = p_period and f.unit_id = w.ancestor_id
    and f.cross_kind = 'none' and f.subject = 'measure:S0' and f.is_shown
  -- Neither the answers counted nor those left out (by a link) may be fewer than may be shown anywhere.
  where not w.is_unknown and w.served > 0 and w.answered >= 10
    and (f.persons <= w.answered or f.persons - w.answered >= 10);
end
$$;
comment on function private.response_rates is
  'Released answers and people served per unit (with all below it) of a period, only where the overall figure is shown and the number served is known for every point that serves people: on each working day and on each day with answers';

create function private.rates_of(p_organisation uuid, p_period text, p_unit uuid default null)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('unit_id', r.unit_id, 'answered', r.answered, 'served', r.served)), '[]')
  from private.response_rates(p_organisation, p_period) as r
  where p_unit is null or r.unit_id = p_unit
$$;
comment on function private.rates_of is 'response_rates() as pages read it, of all units or one';
