-- The release rule, day by day: whole days, at least five persons, the next working day, the month of the last day.
-- March 2026 of the administrative scheme is 15 February to 14 March; 7 and 8 March are a weekend.

begin;
\ir support/fixture.sql
select plan(29);
-- Released persons of S0 at a point by month: "2026-03:5 2026-04:6".
create function pg_temp.released(p_point text, p_measure text default 'S0') returns text language sql as $$
  select coalesce(string_agg(to_char(month, 'YYYY-MM') || ':' || persons, ' ' order by month), 'nothing') from (
    select m.month, sum(m.persons) as persons from private.person_months as m join private.strata as s on s.id = m.stratum_id
    where s.service_point_id = pg_temp.id(p_point) and s.pool <> 'imported' and m.measure = p_measure group by m.month) as months
$$;

-- Fewer than five wait
select pg_temp.record('counter', '2026-03-02', 4);
select is((select sum(responses) from private.response_counts)::integer, 4, 'the number received moves at once');
select is(pg_temp.released('counter'), 'nothing', 'figures do not');
select lives_ok($$select public.release_figures('2026-03-02')$$, 'a release on the same day is possible');
select is(pg_temp.released('counter'), 'nothing', 'but the day itself is not over');
select public.release_figures('2026-03-03');
select is(pg_temp.released('counter'), 'nothing', 'four persons wait on the next day too');
select is((select waiting from private.release_lines where service_point_id = pg_temp.id('counter') and subject = 'measure:S0'), 4, 'and are known to wait');
select pg_temp.record('counter', '2026-03-03', 2);
select public.release_figures('2026-03-04');
select is(pg_temp.released('counter'), '2026-03:6', 'with the fifth, whole days move: six persons');
select is((public.release_figures('2026-03-04') ->> 'blocks')::integer, 0, 'releasing again does nothing');
select is(pg_temp.released('counter'), '2026-03:6', 'really nothing');

-- Weekends and holidays
select pg_temp.record('counter', '2026-03-06', 5);
select public.release_figures('2026-03-07');
select is(pg_temp.released('counter'), '2026-03:6', 'nothing moves on a Saturday');
select public.release_figures('2026-03-08');
select is(pg_temp.released('counter'), '2026-03:6', 'nor on a Sunday');
select public.release_figures('2026-03-09');
select is(pg_temp.released('counter'), '2026-03:11', 'it moves on Monday');

-- Each line for itself
select pg_temp.record('returns', '2026-03-09', 3, '[4, 4, 5, 4, 0, 4]');
select pg_temp.record('returns', '2026-03-09', 3, '[4, 4, null, 4, 0, 4]');
select public.release_figures('2026-03-10');
select is(pg_temp.released('returns'), '2026-03:6', 'six persons rated the whole');
select is(pg_temp.released('returns', 'D'), 'nothing', 'only three the result: that waits');
select is((select n from (select sum(n4) as n from private.rating_months where item = 'B1') as b)::integer, 17, 'items move like measures');
select is((select count(*) from private.fact_months)::integer, 0, 'a fact that nobody answered does not');

-- The end of a month
select pg_temp.record('returns', '2026-03-13', 3);
select public.release_figures('2026-03-16');
select is(pg_temp.released('returns'), '2026-03:6', 'what waits at the end of a month stays out of it');
select pg_temp.record('returns', '2026-03-16', 2);
select public.release_figures('2026-03-17');
select is(pg_temp.released('returns'), '2026-03:6 2026-04:5', 'and is counted in the next month');

-- Late records
select pg_temp.record('returns', '2026-03-11', 2);
select results_eq($$select distinct date, counted_on from public.responses where date <> counted_on$$,
  $$values ('2026-03-11'::date, '2026-03-17'::date)$$, 'what is recorded late for a released day counts on the first open day');
select public.release_figures('2026-03-18');
select is(pg_temp.released('returns'), '2026-03:6 2026-04:5', 'two late ones wait for the next block');
select pg_temp.record('returns', '2026-03-18', 3);
select public.release_figures('2026-03-19');
select is(pg_temp.released('returns'), '2026-03:6 2026-04:10', 'and move with it');

-- Pools
select pg_temp.record('returns', '2026-03-19', 4, p_more => '{"pool": "verified"}');
select pg_temp.record('returns', '2026-03-19', 4);
select public.release_figures('2026-03-20');
select is(pg_temp.released('returns'), '2026-03:6 2026-04:10', 'four in each pool are not eight');
select pg_temp.record('returns', '2026-03-18', 5, p_more => '{"pool": "imported", "channel": "import"}');
select public.release_figures('2026-03-23');
select is((select count(*) from private.figures as f where f.cross_kind = 'pool' and f.cross_value = 'imported')::integer, 0,
  'imported answers are in no figure');

-- Comments
select pg_temp.record('small_counter', '2026-03-23', 4, p_more => '{"comment": "Chờ lâu"}');
select public.release_figures('2026-03-24');
select is((select count(*) from public.response_comments where released_month is not null)::integer, 0, 'comments of four answers wait');
select pg_temp.record('small_counter', '2026-03-24', 1);
select public.release_figures('2026-03-25');
select is((select array_agg(distinct released_month) from public.response_comments), array['2026-04-01'::date],
  'with the fifth answer they move, and show their month only');
select is((select count(*) from public.response_comments where released_month is null)::integer, 0, 'none is left behind');

-- Closing
select ok(not private.is_closed(pg_temp.id('root'), '2026-04-01'), 'a month is open while its last day is not released');
select public.release_figures('2026-04-15');
select ok(private.is_closed(pg_temp.id('root'), '2026-04-01'), 'and closed when it is');
select isnt_empty($$select from private.figures where cross_kind = 'group' and period = '2026-M04'$$, 'crossed figures exist for closed periods');

select * from finish();
rollback;
