-- What analysts and leaders read about flagged answers. Figures go by cells of one line, month, rule and set that hold
-- at least 5 persons and leave 0 or at least 5, in months that are over; smaller cells count as not flagged. Whatever
-- is subtracted from what, 0 or at least 5 persons remain.

create function private.flagged_cells(p_organisation uuid, p_first date, p_last date)
returns table (
  month date, service_point_id uuid, receiving_unit_id uuid, deciding_unit_id uuid, measure text, rule text, persons bigint,
  top2_sum numeric, top2_squares numeric, mean_sum numeric, mean_squares numeric
)
language sql
stable
set search_path = ''
as $$
  with cell as materialized (
    select l.month, l.service_point_id, l.pool, l.receiving_unit_id, l.deciding_unit_id, l.subject, t.measure, t.rule, g.set_id, sum(t.persons) as persons,
      sum(t.top2_sum) as top2_sum, sum(t.top2_squares) as top2_squares, sum(t.mean_sum) as mean_sum, sum(t.mean_squares) as mean_squares
    from private.strata as s
    join public.service_points as point on point.id = s.service_point_id and point.staffed_by = 'several'
    join private.flagged_persons as t on t.stratum_id = s.id
    join private.flagged_answers as g on g.day = t.day and g.stratum_id = t.stratum_id and g.rule = t.rule
    join private.line_months as l
      on l.organisation_id = p_organisation and l.pool = s.pool and l.service_point_id = s.service_point_id
      and l.receiving_unit_id = s.receiving_unit_id and l.deciding_unit_id = s.deciding_unit_id
      and l.subject = 'measure:' || t.measure and t.day between l.first_day and l.last_day and l.month between p_first and p_last
    join private.release_marks as mark on mark.organisation_id = p_organisation and mark.pool = s.pool
    join public.organisations as house on house.id = p_organisation
    where s.organisation_id = p_organisation and s.pool <> 'imported'
      -- A month that is not over grows, also by single flagged answers.
      and private.month_end(house.scheme, l.month) <= mark.released_through
      -- Points that cover one person's counter are told as part of whole units only.
      and not exists (
        select from private.cover_points as c
        where c.organisation_id = p_organisation and c.month = l.month and c.subject = l.subject and c.service_point_id = s.service_point_id)
      and not exists (
        select from private.left_out as o
        where o.exclusion_id = g.exclusion_id and o.set_id = g.set_id and o.service_point_id = s.service_point_id and o.pool = s.pool
          and o.receiving_unit_id = s.receiving_unit_id and o.deciding_unit_id = s.deciding_unit_id
          and o.subject = l.subject and o.month = l.month)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(t.persons) >= 5
  ),
  whole as (
    select w.* from private.released_persons((select array_agg(distinct c.service_point_id) from cell as c), p_first, p_last) as w
    where w.subject like 'measure:%'
  ),
  safe as (
    select c.month, c.service_point_id, c.pool, c.receiving_unit_id, c.deciding_unit_id, c.subject
    from cell as c
    join whole as w using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)
    group by 1, 2, 3, 4, 5, 6
    having max(w.persons) = sum(c.persons) or max(w.persons) - sum(c.persons) >= 5
  )
  select c.month, c.service_point_id, c.receiving_unit_id, c.deciding_unit_id, c.measure, c.rule, c.persons,
    c.top2_sum, c.top2_squares, c.mean_sum, c.mean_squares
  from cell as c join safe using (month, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject)
$$;
comment on function private.flagged_cells is
  'Flagged persons of months that are over, per line, month, measure and rule, that figures still count: only cells of at least 5 that leave 0 or at least 5';

create function private.excluded_in(p_unit uuid, p_period text)
returns bigint
language sql
stable
set search_path = ''
as $$
  select coalesce(sum(g.answers), 0)
  from public.units as u
  join public.organisations as o on o.id = u.organisation_id
  join private.year_periods(left(p_period, 4)::integer) as y on y.code = p_period
  join private.exclusions as x on x.organisation_id = o.id and x.state in ('in_force', 'end_proposed', 'end_confirmed')
  join private.flagged_answers as g on g.exclusion_id = x.id
    and g.day between private.month_start(o.scheme, y.first_label) and private.month_end(o.scheme, y.last_label)
  join private.strata as s on s.id = g.stratum_id
  where u.id = p_unit
    and exists (
      select from public.unit_tree as t
      where t.ancestor_id = u.id and t.descendant_id in (s.receiving_unit_id, s.deciding_unit_id)
        and t.valid_from <= private.month_end(o.scheme, y.last_label)
        and (t.valid_to is null or t.valid_to > private.month_end(o.scheme, y.last_label)))
    and exists (
      select from private.left_out as l
      where l.exclusion_id = x.id and l.service_point_id = s.service_point_id and l.pool = s.pool
        and l.receiving_unit_id = s.receiving_unit_id and l.deciding_unit_id = s.deciding_unit_id)
$$;
comment on function private.excluded_in is
  'How many answers exclusions leave out of the figures of a unit and period: 0 or at least 5, since an exclusion holds at least 5 of a point, its units and a month';

create function private.with_and_without(p_unit uuid, p_organisation uuid, p_period text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with asked as (
    select y.*, private.month_end(o.scheme, y.last_label) as ends_on
    from private.period(p_period) as y join public.organisations as o on o.id = p_organisation
  ),
  part as (
    select c.measure, c.rule, sum(c.persons)::integer as persons, sum(c.top2_sum) as s1, sum(c.top2_squares) as s2,
      sum(c.mean_sum) as s3, sum(c.mean_squares) as s4
    from asked as a
    cross join private.flagged_cells(p_organisation, a.first_label, a.last_label) as c
    where case when private.counts_for_deciding('measure:' || c.measure) then c.deciding_unit_id else c.receiving_unit_id end in (
      select t.descendant_id from public.unit_tree as t
      where t.ancestor_id = p_unit and t.valid_from <= a.ends_on and (t.valid_to is null or t.valid_to > a.ends_on))
    group by 1, 2
  )
  select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id, 'without', coalesce((
    select jsonb_agg(jsonb_build_object('rule', p.rule, 'flagged', p.persons, 'persons', f.persons - p.persons,
      'top2_sum', (f.s1 - p.s1)::float8, 'top2_squares', (f.s2 - p.s2)::float8,
      'mean_sum', (f.s3 - p.s3)::float8, 'mean_squares', (f.s4 - p.s4)::float8) order by p.rule)
    from part as p
    where p.measure = substr(f.subject, 9) and f.is_shown and p.persons >= 5
      and f.persons - (select sum(q.persons) from part as q where q.measure = p.measure) >= 10
  ), '[]')) order by f.subject), '[]')
  from private.figures as f
  where f.organisation_id = p_organisation and f.period = p_period and f.unit_id = p_unit and f.cross_kind = 'none' and f.subject like 'measure:%'
$$;
comment on function private.with_and_without is
  'The measures of a unit and period as they are, and without the answers of each rule where at least 5 are flagged and at least 10 remain without all of them';

create function private.over_served(p_unit uuid, p_from date, p_to date)
returns table (service_point_id uuid, day date, received bigint, served bigint)
language sql
stable
set search_path = ''
as $$
  select p.id, c.day, r.received, c.served
  from public.units as here
  join public.unit_tree as t on t.ancestor_id = here.id and t.valid_to is null
  join public.service_points as p on p.unit_id = t.descendant_id
  cross join lateral (
    select s.day, coalesce(max(s.served) filter (where s.procedure_group_id is null), sum(s.served)) as served
    from public.served_counts as s
    where s.service_point_id = p.id and s.day between p_from and p_to
    group by 1
  ) as c
  cross join lateral (
    select coalesce(sum(n.responses), 0) as received
    from private.response_counts as n
    join private.release_marks as mark
      on mark.organisation_id = here.organisation_id and mark.pool = n.pool and mark.released_through >= n.day
    where n.day = c.day and n.service_point_id = p.id and n.pool <> 'imported'
  ) as r
  where here.id = p_unit and r.received >= 5 and r.received > c.served
  order by c.day desc
  limit 50
$$;
comment on function private.over_served is
  'Released days on which a point has more answers (at least 5) than people served there; the last 50';

create function public.read_evidence(p_unit uuid, p_period text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units;
  frame jsonb;
  chosen text;
  asked record;
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  frame := private.office_period(here.organisation_id, p_period);
  chosen := frame -> 'period' ->> 'code';
  select y.* into asked from private.year_periods(left(chosen, 4)::integer) as y where y.code = chosen;
  return jsonb_build_object(
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'periods', frame -> 'periods', 'period', frame -> 'period')
  || case when chosen is null then jsonb_build_object('places', '[]'::jsonb, 'over_served', '[]'::jsonb, 'measures', '[]'::jsonb, 'excluded', 0) else jsonb_build_object(
    'excluded', private.excluded_in(p_unit, chosen),
    'places', (
      select coalesce(jsonb_agg(jsonb_build_object('rule', f.rule, 'answers', f.answers,
        'unit', jsonb_build_object('id', u.id, 'names', u.names), 'point', jsonb_build_object('id', p.id, 'labels', p.labels))
        order by f.answers desc, p.id, f.rule), '[]')
      from (
        select o.service_point_id, o.receiving_unit_id, o.rule, sum(o.answers) as answers
        from private.open_flags(here.organisation_id, asked.first_label, asked.last_label) as o
        where o.of_cell >= 5
          and o.receiving_unit_id in (select t.descendant_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null)
        group by 1, 2, 3
      ) as f
      join public.units as u on u.id = f.receiving_unit_id
      join public.service_points as p on p.id = f.service_point_id),
    'over_served', (
      -- The point and the day are told, never an answer: nobody can know which ones are too many.
      select coalesce(jsonb_agg(jsonb_build_object('point', jsonb_build_object('id', p.id, 'labels', p.labels),
        'unit', jsonb_build_object('id', u.id, 'names', u.names), 'day', o.day, 'received', o.received, 'served', o.served)
        order by o.day desc, p.id), '[]')
      from private.over_served(p_unit, (frame -> 'period' ->> 'start')::date, (frame -> 'period' ->> 'end')::date) as o
      join public.service_points as p on p.id = o.service_point_id
      join public.units as u on u.id = p.unit_id),
    'measures', private.with_and_without(p_unit, here.organisation_id, chosen)) end
  || jsonb_build_object('exclusions', (
    select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'rule', x.rule, 'period', x.period, 'answers', x.answers, 'state', x.state,
      'reason', x.reason, 'end_reason', x.end_reason,
      'proposed_by', (select q.name from public.people as q where q.id = x.proposed_by),
      'end_proposed_by', (select q.name from public.people as q where q.id = x.end_proposed_by),
      'decided_by', (select q.name from public.people as q where q.id = x.decided_by),
      'is_mine', private.me() = case when x.state in ('end_proposed', 'end_confirmed', 'ended') then x.end_proposed_by else x.proposed_by end,
      'proposed_on', (x.proposed_at at time zone 'Asia/Ho_Chi_Minh')::date, 'effective_on', x.effective_on, 'ended_on', x.ended_on,
      'takes_effect', exists (select from private.left_out as l where l.exclusion_id = x.id),
      'unit', jsonb_build_object('id', u.id, 'names', u.names),
      'point', (select jsonb_build_object('id', p.id, 'labels', p.labels) from public.service_points as p where p.id = x.service_point_id))
      order by x.proposed_at desc, x.id), '[]')
    from (
      select x.* from private.exclusions as x
      join public.unit_tree as t on t.descendant_id = x.unit_id and t.ancestor_id = p_unit and t.valid_to is null
      order by x.proposed_at desc limit 100
    ) as x
    join public.units as u on u.id = x.unit_id));
end
$$;
comment on function public.read_evidence is
  'Flagged answers of a unit and period by point and rule, its figures with and without them, and the exclusions below it; for analysts and leaders';
grant execute on function public.read_evidence(uuid, text) to authenticated;
