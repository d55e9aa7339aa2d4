-- The release rule (design 5). The number of answers moves at once; everything else moves in blocks.
--
-- A line is (service point, pool, receiving unit, deciding unit, subject); a subject is an item, a measure, a fact,
-- an item's association sums, or the comments of a point. (A point that moves to another unit begins new lines: a
-- block of 5 would otherwise fall apart between the two.) The days of a line are walked in order; a block ends with
-- the day on which at least 5 persons wait, and belongs to the reporting month of that day. What waits at the end
-- of a month is therefore carried into the next and counted there. A block moves on the next working day.
--
-- Consequence used by figures: in every released month a line holds 0 or at least 5 persons, and it only ever
-- changes by at least 5. Whatever two released figures are subtracted, 0 or at least 5 persons remain.

create table private.release_lines (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  pool text not null,
  service_point_id uuid not null,
  receiving_unit_id uuid,
  deciding_unit_id uuid,
  subject text not null,
  released_to date not null default '-infinity',
  waiting integer not null default 0,
  unique nulls not distinct (organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject)
);
comment on table private.release_lines is
  'Per line: up to which day it has moved into the monthly sums and how many persons wait since';
alter table private.release_lines enable row level security;
revoke all on private.release_lines from public, anon, authenticated;
grant select on private.release_lines to service_role;

-- No foreign key, as with figures: it would be checked for every line of every month.
create table private.line_months (
  organisation_id uuid not null,
  pool text not null,
  service_point_id uuid not null,
  receiving_unit_id uuid not null,
  deciding_unit_id uuid not null,
  subject text not null,
  month date not null,
  first_day date not null,
  last_day date not null,
  primary key (organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject, month)
);
comment on table private.line_months is
  'Per line and reporting month: the days that this month counts. What is excluded later is taken out of the same month';
alter table private.line_months enable row level security;
revoke all on private.line_months from public, anon, authenticated;
grant select on private.line_months to service_role;

create function private.strata_lines(p_organisation uuid, p_pool text)
returns table (stratum_id integer, line integer, service_point_id uuid)
language sql
stable
set search_path = ''
as $$
  select s.id, min(s.id) over (partition by s.service_point_id, s.receiving_unit_id, s.deciding_unit_id), s.service_point_id
  from private.strata as s
  where s.organisation_id = p_organisation and s.pool = p_pool
$$;
comment on function private.strata_lines is
  'The strata of a pool with the first stratum of their line: within one release a number stands for point and units';

create function private.waiting_days(p_organisation uuid, p_pool text, p_after date, p_through date)
returns table (line integer, subject text, day date, persons integer)
language sql
stable
set search_path = ''
as $$
  with s as materialized (select * from private.strata_lines(p_organisation, p_pool))
  select s.line, 'item:' || t.item, t.day, sum(t.n1 + t.n2 + t.n3 + t.n4 + t.n5)::integer
  from private.rating_counts as t join s using (stratum_id) where t.day > p_after and t.day <= p_through
  group by s.line, t.item, t.day
  union all
  select s.line, 'measure:' || t.measure, t.day, sum(t.persons)::integer
  from private.person_sums as t join s using (stratum_id) where t.day > p_after and t.day <= p_through
  group by s.line, t.measure, t.day
  union all
  select s.line, 'fact:' || t.fact, t.day, sum(t.persons)::integer
  from private.fact_counts as t join s using (stratum_id) where t.day > p_after and t.day <= p_through and t.choice = 0
  group by s.line, t.fact, t.day
  union all
  select s.line, 'association:' || t.item, t.day, sum(t.persons)::integer
  from private.item_sums as t join s using (stratum_id) where t.day > p_after and t.day <= p_through
  group by s.line, t.item, t.day
  union all
  -- Comments are a point's, whatever its units: the first of its lines stands for it.
  select point.line, 'comments', t.day, t.responses
  from private.response_counts as t
  join (select s.service_point_id, min(s.line) as line from s group by 1) as point using (service_point_id)
  where t.pool = p_pool and t.day > p_after and t.day <= p_through
$$;
comment on function private.waiting_days is 'Persons per line and day in (p_after, p_through]: what the release rule walks through';

create function private.block_ends(p_waiting integer, p_persons integer[], out ends integer[], out waiting integer)
language plpgsql
immutable
set search_path = ''
as $$
declare
  at_day integer := 0;
  persons integer;
begin
  waiting := p_waiting;
  ends := '{}';
  foreach persons in array p_persons loop
    at_day := at_day + 1;
    waiting := waiting + persons;
    if waiting >= 5 then
      ends := ends || at_day;
      waiting := 0;
    end if;
  end loop;
end
$$;
comment on function private.block_ends is
  'The rule itself: walks the persons of a line''s days, p_waiting before them; the days (by place) that end a block, and how many wait after the last';

create function private.cut_blocks(p_organisation uuid, p_pool text, p_after date, p_through date)
returns integer
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  months text := (select scheme from public.organisations where id = p_organisation);
begin
  -- The blocks of a line follow each other without a gap: those of one month are one range of days.
  drop table if exists pg_temp.moving;
  create temp table moving on commit drop as
  with line as materialized (
    select w.line, w.subject, array_agg(w.day order by w.day) as days, array_agg(w.persons order by w.day) as persons
    from private.waiting_days(p_organisation, p_pool, p_after, p_through) as w
    group by 1, 2
  ),
  named as materialized (
    select l.*, s.service_point_id,
           case when l.subject <> 'comments' then s.receiving_unit_id end as receiving_unit_id,
           case when l.subject <> 'comments' then s.deciding_unit_id end as deciding_unit_id
    from line as l join private.strata as s on s.id = l.line
  ),
  walked as materialized (
    select n.*, coalesce(known.released_to, '-infinity') as released_to,
           -- A line that was never seen before has no earlier days to read.
           case when known.subject is null then n.days[1] else coalesce(known.released_to, '-infinity') end as read_from,
           walk.ends, walk.waiting
    from named as n
    left join private.release_lines as known
      on known.organisation_id = p_organisation and known.pool = p_pool and known.service_point_id = n.service_point_id
      and known.receiving_unit_id is not distinct from n.receiving_unit_id
      and known.deciding_unit_id is not distinct from n.deciding_unit_id and known.subject = n.subject
    cross join lateral private.block_ends(coalesce(known.waiting, 0), n.persons) as walk
  ),
  ended as materialized (
    select w.line, w.subject, w.days[e.at_day] as last_day,
           -- a day of infinity stays one
           coalesce(w.days[w.ends[e.n - 1]], w.released_to) + 1 as first_day, coalesce(w.days[w.ends[e.n - 1]], w.read_from) as read_from
    from walked as w cross join lateral unnest(w.ends) with ordinality as e (at_day, n)
  ),
  label as (
    select d.last_day, private.month_label(months, d.last_day) as month from (select distinct last_day from ended) as d
  ),
  of_month as (
    select e.line, e.subject, l.month,
           min(e.first_day) as first_day, max(e.last_day) as last_day, min(e.read_from) as read_from, count(*)::integer as blocks
    from ended as e join label as l using (last_day)
    group by 1, 2, 3
  )
  select w.line, w.service_point_id, w.receiving_unit_id, w.deciding_unit_id, w.subject,
         m.month, m.first_day, m.last_day, m.read_from, m.blocks,
         coalesce(w.days[w.ends[cardinality(w.ends)]], w.released_to) as released_to, w.waiting
  from walked as w left join of_month as m using (line, subject);
  analyze pg_temp.moving;

  insert into private.release_lines (organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject, released_to, waiting)
  select distinct p_organisation, p_pool, m.service_point_id, m.receiving_unit_id, m.deciding_unit_id, m.subject, m.released_to, m.waiting
  from pg_temp.moving as m
  order by 3, 4, 5, 6
  on conflict (organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject)
    do update set released_to = excluded.released_to, waiting = excluded.waiting;
  delete from pg_temp.moving as m where m.month is null;
  insert into private.line_months as m (
    organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject, month, first_day, last_day)
  select p_organisation, p_pool, b.service_point_id, b.receiving_unit_id, b.deciding_unit_id, b.subject, b.month, b.first_day, b.last_day
  from pg_temp.moving as b where b.subject <> 'comments'
  order by 3, 4, 5, 6, 7
  on conflict (organisation_id, pool, service_point_id, receiving_unit_id, deciding_unit_id, subject, month)
    do update set last_day = excluded.last_day;
  return (select coalesce(sum(m.blocks), 0) from pg_temp.moving as m);
end
$$;
comment on function private.cut_blocks is
  'Walks the new days of every line, notes what still waits, and puts what may move into the temporary table moving: the days per line and month. Returns the number of blocks';

create function private.move_blocks(p_organisation uuid, p_pool text, p_month date)
returns void
language plpgsql
security definer
-- How many days a month's blocks reach over decides how they are joined.
set plan_cache_mode = 'force_custom_plan'
set search_path = ''
as $$
declare
  earliest date;
  latest date;
begin
  -- The tallies are read by their key, which begins with the day.
  select min(b.read_from), max(b.last_day) into earliest, latest from pg_temp.moving as b where b.month = p_month;

  insert into private.rating_months as m (month, stratum_id, item, n1, n2, n3, n4, n5, not_applicable, blank)
  select b.month, t.stratum_id, t.item, sum(t.n1), sum(t.n2), sum(t.n3), sum(t.n4), sum(t.n5), sum(t.not_applicable), sum(t.blank)
  from pg_temp.moving as b
  join private.strata_lines(p_organisation, p_pool) as s on s.line = b.line
  join private.rating_counts as t on t.stratum_id = s.stratum_id and t.day between b.first_day and b.last_day and 'item:' || t.item = b.subject
  where b.month = p_month and t.day between earliest and latest
  group by 1, 2, 3
  on conflict (month, stratum_id, item) do update set
    n1 = m.n1 + excluded.n1, n2 = m.n2 + excluded.n2, n3 = m.n3 + excluded.n3, n4 = m.n4 + excluded.n4, n5 = m.n5 + excluded.n5,
    not_applicable = m.not_applicable + excluded.not_applicable, blank = m.blank + excluded.blank;

  insert into private.person_months as m (month, stratum_id, measure, persons, top2_sum, top2_squares, mean_sum, mean_squares)
  select b.month, t.stratum_id, t.measure, sum(t.persons), sum(t.top2_sum), sum(t.top2_squares), sum(t.mean_sum), sum(t.mean_squares)
  from pg_temp.moving as b
  join private.strata_lines(p_organisation, p_pool) as s on s.line = b.line
  join private.person_sums as t on t.stratum_id = s.stratum_id and t.day between b.first_day and b.last_day and 'measure:' || t.measure = b.subject
  where b.month = p_month and t.day between earliest and latest
  group by 1, 2, 3
  on conflict (month, stratum_id, measure) do update set
    persons = m.persons + excluded.persons,
    top2_sum = m.top2_sum + excluded.top2_sum, top2_squares = m.top2_squares + excluded.top2_squares,
    mean_sum = m.mean_sum + excluded.mean_sum, mean_squares = m.mean_squares + excluded.mean_squares;

  insert into private.fact_months as m (month, stratum_id, fact, choice, persons)
  select b.month, t.stratum_id, t.fact, t.choice, sum(t.persons)
  from pg_temp.moving as b
  join private.strata_lines(p_organisation, p_pool) as s on s.line = b.line
  join private.fact_counts as t on t.stratum_id = s.stratum_id and t.day between b.first_day and b.last_day and 'fact:' || t.fact = b.subject
  where b.month = p_month and t.day between earliest and latest
  group by 1, 2, 3, 4
  on conflict (month, stratum_id, fact, choice) do update set persons = m.persons + excluded.persons;

  insert into private.item_months as m (
    month, stratum_id, item, persons, w,
    wy_top2, y_top2, yy_top2, yo_top2, o_top2, oo_top2, wy_mean, y_mean, yy_mean, yo_mean, o_mean, oo_mean)
  select b.month, t.stratum_id, t.item, sum(t.persons), sum(t.w),
    sum(t.wy_top2), sum(t.y_top2), sum(t.yy_top2), sum(t.yo_top2), sum(t.o_top2), sum(t.oo_top2),
    sum(t.wy_mean), sum(t.y_mean), sum(t.yy_mean), sum(t.yo_mean), sum(t.o_mean), sum(t.oo_mean)
  from pg_temp.moving as b
  join private.strata_lines(p_organisation, p_pool) as s on s.line = b.line
  join private.item_sums as t on t.stratum_id = s.stratum_id and t.day between b.first_day and b.last_day and 'association:' || t.item = b.subject
  where b.month = p_month and t.day between earliest and latest
  group by 1, 2, 3
  on conflict (month, stratum_id, item) do update set
    persons = m.persons + excluded.persons, w = m.w + excluded.w,
    wy_top2 = m.wy_top2 + excluded.wy_top2, y_top2 = m.y_top2 + excluded.y_top2, yy_top2 = m.yy_top2 + excluded.yy_top2,
    yo_top2 = m.yo_top2 + excluded.yo_top2, o_top2 = m.o_top2 + excluded.o_top2, oo_top2 = m.oo_top2 + excluded.oo_top2,
    wy_mean = m.wy_mean + excluded.wy_mean, y_mean = m.y_mean + excluded.y_mean, yy_mean = m.yy_mean + excluded.yy_mean,
    yo_mean = m.yo_mean + excluded.yo_mean, o_mean = m.o_mean + excluded.o_mean, oo_mean = m.oo_mean + excluded.oo_mean;

  update public.response_comments as c
  set released_month = b.month
  from pg_temp.moving as b
  where b.month = p_month and b.subject = 'comments' and c.service_point_id = b.service_point_id and c.pool = p_pool
    and c.counted_on between earliest and latest and c.counted_on between b.first_day and b.last_day and c.released_month is null;
end
$$;
comment on function private.move_blocks is 'Adds the days of one month in the temporary table moving to the monthly sums and opens the comments of those days';

-- Dates come as text: Supabase Lite answers 500 when a date argument is anything but a string.
create function public.release_figures(p_today text default null)
returns jsonb
language plpgsql
security definer
-- Right after a large import nothing is known about the sizes of the tallies: nested loops would take minutes.
set enable_nestloop = off
set work_mem = '64MB'
set search_path = ''
as $$
declare
  today date := coalesce(p_today::date, private.today());
  organisation record;
  of_pool text;
  of_month date;
  after_day date;
  began_after date;
  through_day date;
  reporting_year integer;
  years integer[];
  moved integer := 0;
begin
  for organisation in select o.id, o.scheme from public.organisations as o order by o.id loop
    continue when not private.is_working_day(organisation.id, today);
    perform pg_advisory_xact_lock(private.organisation_lock(organisation.id));
    years := '{}';
    -- Exclusions take effect with a release and at no other time, before anything new joins the sums.
    if exists (
      select from private.strata as s
      left join private.release_marks as mark on mark.organisation_id = s.organisation_id and mark.pool = s.pool
      where s.organisation_id = organisation.id and coalesce(mark.released_through, '-infinity') < today - 1
    ) then
      years := private.apply_exclusions(organisation.id, today);
    end if;
    for of_pool in select distinct s.pool from private.strata as s where s.organisation_id = organisation.id order by 1 loop
      select mark.released_through into after_day
      from private.release_marks as mark where mark.organisation_id = organisation.id and mark.pool = of_pool;
      continue when after_day >= today - 1;
      -- Answers of a file count on their own days: what is half recorded waits until it is whole.
      continue when of_pool = 'imported' and private.is_importing(organisation.id);
      began_after := after_day;
      after_day := coalesce(after_day, (
        select min(r.day) - 1 from private.response_counts as r
        join public.service_points as point on point.id = r.service_point_id and point.organisation_id = organisation.id
        where r.pool = of_pool));
      -- A year at a time: the rule only looks forward, and a long import does not have to fit at once.
      while after_day < today - 1 loop
        through_day := least(after_day + 366, today - 1);
        moved := moved + private.cut_blocks(organisation.id, of_pool, after_day, through_day);
        for of_month in select distinct b.month from pg_temp.moving as b order by 1 loop
          perform private.move_blocks(organisation.id, of_pool, of_month);
          years := years || extract(year from of_month)::integer;
        end loop;
        after_day := through_day;
      end loop;
      insert into private.release_marks as mark (organisation_id, pool, released_through, received)
      select organisation.id, of_pool, today - 1, coalesce(sum(r.responses), 0)
      from private.response_counts as r
      join public.service_points as point on point.id = r.service_point_id and point.organisation_id = organisation.id
      where r.pool = of_pool and r.day > coalesce(began_after, '-infinity') and r.day <= today - 1
      on conflict (organisation_id, pool) do update
        set released_through = excluded.released_through, received = mark.received + excluded.received;
      years := years
        -- a year that only closed a period today is read again too
        || extract(year from private.month_label(organisation.scheme, today - 1))::integer
        || extract(year from private.month_label(organisation.scheme, coalesce(began_after, today - 1)))::integer;
    end loop;
    for reporting_year in select distinct unnest(years) order by 1 loop
      perform private.refresh_figures(organisation.id, reporting_year);
    end loop;
  end loop;
  return jsonb_build_object('today', today, 'blocks', moved);
end
$$;
comment on function public.release_figures is
  'Applies the release rule for every organisation that works on p_today (default: today in Vietnam) to the days before it; calling it again does nothing';
grant execute on function public.release_figures(text) to service_role;
