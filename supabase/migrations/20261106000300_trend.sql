-- The trend of a unit: one measure over the closed months, quarters or years, and what happened beside it.
-- Limits, breaks and comparisons are told in src/lib/scoring/control-chart.ts and src/lib/compare/trend.ts.

create function private.events_of(p_unit public.units, p_measure text, p_from date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with below as materialized (
    select distinct t.descendant_id as id from public.unit_tree as t where t.ancestor_id = p_unit.id
  ),
  merged as (
    select s.on_day, before.names as before, after.names as after
    from public.unit_successions as s
    join public.units as before on before.id = s.predecessor_id
    join public.units as after on after.id = s.successor_id
    where s.organisation_id = p_unit.organisation_id and s.on_day >= p_from
      and (s.predecessor_id in (select id from below) or s.successor_id in (select id from below))
    order by s.on_day desc
    limit 40
  ),
  done as (
    select d.done_on, d.text, d.subject
    from below join private.done_notes as d on d.unit_id = below.id
    -- A note without a subject, or about the whole, belongs to every measure.
    where d.done_on >= p_from
      and (p_measure = 'S0' or coalesce(d.subject, 'S0') = 'S0' or left(d.subject, 1) = left(p_measure, 1))
    order by d.done_on desc, d.id
    limit 40
  )
  select jsonb_build_object(
    'successions', (select coalesce(jsonb_agg(jsonb_build_object('on', on_day, 'before', before, 'after', after) order by on_day), '[]') from merged),
    'done', (select coalesce(jsonb_agg(jsonb_build_object('on', done_on, 'text', text) order by done_on), '[]') from done))
$$;
comment on function private.events_of is
  'What happened in a unit or below it since a day: units that were merged or split, and the notes "Chúng tôi đã làm" that are about the measure';

create function private.versions_behind(p_unit public.units, p_measure text, p_codes text[])
returns jsonb
language sql
stable
set search_path = ''
as $$
  -- Which versions a figure was made of is no figure. It is read off the released sums: crossed cells leave some answers out.
  with asked as (
    select y.*, private.month_end(o.scheme, y.last_label) as ends_on
    from public.organisations as o
    cross join unnest(p_codes) as listed (code)
    cross join lateral private.period(listed.code) as y
    where o.id = p_unit.organisation_id and private.is_closed(o.id, y.last_label)
  ),
  counted as (
    select distinct s.version_id, m.month, case when private.counts_for_deciding('measure:' || p_measure) then s.deciding_unit_id else s.receiving_unit_id end as unit_id
    from private.strata as s
    join private.person_months as m on m.stratum_id = s.id and m.measure = p_measure and m.persons > 0
    where s.organisation_id = p_unit.organisation_id and s.pool <> 'imported'
      and m.month between (select min(a.first_label) from asked as a) and (select max(a.last_label) from asked as a)
  ),
  used as (
    select c.version_id as id, array_agg(distinct a.code) as periods
    from asked as a
    join counted as c on c.month between a.first_label and a.last_label
    join public.unit_tree as t on t.ancestor_id = p_unit.id and t.descendant_id = c.unit_id
      and t.valid_from <= a.ends_on and (t.valid_to is null or t.valid_to > a.ends_on)
    group by 1
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number, 'names', q.names, 'periods', used.periods,
    'since', (v.published_at at time zone 'Asia/Ho_Chi_Minh')::date,
    'items', (select coalesce(jsonb_agg(i.code order by i.code), '[]') from private.version_items as i where i.version_id = v.id and i.measure = p_measure))
    order by v.published_at, v.id), '[]')
  from used
  join public.questionnaire_versions as v on v.id = used.id
  join public.questionnaires as q on q.id = v.questionnaire_id
$$;
comment on function private.versions_behind is 'The questionnaire versions behind a unit''s closed figures of a measure, in which periods, and which items they count in it';

create function public.office_trend(p_unit uuid, p_measure text default null, p_step text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units;
  house public.organisations;
  measures text[];
  chosen text;
  steps text[];
  step text;
  quarters integer;
  closed jsonb;
  codes text[];
  shown jsonb;
  listed jsonb;
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  select * into house from public.organisations where id = here.organisation_id;
  select array_agg(distinct substr(f.subject, 9) order by substr(f.subject, 9)) into measures
  from private.figures as f
  where f.unit_id = p_unit and f.cross_kind = 'none' and f.subject like 'measure:%';
  chosen := case when p_measure = any (measures) then p_measure when 'S0' = any (measures) then 'S0' else measures[1] end;
  select coalesce(jsonb_agg(jsonb_build_object('code', p.code, 'kind', p.kind, 'start', p.starts_on, 'end', p.ends_on, 'closed', true)
    order by p.starts_on), '[]') into closed
  from private.listed_periods(here.organisation_id) as p
  where p.is_closed and p.kind in ('month', 'quarter', 'year');
  select array_agg(distinct entry ->> 'kind'), count(*) filter (where entry ->> 'kind' = 'quarter') into steps, quarters
  from jsonb_array_elements(closed) as entry;
  -- Quarters once there are enough of them for limits, months before; the newest forty.
  step := case when p_step = any (steps) then p_step when quarters >= 5 then 'quarter' else steps[1] end;
  select coalesce(jsonb_agg(newest.entry order by newest.entry ->> 'start'), '[]'), array_agg(newest.entry ->> 'code')
  into listed, codes
  from (
    select entry from jsonb_array_elements(closed) as entry where entry ->> 'kind' = step order by entry ->> 'start' desc limit 40
  ) as newest;
  select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id, 'period', f.period)), '[]') into shown
  from private.figures as f
  where f.organisation_id = here.organisation_id and f.period = any (codes) and f.cross_kind = 'none'
    and f.unit_id = p_unit and f.subject = 'measure:' || chosen;
  return jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place), '[]')
      from private.compared_units(p_unit) as t join public.units as u on u.id = t.unit_id),
    'measure', chosen, 'measures', coalesce(to_jsonb(measures), '[]'),
    'step', step, 'steps', coalesce(to_jsonb(steps), '[]'),
    'periods', listed, 'cells', shown,
    'versions', private.versions_behind(here, chosen, codes)
  ) || private.events_of(here, chosen, coalesce((listed -> 0 ->> 'start')::date, private.today()));
end
$$;
comment on function public.office_trend is
  'One measure of a unit over its closed months, quarters or years (default: S0; quarters from five on, else months), with the versions behind it, mergers and done notes: analysts and leaders. What is not there falls back to the nearest. PT403 not_allowed';
grant execute on function public.office_trend(uuid, text, text) to authenticated;
