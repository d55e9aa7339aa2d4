-- A lone counter is a service point that one person staffs. What people say there may be part of figures, but no
-- sum or difference of figures may hold lone counters and nothing else: it would be a report about one civil servant.
--
-- Whoever adds and subtracts figures of one subject adds and subtracts units' own months. Own months that lie in the
-- same figures (those that are shown now in any period, and those that were ever published) always move together:
-- they are one class. As long as every class with a lone counter also holds persons of other counters who are in
-- all of its figures alike, no combination can keep the lone counter and cancel everything else. That is what is seen
-- to here, month by month, which gives away more than anybody is shown. docs/publishing.md tells it in words,
-- tests/database/publications.test.ts attacks it with linear algebra.
--
-- Members also see single points, figures crossed with pool, channel, version or procedure group, and what flagged answers
-- change. Of every unit in such a class one point therefore takes part in none of these (cover_points): its answers
-- go wherever those of the lone counter go, and nowhere else.
--
-- All functions work on the temporary tables of refresh_figures(): atoms, year_tree, cells.

create table private.cover_points (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  month date not null,
  unit_id uuid not null references public.units (id) on delete cascade,
  subject text not null,
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  primary key (organisation_id, month, subject, unit_id, service_point_id)
);
comment on table private.cover_points is
  'Points that cover a lone counter: their own month of a subject is told as part of whole units only. Chosen with every refresh of figures';
create index cover_points_unit_id_idx on private.cover_points (unit_id);
create index cover_points_service_point_id_idx on private.cover_points (service_point_id);
alter table private.cover_points enable row level security;
revoke all on private.cover_points from public, anon, authenticated;
grant select on private.cover_points to service_role;

create function private.lone_counter_months(p_organisation uuid)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.own_points;
  drop table if exists pg_temp.own_months;
  create temp table own_points on commit drop as
  select a.subject, a.month, a.unit_id, a.service_point_id, sum(a.persons - a.others)::integer as lone, sum(a.others)::integer as others,
    (sum(a.others) - coalesce(max(again.persons), 0))::integer as steady
  from pg_temp.atoms as a
  left join private.persons_counted_again(p_organisation) as again
    on again.subject = a.subject and again.month = a.month and again.unit_id = a.unit_id and again.service_point_id = a.service_point_id
  where a.subject !~ '^choice:'
  group by a.subject, a.month, a.unit_id, a.service_point_id;
  create temp table own_months on commit drop as
  select o.subject, o.month, o.unit_id, o.lone, o.steady
  from (
    select p.subject, p.month, p.unit_id, sum(p.lone)::integer as lone, sum(p.steady)::integer as steady,
      sum(sum(p.lone)) over (partition by p.subject, p.month) as lone_anywhere
    from pg_temp.own_points as p
    group by p.subject, p.month, p.unit_id
  ) as o
  where o.lone_anywhere > 0;
  create index on pg_temp.own_months (subject, unit_id);
  analyze pg_temp.own_months;
end
$$;
comment on function private.lone_counter_months is
  'Makes own_points: persons of a unit itself per subject, month and point, at lone counters and at others; of these the steady ones, whom no exclusion ever left out for a time. And own_months, the same by unit, for months in which the subject has a lone counter';

create function private.figure_sets(p_organisation uuid, p_year integer)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.figure_sets;
  create temp table figure_sets on commit drop as
  select s.subject, s.period, s.unit_id, bool_or(s.is_current) as is_current, bool_or(not s.is_current) as is_out
  from (
    select c.subject, c.period, c.unit_id, true as is_current from pg_temp.cells as c where c.is_shown
    union all
    select o.subject, o.period, o.unit_id, false from private.published_cells_of(p_organisation, p_year) as o
  ) as s
  where s.subject in (select o.subject from pg_temp.own_months as o)
  group by 1, 2, 3;
  create unique index on pg_temp.figure_sets (subject, period, unit_id);
  analyze pg_temp.figure_sets;
end
$$;
comment on function private.figure_sets is
  'Makes figure_sets: every figure that is shown now (is_current) or was ever published (is_out), of subjects that have a lone counter';

create function private.counter_classes(p_year integer)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.nearest_sets;
  drop table if exists pg_temp.counter_classes;
  -- The figures of one period that hold a unit's own months are the nearest one and those above it: its name tells all.
  create temp table nearest_sets on commit drop as
  select o.subject, t.period, o.unit_id,
    (array_agg(s.unit_id order by t.depth))[1] as set_id,
    (array_agg(s.unit_id order by t.depth) filter (where s.is_out))[1] as out_id,
    bool_or(s.is_current) as is_current
  from (select distinct m.subject, m.unit_id from pg_temp.own_months as m) as o
  join pg_temp.year_tree as t on t.descendant_id = o.unit_id
  join pg_temp.figure_sets as s on s.subject = o.subject and s.period = t.period and s.unit_id = t.ancestor_id
  group by 1, 2, 3;
  create index on pg_temp.nearest_sets (subject, unit_id, period);
  analyze pg_temp.nearest_sets;

  create temp table counter_classes on commit drop as
  select o.subject, o.month, o.unit_id, o.lone, o.steady,
    string_agg(n.period || n.set_id, ' ' order by n.period) as class,
    string_agg(n.period || n.out_id, ' ' order by n.period) filter (where n.out_id is not null) as out_class,
    bool_or(n.is_current) as is_current
  from pg_temp.own_months as o
  join private.year_periods(p_year) as y on o.month between y.first_label and y.last_label
  join pg_temp.nearest_sets as n on n.subject = o.subject and n.unit_id = o.unit_id and n.period = y.code
  group by 1, 2, 3, 4, 5;
  create index on pg_temp.counter_classes (subject, month, class);
  analyze pg_temp.counter_classes;
end
$$;
comment on function private.counter_classes is
  'Makes counter_classes: own months with the figures that hold them as one word (class), the published ones among these (out_class), and whether any of them is shown now; and nearest_sets, by period';

create function private.cover_lone_counters(p_organisation uuid, p_year integer)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  hidden integer;
begin
  perform private.lone_counter_months(p_organisation);
  perform private.figure_sets(p_organisation, p_year);
  loop
    perform private.counter_classes(p_year);
    drop table if exists pg_temp.bared;
    -- What only lies in published figures, and in the same ones as its whole class, was judged when they were published.
    create temp table bared on commit drop as
    select c.subject, c.month, c.class, max(c.out_class) as out_class
    from pg_temp.counter_classes as c
    group by 1, 2, 3
    having sum(c.lone) > 0 and sum(c.steady) < 5 and (
      bool_or(c.is_current) or exists (
        select from pg_temp.counter_classes as other
        where other.subject = c.subject and other.month = c.month and other.out_class is not distinct from max(c.out_class) and other.class <> c.class));

    drop table if exists pg_temp.going;
    create temp table going on commit drop as
    with around as (
      -- In each period that holds the month: the smallest figure around the class.
      select distinct b.subject, b.month, b.class, n.period, n.set_id
      from pg_temp.bared as b
      join pg_temp.counter_classes as c using (subject, month, class)
      join private.year_periods(p_year) as y on b.month between y.first_label and y.last_label
      join pg_temp.nearest_sets as n on n.subject = b.subject and n.unit_id = c.unit_id and n.period = y.code
    ),
    beside as (
      select a.subject, a.month, a.class, a.period, s.unit_id
      from around as a
      join pg_temp.figure_sets as s on s.subject = a.subject and s.period = a.period and s.is_current and not s.is_out
      join pg_temp.year_tree as t on t.period = a.period and t.descendant_id = s.unit_id and t.ancestor_id = a.set_id and t.depth > 0
      where not exists (
        select from pg_temp.year_tree as up
        join pg_temp.figure_sets as between_them on between_them.subject = a.subject and between_them.period = a.period and between_them.unit_id = up.ancestor_id
        where up.period = a.period and up.descendant_id = s.unit_id and up.depth > 0 and up.depth < t.depth)
    ),
    smallest as (
      -- By its size in this month: in a month that is over the choice stays the same.
      select distinct on (k.subject, k.month, k.class) k.*
      from beside as k
      join pg_temp.month_cells as size on size.period = k.period and size.month = k.month and size.subject = k.subject and size.unit_id = k.unit_id
      order by k.subject, k.month, k.class, size.persons, k.unit_id
    ),
    alone as (
      select b.* from pg_temp.bared as b
      where not exists (select from smallest as s where s.subject = b.subject and s.month = b.month and s.class = b.class)
    )
    -- The smallest unit beside it joins it: hidden with what lies under it, in the periods that hold the month.
    select s.subject, t.period, t.descendant_id as unit_id
    from smallest as s join pg_temp.year_tree as t on t.ancestor_id = s.unit_id and s.month between t.first_label and t.last_label
    union
    -- Where there is none that is not out already: every figure that holds it, in the periods that hold the month.
    select a.subject, a.period, t.ancestor_id
    from alone join around as a using (subject, month, class)
    join pg_temp.year_tree as t on t.period = a.period and t.descendant_id = a.set_id
    union
    -- And where none does: those that set it apart from what is in the same published figures.
    select a.subject, y.code, t.ancestor_id
    from alone as a
    join pg_temp.counter_classes as other on other.subject = a.subject and other.month = a.month
      and other.out_class is not distinct from a.out_class and other.class <> a.class
    join private.year_periods(p_year) as y on a.month between y.first_label and y.last_label
    join pg_temp.year_tree as t on t.period = y.code and t.descendant_id = other.unit_id
    where not exists (select from pg_temp.counter_classes as c where (c.subject, c.month, c.class) = (a.subject, a.month, a.class) and c.is_current);

    update pg_temp.cells as c
    set is_shown = false
    from pg_temp.going as g
    where c.is_shown and c.subject = g.subject and c.period = g.period and c.unit_id = g.unit_id;
    get diagnostics hidden = row_count;
    exit when hidden = 0;
    update pg_temp.figure_sets as s set is_current = false
    from pg_temp.going as g
    where s.subject = g.subject and s.period = g.period and s.unit_id = g.unit_id;
    delete from pg_temp.figure_sets as s where not s.is_current and not s.is_out;
  end loop;
  perform private.choose_cover_points(p_organisation, p_year);

  -- Crossed figures were made when their period closed: they do not say what their whole must not say any more.
  update private.figures as f
  set is_shown = false
  from pg_temp.cells as c
  where f.organisation_id = p_organisation and f.cross_kind not in ('none', 'point') and f.is_shown
    -- as a list: found by their key, not among the figures of all years
    and f.period = any (array(select y.code from private.year_periods(p_year) as y))
    and c.period = f.period and c.unit_id = f.unit_id and c.subject = f.subject and not c.is_shown;
end
$$;
comment on function private.cover_lone_counters is
  'Hides figures until every class of own months with a lone counter holds at least 5 steady persons of other counters: the smallest unit beside it first; beside published figures, which stay, the figures that hold it';

create function private.choose_cover_points(p_organisation uuid, p_year integer)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.covers;
  create temp table covers on commit drop as
  with beside as (
    select c.subject, c.month, c.unit_id
    from (
      select k.*, sum(k.lone) over (partition by k.subject, k.month, k.class) as lone_of_class from pg_temp.counter_classes as k
    ) as c
    where c.lone_of_class > 0
  ),
  placed as (
    select p.*, max(p.steady) over of_unit as most, row_number() over (of_unit order by p.steady < 5, p.steady, p.service_point_id) as place
    from beside as b
    join pg_temp.own_points as p using (subject, month, unit_id)
    where p.others > 0
    window of_unit as (partition by p.subject, p.month, p.unit_id)
  )
  select p_organisation as organisation_id, p.month, p.unit_id, p.subject, p.service_point_id
  from placed as p
  where p.place = 1 or p.most < 5;

  delete from private.cover_points as c
  where c.organisation_id = p_organisation and c.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
    and not exists (
      select from pg_temp.covers as n
      where n.month = c.month and n.subject = c.subject and n.unit_id = c.unit_id and n.service_point_id = c.service_point_id);
  -- Crossed figures were made when their period closed: they are not shown any more where another point covers by now.
  with added as (
    insert into private.cover_points (organisation_id, month, unit_id, subject, service_point_id)
    select n.organisation_id, n.month, n.unit_id, n.subject, n.service_point_id from pg_temp.covers as n
    on conflict do nothing
    returning month, unit_id, subject
  )
  update private.figures as f
  set is_shown = false
  from added as c
  join pg_temp.year_tree as t on t.descendant_id = c.unit_id and c.month between t.first_label and t.last_label
  where f.organisation_id = p_organisation and f.cross_kind not in ('none', 'point') and f.is_shown
    and f.period = t.period and f.unit_id = t.ancestor_id and f.subject = c.subject;
end
$$;
comment on function private.choose_cover_points is
  'Of every unit in a class with a lone counter the smallest other point of at least 5 steady persons (all, where there is none); works on the temporary tables of cover_lone_counters()';
