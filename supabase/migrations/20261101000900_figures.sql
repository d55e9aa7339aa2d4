-- Figures: what may be shown, decided once per release and stored, so that a page reads and never counts.
--
-- Listed cubes (the only list; nothing else can be asked for):
--   unit tree x period x measure, item or fact                         running and closed periods
--   a unit's own service points x period x the same, receiving side    running and closed periods, members only
--   unit tree x the same, crossed with one of pool, channel, version, group   closed periods only
--   unit tree x period x association (an item with S0)                 running and closed periods, told to a tenth only
--   P5, the ethnic group: the whole organisation only, closed quarters only, never crossed
--
-- A cell is shown when it holds at least 10 persons. Whatever shown cells are added and subtracted, what is left is 0
-- or at least 5 persons, and never those of lone counters alone (points that one person staffs):
--   every line holds 0 or at least 5 persons in a month (release rule), and crossed cells are made of parts of a line
--   that hold at least 5 and leave 0 or at least 5 (crossed_parts);
--   beside a lone counter there always are persons who are in the same cells, however one looks (lone_counters.sql).

-- No foreign keys: a release may write a million of them, from sums whose units are checked; checking each again took
-- longer than writing it. Who removes a unit or an organisation removes its figures.
create table private.figures (
  organisation_id uuid not null,
  period text not null,
  unit_id uuid not null,
  subject text not null,
  cross_kind text not null default 'none' check (cross_kind in ('none', 'point', 'pool', 'channel', 'version', 'group')),
  cross_value text not null default '',
  is_shown boolean not null,
  persons integer not null,
  others integer not null,
  s1 numeric, s2 numeric, s3 numeric, s4 numeric, s5 numeric, s6 numeric,
  primary key (organisation_id, period, cross_kind, unit_id, subject, cross_value)
);
comment on table private.figures is
  'Released figures per unit (with all below it), period and subject (measure:B, item:B1, association:B1, fact:F1, choice:F1:2), and whether each may be shown; read only through functions that leave hidden ones out. A choice is shown with its fact';
comment on column private.figures.others is 'Of persons, those who were served at points staffed by more than one person';
comment on column private.figures.s1 is
  's1 to s6. measure: top2_sum, top2_squares, mean_sum, mean_squares; item: n1 to n5, not applicable; association, top2 of item_sums: w, y, yo, o; fact and choice: none';
create index figures_unit_id_idx on private.figures (unit_id, subject) where cross_kind = 'none';
alter table private.figures enable row level security;
revoke all on private.figures from public, anon, authenticated;
grant select on private.figures to service_role;

create function private.counts_for_deciding(p_subject text)
returns boolean
language sql
immutable
set search_path = ''
as $$ select p_subject ~ '^(measure|item|association):[BD]' $$;
comment on function private.counts_for_deciding is
  'Attribution: procedure (B) and result (D) count for the deciding unit, everything else for the receiving unit (design 5; scoring/attribution.ts is tested against it)';

create function private.is_closed(p_organisation uuid, p_last_label date)
returns boolean
language sql
stable
set search_path = ''
as $$
  select coalesce(bool_and(mark.released_through >= private.month_end(o.scheme, p_last_label)), false)
  from public.organisations as o
  left join private.release_marks as mark on mark.organisation_id = o.id and mark.pool <> 'imported'
  where o.id = p_organisation
$$;
comment on function private.is_closed is 'A period is closed when its last day has been released: it does not change any more';

create function private.is_sensitive(p_subject text)
returns boolean
language sql
immutable
set search_path = ''
as $$ select p_subject ~ '^(fact|choice):P5(:|$)' $$;
comment on function private.is_sensitive is 'Sensitive personal data under Law 91/2025: P5 asks for the ethnic group';

create function private.released_atoms(p_organisation uuid, p_year integer)
returns table (
  month date, unit_id uuid, service_point_id uuid, subject text, pool text, channel text, version text, "group" text, persons integer, others integer,
  s1 bigint, s2 bigint, s3 bigint, s4 bigint, s5 bigint, s6 bigint
)
language sql
stable
set search_path = ''
as $$
  with s as (
    select s.*, point.staffed_by = 'several' as by_several
    from private.strata as s
    join public.service_points as point on point.id = s.service_point_id
    where s.organisation_id = p_organisation and s.pool <> 'imported'
  ),
  released as materialized (
    select m.month, m.stratum_id, 'measure:' || m.measure as subject, m.persons,
           m.top2_sum as s1, m.top2_squares as s2, m.mean_sum as s3, m.mean_squares as s4, null::bigint as s5, null::bigint as s6
    from private.person_months as m where m.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
    union all
    select m.month, m.stratum_id, 'item:' || m.item, m.n1 + m.n2 + m.n3 + m.n4 + m.n5, m.n1, m.n2, m.n3, m.n4, m.n5, m.not_applicable
    from private.rating_months as m where m.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
    union all
    select m.month, m.stratum_id, case when m.choice = 0 then 'fact:' || m.fact else 'choice:' || m.fact || ':' || m.choice end,
           m.persons, null, null, null, null, null, null
    from private.fact_months as m where m.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
    union all
    select m.month, m.stratum_id, 'association:' || m.item, m.persons, m.w, m.y_top2, m.yo_top2, m.o_top2, null, null
    from private.item_months as m where m.month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
  ),
  side as materialized (
    select d.subject, private.counts_for_deciding(d.subject) as is_deciding from (select distinct r.subject from released as r) as d
  )
  select r.month, case when side.is_deciding then s.deciding_unit_id else s.receiving_unit_id end, s.service_point_id, r.subject,
         s.pool, s.channel, s.version_id::text, coalesce(s.procedure_group_id::text, 'none'),
         sum(r.persons)::integer, coalesce(sum(r.persons) filter (where s.by_several), 0)::integer,
         -- whole numbers, as the monthly sums are: far quicker to add up again
         sum(r.s1)::bigint, sum(r.s2)::bigint, sum(r.s3)::bigint, sum(r.s4)::bigint, sum(r.s5)::bigint, sum(r.s6)::bigint
  from released as r
  join s on s.id = r.stratum_id
  join side on side.subject = r.subject
  group by 1, 2, 3, 4, 5, 6, 7, 8
$$;
comment on function private.released_atoms is 'Released sums of a reporting year per own unit, service point, month and everything a listed cube is crossed with';

create function private.year_tree(p_organisation uuid, p_year integer)
returns table (period text, first_label date, last_label date, ancestor_id uuid, descendant_id uuid, depth smallint)
language sql
stable
set search_path = ''
as $$
  select y.code, y.first_label, y.last_label, t.ancestor_id, t.descendant_id, t.depth
  from public.organisations as o
  cross join private.year_periods(p_year) as y
  join public.units as u on u.organisation_id = o.id
  join public.unit_tree as t on t.descendant_id = u.id
  where o.id = p_organisation
    and t.valid_from <= private.month_end(o.scheme, y.last_label)
    and (t.valid_to is null or t.valid_to > private.month_end(o.scheme, y.last_label))
$$;
comment on function private.year_tree is 'For each listed period of a year the unit tree in force on its last day';

create function private.refresh_figures(p_organisation uuid, p_year integer)
returns void
language plpgsql
security definer
set client_min_messages = 'warning'
-- Temporary tables are many and even: a small sample says enough of their sizes.
set default_statistics_target = 10
set search_path = ''
as $$
declare
  -- As a list, so that the figures of these periods are found by their key.
  codes text[] := array(select y.code from private.year_periods(p_year) as y);
  sensitive text[];
  closing record;
  has_parts boolean := false;
begin
  drop table if exists pg_temp.atoms;
  drop table if exists pg_temp.year_tree;
  drop table if exists pg_temp.month_cells;
  drop table if exists pg_temp.cells;
  create temp table atoms on commit drop as select * from private.released_atoms(p_organisation, p_year);
  create temp table year_tree on commit drop as select * from private.year_tree(p_organisation, p_year);
  create index on pg_temp.year_tree (descendant_id);
  analyze pg_temp.atoms;
  analyze pg_temp.year_tree;

  create temp table month_cells on commit drop as
  with own as materialized (
    select a.month, a.unit_id, a.subject, sum(a.persons) as persons, sum(a.others) as others,
           sum(a.s1)::bigint as s1, sum(a.s2)::bigint as s2, sum(a.s3)::bigint as s3, sum(a.s4)::bigint as s4, sum(a.s5)::bigint as s5, sum(a.s6)::bigint as s6
    from pg_temp.atoms as a
    group by 1, 2, 3
  )
  select t.period, a.month, t.ancestor_id as unit_id, a.subject, sum(a.persons)::integer as persons, sum(a.others)::integer as others,
         sum(a.s1) as s1, sum(a.s2) as s2, sum(a.s3) as s3, sum(a.s4) as s4, sum(a.s5) as s5, sum(a.s6) as s6
  from own as a
  join pg_temp.year_tree as t on t.descendant_id = a.unit_id and a.month between t.first_label and t.last_label
  group by 1, 2, 3, 4;
  analyze pg_temp.month_cells (period, month, unit_id, subject);

  -- A month in which a unit's answers come from one person's counter alone would follow from longer periods:
  -- such a unit is hidden in every period that holds the month.
  create temp table cells on commit drop as
  select c.period, c.unit_id, c.subject, sum(c.persons)::integer as persons, sum(c.others)::integer as others,
         sum(c.s1) as s1, sum(c.s2) as s2, sum(c.s3) as s3, sum(c.s4) as s4, sum(c.s5) as s5, sum(c.s6) as s6,
         c.subject !~ '^choice:' and sum(c.persons) >= 10 and not bool_or(c.persons > c.others and c.others < 5) as is_shown
  from pg_temp.month_cells as c
  group by 1, 2, 3;
  create index on pg_temp.cells (period, subject, unit_id);
  analyze pg_temp.cells;
  sensitive := array(select d.subject from (select distinct c.subject from pg_temp.cells as c) as d where private.is_sensitive(d.subject));
  -- Quarters do not overlap, so nothing follows by subtraction; a group of fewer than 10 hides the whole question.
  update pg_temp.cells as c set is_shown = false
  where c.is_shown and c.subject = any (sensitive) and not (
    c.unit_id = p_organisation
    and exists (
      select from private.year_periods(p_year) as y
      where y.code = c.period and y.kind = 'quarter' and private.is_closed(p_organisation, y.last_label))
    and not exists (
      select from pg_temp.cells as choice
      where choice.period = c.period and choice.unit_id = c.unit_id and choice.persons < 10
        and choice.subject like 'choice:' || substr(c.subject, 6) || ':%'));
  perform private.cover_lone_counters(p_organisation, p_year);
  -- An association tells nothing of an item, or of S0, that is hidden.
  update pg_temp.cells as a set is_shown = false
  from pg_temp.cells as part
  where a.is_shown and a.subject like 'association:%' and part.period = a.period and part.unit_id = a.unit_id
    and part.subject in ('item:' || substr(a.subject, 13), 'measure:S0') and not part.is_shown;

  delete from private.figures as f
  where f.organisation_id = p_organisation and f.period = any (codes) and f.cross_kind in ('none', 'point');
  insert into private.figures (organisation_id, period, unit_id, subject, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
  select p_organisation, c.period, c.unit_id, c.subject, c.is_shown, c.persons, c.others, c.s1, c.s2, c.s3, c.s4, c.s5, c.s6
  from pg_temp.cells as c;
  perform private.point_figures(p_organisation, p_year);

  -- Crossed cells: once per period, when it closes, the shorter period first; then they stay as they are.
  for closing in
    select y.code, y.first_label, y.last_label
    from private.year_periods(p_year) as y
    where private.is_closed(p_organisation, y.last_label)
    order by y.last_label, y.months
  loop
    continue when not exists (select from pg_temp.cells as c where c.period = closing.code)
      or exists (
        select from private.figures as f
        where f.organisation_id = p_organisation and f.period = closing.code and f.cross_kind not in ('none', 'point'));
    if not has_parts then
      perform private.crossed_parts(p_organisation);
      has_parts := true;
    end if;
    perform private.cross_figures(p_organisation, closing.code, closing.first_label, closing.last_label);
  end loop;
  perform private.hide_corrected(p_organisation);
end
$$;
comment on function private.refresh_figures is 'Computes the figures of all listed periods of a reporting year and decides what is shown';

create function private.point_figures(p_organisation uuid, p_year integer)
returns void
language plpgsql
set search_path = ''
as $$
begin
  -- A line is of one point, so every month of a point holds 0 or at least 5 persons.
  insert into private.figures (organisation_id, period, unit_id, subject, cross_kind, cross_value, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
  select p_organisation, y.code, p.unit_id, p.subject, 'point', p.service_point_id::text,
         sum(p.persons) >= 10 and bool_and(whole.is_shown and not p.is_cover), sum(p.persons), sum(p.persons),
         sum(p.s1), sum(p.s2), sum(p.s3), sum(p.s4), sum(p.s5), sum(p.s6)
  from (
    select a.month, a.unit_id, a.service_point_id, a.subject, sum(a.others)::integer as persons,
           sum(a.s1) as s1, sum(a.s2) as s2, sum(a.s3) as s3, sum(a.s4) as s4, sum(a.s5) as s5, sum(a.s6) as s6,
           exists (
             select from private.cover_points as c
             where c.organisation_id = p_organisation and c.month = a.month and c.subject = a.subject
               and c.unit_id = a.unit_id and c.service_point_id = a.service_point_id) as is_cover
    from pg_temp.atoms as a
    where a.others > 0 and a.subject ~ '^(measure|item):' and not private.counts_for_deciding(a.subject)
    group by 1, 2, 3, 4
  ) as p
  join private.year_periods(p_year) as y on p.month between y.first_label and y.last_label
  join pg_temp.cells as whole on whole.period = y.code and whole.unit_id = p.unit_id and whole.subject = p.subject
  group by y.code, p.unit_id, p.subject, p.service_point_id;
end
$$;
comment on function private.point_figures is
  'Figures of single service points, for members only: receiving side, under shown units; never of a lone counter, and not of the points that cover one. Works on the temporary tables of refresh_figures()';

create function private.crossed_parts(p_organisation uuid)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.told_parts;
  drop table if exists pg_temp.part_names;
  drop table if exists pg_temp.parts;
  create temp table told_parts on commit drop as
  with part as (
    select a.month, a.unit_id, a.service_point_id, a.subject, a.pool, a.channel, a.version, a."group", sum(a.others)::integer as persons,
           sum(a.s1)::bigint as s1, sum(a.s2)::bigint as s2, sum(a.s3)::bigint as s3, sum(a.s4)::bigint as s4, sum(a.s5)::bigint as s5, sum(a.s6)::bigint as s6
    from pg_temp.atoms as a
    join (
      select d.subject from (select distinct a.subject from pg_temp.atoms as a) as d
      where d.subject !~ '^(choice|association):' and not private.is_sensitive(d.subject)
    ) as listed on listed.subject = a.subject
    where a.others > 0
      and not exists (
        select from private.cover_points as c
        where c.organisation_id = p_organisation and c.month = a.month and c.subject = a.subject
          and c.unit_id = a.unit_id and c.service_point_id = a.service_point_id)
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ),
  sized as (
    select p.*,
      coalesce(sum(p.persons) filter (where p.persons < 5) over of_line, 0) as rest,
      row_number() over (of_line order by p.persons < 5, p.persons, p.channel, p.version, p."group") as place
    from part as p
    window of_line as (partition by p.month, p.unit_id, p.service_point_id, p.subject, p.pool)
  )
  select p.month, p.unit_id, p.subject, x.kind, x.value, sum(p.persons) as persons,
         sum(p.s1)::bigint as s1, sum(p.s2)::bigint as s2, sum(p.s3)::bigint as s3, sum(p.s4)::bigint as s4, sum(p.s5)::bigint as s5, sum(p.s6)::bigint as s6
  from sized as p
  cross join lateral (values ('pool', p.pool), ('channel', p.channel), ('version', p.version), ('group', p."group")) as x (kind, value)
  -- What is not told must be 0 or at least 5 persons, too: the smallest part that could be told goes with it.
  where p.persons >= 5 and not (p.rest between 1 and 4 and p.place = 1)
  group by 1, 2, 3, 4, 5;
  -- A number for each subject with its part: every closing period is grouped by it.
  create temp table part_names on commit drop as
  select row_number() over (order by d.kind, d.subject, d.value)::integer as part, d.subject, d.kind, d.value
  from (select distinct p.subject, p.kind, p.value from pg_temp.told_parts as p) as d;
  analyze pg_temp.part_names;
  create temp table parts on commit drop as
  select p.month, p.unit_id, n.part, p.persons, p.s1, p.s2, p.s3, p.s4, p.s5, p.s6
  from pg_temp.told_parts as p join pg_temp.part_names as n using (subject, kind, value);
  create index on pg_temp.parts (month);
  analyze pg_temp.parts (month, unit_id, part);
end
$$;
comment on function private.crossed_parts is
  'Makes parts (and part_names), what crossed figures of the year are made of: parts of a line and month that answered in the same way (channel, version, procedure group), at least 5 persons each; of a line 0 or at least 5 persons are in none. No lone counters and no points that cover one. Works on atoms of refresh_figures()';

create function private.cross_figures(p_organisation uuid, p_period text, p_first date, p_last date)
returns void
language plpgsql
security definer
set plan_cache_mode = 'force_custom_plan'
set search_path = ''
as $$
begin
  insert into private.figures (organisation_id, period, unit_id, subject, cross_kind, cross_value, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
  with own as materialized (
    select p.unit_id, p.part, sum(p.persons) as persons,
           sum(p.s1) as s1, sum(p.s2) as s2, sum(p.s3) as s3, sum(p.s4) as s4, sum(p.s5) as s5, sum(p.s6) as s6
    from pg_temp.parts as p
    where p.month between p_first and p_last
    group by 1, 2
  ),
  x as materialized (
    select t.ancestor_id as unit_id, o.part, sum(o.persons) as persons,
           sum(o.s1) as s1, sum(o.s2) as s2, sum(o.s3) as s3, sum(o.s4) as s4, sum(o.s5) as s5, sum(o.s6) as s6
    from own as o
    join pg_temp.year_tree as t on t.period = p_period and t.descendant_id = o.unit_id
    group by 1, 2
  )
  select p_organisation, p_period, x.unit_id, n.subject, n.kind, n.value, x.persons >= 10 and whole.is_shown,
         x.persons, x.persons, x.s1, x.s2, x.s3, x.s4, x.s5, x.s6
  from x
  join pg_temp.part_names as n using (part)
  join pg_temp.cells as whole on whole.period = p_period and whole.unit_id = x.unit_id and whole.subject = n.subject
  -- as the key orders them
  order by n.kind, x.unit_id, x.part;
end
$$;
comment on function private.cross_figures is
  'Figures of a closed period crossed with one of pool, channel, version, group; works on the temporary tables of refresh_figures() and crossed_parts()';
