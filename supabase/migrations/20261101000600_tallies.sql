-- Tallies: every response is added to the daily tallies of its stratum in its own transaction; what the
-- release rule lets go is added to the monthly sums of the same shape. x, w, y and o are integers in
-- millionths, rounded once per person, so that sums are exact in any order.
--
-- The primary keys begin with the day (or month): today's rows lie together and a range of days is one scan.
-- No foreign key to strata: strata are never deleted, and the check would cost every upsert a lock.

create table private.rating_counts (
  day date not null,
  stratum_id integer not null,
  item text not null,
  n1 integer not null, n2 integer not null, n3 integer not null, n4 integer not null, n5 integer not null,
  not_applicable integer not null,
  blank integer not null,
  primary key (day, stratum_id, item)
) with (fillfactor = 70);
comment on table private.rating_counts is 'Daily: how many chose each level of an item, how many it did not apply to, how many left it blank';

create table private.person_sums (
  day date not null,
  stratum_id integer not null,
  measure text not null,
  persons integer not null,
  top2_sum bigint not null, top2_squares bigint not null,
  mean_sum bigint not null, mean_squares bigint not null,
  primary key (day, stratum_id, measure)
) with (fillfactor = 70);
comment on table private.person_sums is
  'Daily: per measure (dimension or overall) the persons and the sums of x and x squared for both formulas: x = share of the person''s rated items that are 4 or 5 (top2), or their mean divided by 5 (mean)';

create table private.fact_counts (
  day date not null,
  stratum_id integer not null,
  fact text not null,
  choice smallint not null,
  persons integer not null,
  primary key (day, stratum_id, fact, choice)
) with (fillfactor = 70);
comment on table private.fact_counts is 'Daily: persons per choice of an optional question; choice 0 holds the persons who answered it';

create table private.item_sums (
  day date not null,
  stratum_id integer not null,
  item text not null,
  persons integer not null,
  w bigint not null,
  wy_top2 bigint not null, y_top2 bigint not null, yy_top2 bigint not null, yo_top2 bigint not null, o_top2 bigint not null, oo_top2 bigint not null,
  wy_mean bigint not null, y_mean bigint not null, yy_mean bigint not null, yo_mean bigint not null, o_mean bigint not null, oo_mean bigint not null,
  primary key (day, stratum_id, item)
) with (fillfactor = 70);
comment on table private.item_sums is
  'Daily, over persons who rated the item and S0: w = 1 / rated items of its dimension, y = the item''s value, o = S0''s value: what "which item would help most" and its association with S0 need';

create table private.response_counts (
  day date not null,
  service_point_id uuid not null,
  pool text not null,
  responses integer not null,
  primary key (day, service_point_id, pool)
) with (fillfactor = 70);
comment on table private.response_counts is 'Daily: responses received per point and pool; the one number that moves at once';

-- The monthly sums have the shape of the daily tallies with the label of the reporting month.
create table private.rating_months (like private.rating_counts including all);
alter table private.rating_months rename column day to month;
comment on table private.rating_months is 'Monthly: the released part of rating_counts';
create table private.person_months (like private.person_sums including all);
alter table private.person_months rename column day to month;
comment on table private.person_months is 'Monthly: the released part of person_sums';
create table private.fact_months (like private.fact_counts including all);
alter table private.fact_months rename column day to month;
comment on table private.fact_months is 'Monthly: the released part of fact_counts';
create table private.item_months (like private.item_sums including all);
alter table private.item_months rename column day to month;
comment on table private.item_months is 'Monthly: the released part of item_sums';

create table private.retention (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  raw_kept_from date not null default '-infinity',
  comments_kept_from date not null default '-infinity',
  removed jsonb not null default '{}',
  done_on date,
  last_removed jsonb not null default '{}'
);
comment on table private.retention is
  'Per organisation: from which day raw responses and comments are still kept; rebuild and recount touch later days only. No row: everything is kept';
comment on column private.retention.removed is
  'Counts of the clearing under way, noted in the transaction that deletes: a worker that was killed forgets none of them';
comment on column private.retention.done_on is 'The day whose clearing came to its end; last_removed is what it removed';

do $$
declare
  name text;
begin
  foreach name in array array[
    'rating_counts', 'person_sums', 'fact_counts', 'item_sums', 'response_counts',
    'rating_months', 'person_months', 'fact_months', 'item_months', 'retention'
  ] loop
    execute format('alter table private.%I enable row level security', name);
    execute format('revoke all on private.%I from public, anon, authenticated', name);
    execute format('grant select on private.%I to service_role', name);
  end loop;
end
$$;

create function private.add_tallies(p_responses public.responses[])
returns void
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  -- One walk over the ratings for all of them; the order of the statements is the same in every batch.
  with answer as materialized (
    select r.id, r.counted_on as day, r.stratum_id, r.ratings, r.ratings[rule.overall_at]::bigint as overall,
           rule.codes, rule.measures, s.service_point_id, s.pool
    from unnest(p_responses) as r
    -- limit 1: found by their keys, not by reading all strata for every batch.
    cross join lateral (select * from private.strata as s where s.id = r.stratum_id limit 1) as s
    cross join lateral (select * from private.version_rules as v where v.version_id = s.version_id limit 1) as rule
  ),
  cell as materialized (
    select a.id, a.day, a.stratum_id, v.code, v.measure, v.rating::bigint as rating, a.overall
    from answer as a
    cross join lateral unnest(a.ratings, a.codes, a.measures) as v (rating, code, measure)
  ),
  counts as (
    insert into private.rating_counts as t (day, stratum_id, item, n1, n2, n3, n4, n5, not_applicable, blank)
    select c.day, c.stratum_id, c.code,
           count(*) filter (where c.rating = 1), count(*) filter (where c.rating = 2), count(*) filter (where c.rating = 3),
           count(*) filter (where c.rating = 4), count(*) filter (where c.rating = 5),
           count(*) filter (where c.rating = 0), count(*) filter (where c.rating is null)
    from cell as c
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (day, stratum_id, item) do update set
      n1 = t.n1 + excluded.n1, n2 = t.n2 + excluded.n2, n3 = t.n3 + excluded.n3, n4 = t.n4 + excluded.n4, n5 = t.n5 + excluded.n5,
      not_applicable = t.not_applicable + excluded.not_applicable, blank = t.blank + excluded.blank
  ),
  -- (2a + k) / 2k in integers is a / k rounded half up: the one rounding per person.
  persons as (
    insert into private.person_sums as t (day, stratum_id, measure, persons, top2_sum, top2_squares, mean_sum, mean_squares)
    select p.day, p.stratum_id, p.measure, count(*), sum(p.top2), sum(p.top2 * p.top2), sum(p.mean), sum(p.mean * p.mean)
    from (
      select c.day, c.stratum_id, c.measure,
             (2 * 1000000 * count(*) filter (where c.rating >= 4) + count(*)) / (2 * count(*)) as top2,
             (2 * 1000000 * sum(c.rating)::bigint + 5 * count(*)) / (10 * count(*)) as mean
      from cell as c
      where c.rating between 1 and 5 and c.measure is not null
      group by c.id, c.day, c.stratum_id, c.measure
    ) as p
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (day, stratum_id, measure) do update set
      persons = t.persons + excluded.persons,
      top2_sum = t.top2_sum + excluded.top2_sum, top2_squares = t.top2_squares + excluded.top2_squares,
      mean_sum = t.mean_sum + excluded.mean_sum, mean_squares = t.mean_squares + excluded.mean_squares
  ),
  sums as (
    insert into private.item_sums as t (
      day, stratum_id, item, persons, w,
      wy_top2, y_top2, yy_top2, yo_top2, o_top2, oo_top2, wy_mean, y_mean, yy_mean, yo_mean, o_mean, oo_mean)
    select p.day, p.stratum_id, p.code, count(*), sum(p.w),
           sum(p.w * p.y_top2), sum(p.y_top2), sum(p.y_top2 * p.y_top2), sum(p.y_top2 * p.o_top2), sum(p.o_top2), sum(p.o_top2 * p.o_top2),
           sum(p.w * p.y_mean), sum(p.y_mean), sum(p.y_mean * p.y_mean), sum(p.y_mean * p.o_mean), sum(p.o_mean), sum(p.o_mean * p.o_mean)
    from (
      select c.day, c.stratum_id, c.code,
             (2 * 1000000 + count(*) over same_dimension) / (2 * count(*) over same_dimension) as w,
             case when c.rating >= 4 then 1000000::bigint else 0 end as y_top2,
             c.rating * 200000 as y_mean,
             case when c.overall >= 4 then 1000000::bigint else 0 end as o_top2,
             c.overall * 200000 as o_mean
      from cell as c
      where c.rating between 1 and 5 and c.overall between 1 and 5 and c.code <> 'S0'
      window same_dimension as (partition by c.id, coalesce(c.measure, c.code))
    ) as p
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (day, stratum_id, item) do update set
      persons = t.persons + excluded.persons, w = t.w + excluded.w,
      wy_top2 = t.wy_top2 + excluded.wy_top2, y_top2 = t.y_top2 + excluded.y_top2, yy_top2 = t.yy_top2 + excluded.yy_top2,
      yo_top2 = t.yo_top2 + excluded.yo_top2, o_top2 = t.o_top2 + excluded.o_top2, oo_top2 = t.oo_top2 + excluded.oo_top2,
      wy_mean = t.wy_mean + excluded.wy_mean, y_mean = t.y_mean + excluded.y_mean, yy_mean = t.yy_mean + excluded.yy_mean,
      yo_mean = t.yo_mean + excluded.yo_mean, o_mean = t.o_mean + excluded.o_mean, oo_mean = t.oo_mean + excluded.oo_mean
  )
  insert into private.response_counts as t (day, service_point_id, pool, responses)
  select a.day, a.service_point_id, a.pool, count(*)
  from answer as a
  group by 1, 2, 3
  order by 1, 2, 3
  on conflict (day, service_point_id, pool) do update set responses = t.responses + excluded.responses;

  if exists (select from unnest(p_responses) as r where r.facts is not null) then
    insert into private.fact_counts as t (day, stratum_id, fact, choice, persons)
    select r.counted_on, r.stratum_id, f.fact, c.choice, count(*)
    from unnest(p_responses) as r
    cross join lateral jsonb_each(r.facts) as f (fact, chosen)
    cross join lateral (
      select 0::smallint as choice
      union all
      select e::smallint from jsonb_array_elements_text(f.chosen) as e
    ) as c
    where r.facts is not null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (day, stratum_id, fact, choice) do update set persons = t.persons + excluded.persons;
  end if;
end
$$;
comment on function private.add_tallies is
  'Adds responses to the daily tallies, upserting in key order so that two batches never wait for each other in a circle (design 4, 5)';
