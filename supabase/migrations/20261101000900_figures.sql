-- Figures: what may be shown, decided once per release and stored, so that a page reads and never counts.
--
-- Listed cubes (the only list; nothing else can be asked for):
--   unit tree x period x measure, item or fact                         running and closed periods
--   a unit's own service points x period x the same, receiving side    running and closed periods, members only
--   unit tree x the same, crossed with one of pool, channel, version, group   closed periods only
--   unit tree x period x association (an item with S0)                 running and closed periods, told to a tenth only
--   P5, the ethnic group: the whole organisation only, closed quarters only, never crossed
--
-- A cell is shown when it holds at least 10 persons and what is left of it without its shown parts is 0 or at
-- least 5 persons who were not all served by one and the same person. Otherwise hidden first: the crossed
-- cell, then the smaller unit with what lies under it, then the shorter period. (Between plain cells of nested
-- periods nothing is left to hide: the release rule already moves every line in blocks of 5.)

-- No foreign keys: a release writes a million of them from sums whose units are checked, and the checks alone took
-- a third of it. Who removes a unit or an organisation removes its figures.
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
  month date, unit_id uuid, subject text, pool text, channel text, version text, "group" text, persons integer, others integer,
  s1 numeric, s2 numeric, s3 numeric, s4 numeric, s5 numeric, s6 numeric
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
  select r.month, case when side.is_deciding then s.deciding_unit_id else s.receiving_unit_id end, r.subject,
         s.pool, s.channel, s.version_id::text, coalesce(s.procedure_group_id::text, 'none'),
         sum(r.persons)::integer, coalesce(sum(r.persons) filter (where s.by_several), 0)::integer,
         sum(r.s1), sum(r.s2), sum(r.s3), sum(r.s4), sum(r.s5), sum(r.s6)
  from released as r
  join s on s.id = r.stratum_id
  join side on side.subject = r.subject
  group by 1, 2, 3, 4, 5, 6, 7
$$;
comment on function private.released_atoms is 'Released sums of a reporting year per own unit, month and everything a listed cube is crossed with';

create function private.year_tree(p_organisation uuid, p_year integer)
returns table (period text, first_label date, last_label date, months smallint, ancestor_id uuid, descendant_id uuid, depth smallint)
language sql
stable
set search_path = ''
as $$
  select y.code, y.first_label, y.last_label, y.months, t.ancestor_id, t.descendant_id, t.depth
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
           sum(a.s1) as s1, sum(a.s2) as s2, sum(a.s3) as s3, sum(a.s4) as s4, sum(a.s5) as s5, sum(a.s6) as s6
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
  perform private.hide_units();
  perform private.hide_beside_published(p_organisation, p_year);
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
    select y.code, y.first_label, y.last_label, y.months
    from private.year_periods(p_year) as y
    where private.is_closed(p_organisation, y.last_label)
    order by y.last_label, y.months
  loop
    continue when not exists (select from pg_temp.cells as c where c.period = closing.code)
      or exists (
        select from private.figures as f
        where f.organisation_id = p_organisation and f.period = closing.code and f.cross_kind not in ('none', 'point'));
    if not has_parts then
      perform private.prepare_crossing(p_organisation, codes);
      has_parts := true;
    end if;
    perform private.cross_figures(p_organisation, closing.code, closing.first_label, closing.last_label);
  end loop;
  perform private.hide_corrected(p_organisation);
end
$$;
comment on function private.refresh_figures is 'Computes the figures of all listed periods of a reporting year and decides what is shown';

create function private.hide_units()
returns void
language plpgsql
set search_path = ''
as $$
declare
  hidden integer;
begin
  loop
    with shown_kid as (
      select distinct on (c.period, c.subject, c.unit_id) c.period, c.subject, c.unit_id, a.unit_id as ancestor_id
      from pg_temp.cells as c
      join pg_temp.year_tree as t on t.period = c.period and t.descendant_id = c.unit_id and t.depth > 0
      join pg_temp.cells as a on a.period = c.period and a.subject = c.subject and a.unit_id = t.ancestor_id and a.is_shown
      where c.is_shown
      order by c.period, c.subject, c.unit_id, t.depth
    ),
    kids_month as (
      select k.period, k.subject, k.ancestor_id, m.month, sum(m.persons) as persons, sum(m.others) as others
      from shown_kid as k
      join pg_temp.month_cells as m on m.period = k.period and m.subject = k.subject and m.unit_id = k.unit_id
      group by 1, 2, 3, 4
    ),
    exposed as (
      select distinct m.subject, m.unit_id
      from pg_temp.month_cells as m
      join (select distinct period, subject, ancestor_id from shown_kid) as a
        on a.period = m.period and a.subject = m.subject and a.ancestor_id = m.unit_id
      left join kids_month as k
        on k.period = m.period and k.subject = m.subject and k.ancestor_id = m.unit_id and k.month = m.month
      where m.persons > coalesce(k.persons, 0) and m.others - coalesce(k.others, 0) < 5
    ),
    smallest as (
      select distinct on (e.subject, e.unit_id) e.subject, k.unit_id
      from exposed as e
      join shown_kid as k on k.subject = e.subject and k.ancestor_id = e.unit_id
      join pg_temp.cells as size on size.subject = k.subject and size.unit_id = k.unit_id
      group by e.subject, e.unit_id, k.unit_id
      order by e.subject, e.unit_id, max(size.persons), k.unit_id
    )
    update pg_temp.cells as c
    set is_shown = false
    from smallest as s
    join pg_temp.year_tree as t on t.ancestor_id = s.unit_id
    where c.subject = s.subject and c.unit_id = t.descendant_id and c.period = t.period and c.is_shown;
    get diagnostics hidden = row_count;
    exit when hidden = 0;
  end loop;
end
$$;
comment on function private.hide_units is
  'Hides, all year round, the smallest shown unit under a parent whose figure without its shown parts would be fewer than 5 persons or one person''s counter; works on the temporary tables of refresh_figures()';

create function private.point_figures(p_organisation uuid, p_year integer)
returns void
language plpgsql
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  hidden integer;
begin
  drop table if exists pg_temp.point_months;
  drop table if exists pg_temp.points;
  drop table if exists pg_temp.own_rest;
  -- A line is of one point, so every month of a point holds 0 or at least 5 persons; one person's counter is never shown.
  create temp table point_months on commit drop as
  select m.month, s.receiving_unit_id as unit_id, s.service_point_id, m.subject, sum(m.persons)::integer as persons,
         sum(m.s1) as s1, sum(m.s2) as s2, sum(m.s3) as s3, sum(m.s4) as s4, sum(m.s5) as s5, sum(m.s6) as s6
  from (
    select month, stratum_id, 'measure:' || measure as subject, persons,
           top2_sum as s1, top2_squares as s2, mean_sum as s3, mean_squares as s4, null::bigint as s5, null::bigint as s6
    from private.person_months where month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
    union all
    select month, stratum_id, 'item:' || item, n1 + n2 + n3 + n4 + n5, n1, n2, n3, n4, n5, not_applicable
    from private.rating_months where month between make_date(p_year, 1, 1) and make_date(p_year, 12, 1)
  ) as m
  join private.strata as s on s.id = m.stratum_id and s.organisation_id = p_organisation and s.pool <> 'imported'
  join public.service_points as point on point.id = s.service_point_id and point.staffed_by = 'several'
  where not private.counts_for_deciding(m.subject)
  group by 1, 2, 3, 4;

  create temp table points on commit drop as
  select y.code as period, p.unit_id, p.service_point_id, p.subject, sum(p.persons)::integer as persons,
         sum(p.s1) as s1, sum(p.s2) as s2, sum(p.s3) as s3, sum(p.s4) as s4, sum(p.s5) as s5, sum(p.s6) as s6,
         sum(p.persons) >= 10 and bool_and(whole.is_shown) as is_shown
  from pg_temp.point_months as p
  join private.year_periods(p_year) as y on p.month between y.first_label and y.last_label
  join pg_temp.cells as whole on whole.period = y.code and whole.unit_id = p.unit_id and whole.subject = p.subject
  group by 1, 2, 3, 4;

  -- What a shown unit holds beside the shown units below it. hide_units() has seen to it that this is fine; it must
  -- stay so when the shown points are taken away, too.
  create temp table own_rest on commit drop as
  with shown_kid as (
    select distinct on (c.period, c.subject, c.unit_id) c.period, c.subject, c.unit_id, a.unit_id as ancestor_id
    from pg_temp.cells as c
    join pg_temp.year_tree as t on t.period = c.period and t.descendant_id = c.unit_id and t.depth > 0
    join pg_temp.cells as a on a.period = c.period and a.subject = c.subject and a.unit_id = t.ancestor_id and a.is_shown
    where c.is_shown
    order by c.period, c.subject, c.unit_id, t.depth
  ),
  kids_month as (
    select k.period, k.subject, k.ancestor_id, m.month, sum(m.persons) as persons, sum(m.others) as others
    from shown_kid as k
    join pg_temp.month_cells as m on m.period = k.period and m.subject = k.subject and m.unit_id = k.unit_id
    group by 1, 2, 3, 4
  )
  select m.period, m.unit_id, m.subject, m.month,
         m.persons - coalesce(k.persons, 0) as persons, m.others - coalesce(k.others, 0) as others
  from pg_temp.month_cells as m
  join pg_temp.cells as whole on whole.period = m.period and whole.unit_id = m.unit_id and whole.subject = m.subject and whole.is_shown
  left join kids_month as k on k.period = m.period and k.subject = m.subject and k.ancestor_id = m.unit_id and k.month = m.month
  -- Only where somebody's own counter is part of it.
  where m.persons - coalesce(k.persons, 0) > m.others - coalesce(k.others, 0);

  loop
    with points_month as (
      select p.period, p.subject, p.unit_id, m.month, sum(m.persons) as persons
      from pg_temp.points as p
      join private.year_periods(p_year) as y on y.code = p.period
      join pg_temp.point_months as m on m.unit_id = p.unit_id and m.service_point_id = p.service_point_id
        and m.subject = p.subject and m.month between y.first_label and y.last_label
      where p.is_shown
      group by 1, 2, 3, 4
    ),
    exposed as (
      select distinct r.subject, r.unit_id
      from pg_temp.own_rest as r
      join points_month as p on p.period = r.period and p.subject = r.subject and p.unit_id = r.unit_id and p.month = r.month
      where r.others - p.persons < 5
    ),
    smallest as (
      select distinct on (e.subject, e.unit_id) e.subject, e.unit_id, p.service_point_id
      from exposed as e
      join pg_temp.points as p on p.subject = e.subject and p.unit_id = e.unit_id and p.is_shown
      group by e.subject, e.unit_id, p.service_point_id
      order by e.subject, e.unit_id, max(p.persons), p.service_point_id
    )
    update pg_temp.points as p
    set is_shown = false
    from smallest as s
    where p.subject = s.subject and p.unit_id = s.unit_id and p.service_point_id = s.service_point_id and p.is_shown;
    get diagnostics hidden = row_count;
    exit when hidden = 0;
  end loop;
  perform private.hide_points_beside_published();

  insert into private.figures (organisation_id, period, unit_id, subject, cross_kind, cross_value, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
  select p_organisation, p.period, p.unit_id, p.subject, 'point', p.service_point_id::text, p.is_shown, p.persons, p.persons,
         p.s1, p.s2, p.s3, p.s4, p.s5, p.s6
  from pg_temp.points as p;
end
$$;
comment on function private.point_figures is
  'Figures of single service points, for members only: receiving side, under shown units; beside one person''s counter the smallest other point is hidden with it, all year round. Works on the temporary tables of refresh_figures()';

create function private.prepare_crossing(p_organisation uuid, p_codes text[])
returns void
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
begin
  drop table if exists pg_temp.crossing;
  drop table if exists pg_temp.parts;
  drop table if exists pg_temp.month_parts;
  drop table if exists pg_temp.parts_out;
  create temp table crossing on commit drop as
  select a.month, a.unit_id, a.subject, x.kind, x.value, sum(a.persons) as persons, sum(a.others) as others,
         sum(a.s1) as s1, sum(a.s2) as s2, sum(a.s3) as s3, sum(a.s4) as s4, sum(a.s5) as s5, sum(a.s6) as s6
  from pg_temp.atoms as a
  join (
    select d.subject from (select distinct subject from pg_temp.atoms) as d
    where d.subject !~ '^(choice|association):' and not private.is_sensitive(d.subject)
  ) as listed on listed.subject = a.subject
  cross join lateral (values ('pool', a.pool), ('channel', a.channel), ('version', a.version), ('group', a."group")) as x (kind, value)
  group by 1, 2, 3, 4, 5;

  -- Numbers in place of texts: a part is a crossed subject, its parts together are the whole.
  create temp table parts on commit drop as
  select row_number() over (order by d.subject, d.kind, d.value)::integer as part,
         dense_rank() over (order by d.subject, d.kind)::integer as whole, d.subject, d.kind, d.value
  from (select distinct c.subject, c.kind, c.value from pg_temp.crossing as c) as d;
  analyze pg_temp.parts;
  create temp table month_parts on commit drop as
  select c.month, c.unit_id, p.part, c.persons, c.others, c.s1, c.s2, c.s3, c.s4, c.s5, c.s6
  from pg_temp.crossing as c join pg_temp.parts as p using (subject, kind, value);
  create index on pg_temp.month_parts (month);
  analyze pg_temp.month_parts (month, unit_id, part);

  -- What is out already of these periods.
  create temp table parts_out on commit drop as
  select f.period, f.unit_id, p.part, f.persons, f.others
  from private.figures as f
  join pg_temp.parts as p on p.subject = f.subject and p.kind = f.cross_kind and p.value = f.cross_value
  where f.organisation_id = p_organisation and f.period = any (p_codes) and f.is_shown and f.cross_kind not in ('none', 'point');
  analyze pg_temp.parts_out (period, unit_id, part);
end
$$;
comment on function private.prepare_crossing is
  'Puts what the closing periods of a year are crossed with into the temporary tables parts, month_parts and parts_out for cross_figures()';

create function private.cross_figures(p_organisation uuid, p_period text, p_first date, p_last date)
returns void
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  hidden integer;
  step integer;
begin
  drop table if exists pg_temp.crossed;
  drop table if exists pg_temp.inside;
  create temp table crossed on commit drop as
  with x as materialized (
    select t.ancestor_id as unit_id, m.part, sum(m.persons)::integer as persons, sum(m.others)::integer as others,
           sum(m.s1) as s1, sum(m.s2) as s2, sum(m.s3) as s3, sum(m.s4) as s4, sum(m.s5) as s5, sum(m.s6) as s6
    from pg_temp.month_parts as m
    join pg_temp.year_tree as t on t.period = p_period and t.descendant_id = m.unit_id
    where m.month between p_first and p_last
    group by 1, 2
  )
  select x.*, p.whole, whole.persons as whole_persons, whole.others as whole_others,
         coalesce(whole.is_shown, false) and x.persons >= 10 and not (x.persons > x.others and x.others < 5) as is_shown
  from x
  join pg_temp.parts as p on p.part = x.part
  left join pg_temp.cells as whole on whole.period = p_period and whole.unit_id = x.unit_id and whole.subject = p.subject;
  analyze pg_temp.crossed (unit_id, part, whole, is_shown);

  -- The longest shown periods inside this one.
  create temp table inside on commit drop as
  with recursive within as (
    select y.code as period, x.unit_id, x.part
    from pg_temp.crossed as x
    cross join private.year_periods(left(p_period, 4)::integer) as y
    where x.is_shown and y.parent = p_period
    union all
    select y.code, w.unit_id, w.part
    from within as w
    join private.year_periods(left(p_period, 4)::integer) as y on y.parent = w.period
    where not exists (select from pg_temp.parts_out as o where o.period = w.period and o.unit_id = w.unit_id and o.part = w.part)
  )
  select unit_id, part, sum(o.persons) as persons, sum(o.others) as others
  from within join pg_temp.parts_out as o using (period, unit_id, part)
  group by 1, 2;
  analyze pg_temp.inside (unit_id, part);

  loop
    hidden := 0;
    -- What is left of the whole without its shown parts.
    with exposed as (
      select x.unit_id, x.whole
      from pg_temp.crossed as x
      where x.is_shown
      group by 1, 2
      having max(x.whole_persons) > sum(x.persons) and max(x.whole_others) - sum(x.others) < 5
    ),
    smallest as (
      -- parts are numbered in the order of their values
      select distinct on (x.unit_id, x.whole) x.unit_id, x.part
      from exposed as e
      join pg_temp.crossed as x using (unit_id, whole)
      where x.is_shown
      order by x.unit_id, x.whole, x.persons, x.part
    )
    update pg_temp.crossed as x set is_shown = false
    from smallest as s
    where x.unit_id = s.unit_id and x.part = s.part;
    get diagnostics step = row_count;
    hidden := hidden + step;

    -- What is left of a unit's crossed cell without the shown cells of the units below it.
    with above as materialized (
      select c.unit_id, c.part, c.persons, c.others, t.ancestor_id, t.depth
      from pg_temp.crossed as c
      join pg_temp.year_tree as t on t.period = p_period and t.descendant_id = c.unit_id and t.depth > 0
      where c.is_shown
    ),
    shown_kid as materialized (
      select distinct on (k.part, k.unit_id) k.unit_id, k.part, k.persons, k.others, k.ancestor_id, a.persons as whole, a.others as whole_others
      from above as k
      join pg_temp.crossed as a on a.unit_id = k.ancestor_id and a.part = k.part and a.is_shown
      order by k.part, k.unit_id, k.depth
    ),
    exposed as (
      select ancestor_id, part from shown_kid
      group by 1, 2
      having max(whole) > sum(persons) and max(whole_others) - sum(others) < 5
    ),
    smallest as (
      select distinct on (k.ancestor_id, k.part) k.unit_id, k.part
      from exposed as e join shown_kid as k using (ancestor_id, part)
      order by k.ancestor_id, k.part, k.persons, k.unit_id
    )
    update pg_temp.crossed as x set is_shown = false
    from smallest as s
    where x.unit_id = s.unit_id and x.part = s.part;
    get diagnostics step = row_count;
    hidden := hidden + step;

    -- What is left of this period without the shown periods inside it, which are out already: hide this one.
    update pg_temp.crossed as x set is_shown = false
    from pg_temp.inside as o
    where x.unit_id = o.unit_id and x.part = o.part and x.is_shown
      and x.persons > o.persons and x.others - o.others < 5;
    get diagnostics step = row_count;
    hidden := hidden + step;
    exit when hidden = 0;
  end loop;

  insert into pg_temp.parts_out (period, unit_id, part, persons, others)
  select p_period, x.unit_id, x.part, x.persons, x.others from pg_temp.crossed as x where x.is_shown;
  insert into private.figures (organisation_id, period, unit_id, subject, cross_kind, cross_value, is_shown, persons, others, s1, s2, s3, s4, s5, s6)
  select p_organisation, p_period, x.unit_id, p.subject, p.kind, p.value, x.is_shown, x.persons, x.others, x.s1, x.s2, x.s3, x.s4, x.s5, x.s6
  from pg_temp.crossed as x join pg_temp.parts as p using (part)
  -- in the order of the key
  order by p.kind, x.unit_id, p.part;
end
$$;
comment on function private.cross_figures is
  'Figures of a closed period crossed with one of pool, channel, version, group; works on the temporary tables of refresh_figures() and prepare_crossing()';
