-- Tallies of an example that was counted by hand, and the rebuild that must agree with them.
--
-- Ratings B1 B2 D1 E1 E3 S0, all at the counter on one morning:
--   first   5 3 null 4 0 4      second  2 0 null null 0 5      third  4 4 2 1 3 null   (moment return)
-- First:  B top2 = 1/2, mean = 8/10; S0 top2 1, mean 0.8.       Second: B top2 = 0, mean = 0.4; S0 top2 1, mean 1.
-- Third:  B top2 = 1, mean = 0.8; D top2 0, mean 0.4; E top2 0, mean 0.6; no S0, so no association sums.

begin;
\ir support/fixture.sql
select plan(14);

select pg_temp.record('counter', '2026-03-02', 1, '[5, 3, null, 4, 0, 4]', '{"facts": {"F1": [2], "I1": [1, 3]}}');
select pg_temp.record('counter', '2026-03-02', 1, '[2, 0, null, null, 0, 5]', '{"facts": {"I1": [3]}}');
select pg_temp.record('counter', '2026-03-02', 1, '[4, 4, 2, 1, 3, null]', '{"moment": "return"}');

select results_eq(
  $$select item, sum(n1)::integer, sum(n2)::integer, sum(n3)::integer, sum(n4)::integer, sum(n5)::integer, sum(not_applicable)::integer, sum(blank)::integer
    from private.rating_counts group by item order by item$$,
  $$values ('B1', 0, 1, 0, 1, 1, 0, 0), ('B2', 0, 0, 1, 1, 0, 1, 0), ('D1', 0, 1, 0, 0, 0, 0, 2),
           ('E1', 1, 0, 0, 1, 0, 0, 1), ('E3', 0, 0, 1, 0, 0, 2, 0), ('S0', 0, 0, 0, 1, 1, 0, 1)$$,
  'levels, reasons and blanks are counted per item');
select results_eq(
  $$select measure, sum(persons)::integer, sum(top2_sum)::bigint, sum(top2_squares)::bigint, sum(mean_sum)::bigint, sum(mean_squares)::bigint
    from private.person_sums group by measure order by measure$$,
  $$values ('B', 3, 1500000::bigint, 1250000000000::bigint, 2000000::bigint, 1440000000000::bigint),
           ('D', 1, 0, 0, 400000, 160000000000), ('E', 1, 0, 0, 600000, 360000000000),
           ('S0', 2, 2000000, 2000000000000, 1800000, 1640000000000)$$,
  'per person the share of 4 and 5, and the mean divided by 5');
select is_empty($$select from private.person_sums where measure is null or measure = 'E1'$$, 'E1 is a line of its own and in no measure');
select results_eq(
  $$select fact, choice::integer, sum(persons)::integer from private.fact_counts group by 1, 2 order by 1, 2$$,
  $$values ('F1', 0, 1), ('F1', 2, 1), ('I1', 0, 2), ('I1', 1, 1), ('I1', 3, 2)$$,
  'a fact counts its persons and each choice');
-- First person: B1 and B2 weigh 1/2 each, E1 weighs 1. Second: B1 weighs 1.
select results_eq(
  $$select item, sum(persons)::integer, sum(w)::bigint, sum(wy_top2)::bigint, sum(y_mean)::bigint, sum(yo_mean)::bigint, sum(oo_mean)::bigint
    from private.item_sums group by item order by item$$,
  $$values ('B1', 2, 1500000::bigint, 500000000000::bigint, 1400000::bigint, 1200000000000::bigint, 1640000000000::bigint),
           ('B2', 1, 500000, 0, 600000, 480000000000, 640000000000),
           ('E1', 1, 1000000, 1000000000000, 800000, 640000000000, 640000000000)$$,
  'association sums hold the persons who rated the item and S0');
select results_eq('select day, pool, responses from private.response_counts', $$values ('2026-03-02'::date, 'open', 3)$$, 'three answers were received');

-- 1/3 is rounded once per person: 333333, and its square is the square of that.
insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at)
values ('00000000-0000-4000-8000-00000000bbbb', pg_temp.id('form'), 3, '{"items": [
  {"code": "C1", "measure": "C", "when": "always", "zero": null}, {"code": "C2", "measure": "C", "when": "always", "zero": null},
  {"code": "C3", "measure": "C", "when": "always", "zero": null}]}', now());
select pg_temp.record('counter', '2026-03-03', 1, '[5, 1, 1]', '{"version_id": "00000000-0000-4000-8000-00000000bbbb"}');
select results_eq(
  $$select top2_sum, top2_squares, mean_sum from private.person_sums where measure = 'C'$$,
  $$values (333333::bigint, 111110888889::bigint, 466667::bigint)$$, 'a third is rounded once per person');
select is((select count(*) from private.item_sums where day = '2026-03-03')::integer, 0, 'a form without S0 has no association sums');

-- Rebuild
create temp table kept as
select 'rating' as name, to_jsonb(t) as row from private.rating_counts as t union all select 'person', to_jsonb(t) from private.person_sums as t
union all select 'fact', to_jsonb(t) from private.fact_counts as t union all select 'item', to_jsonb(t) from private.item_sums as t
union all select 'responses', to_jsonb(t) from private.response_counts as t;
update private.rating_counts set n5 = n5 + 7;
delete from private.person_sums;
update private.response_counts set responses = 99;
select is(public.rebuild_tallies('2026-03-01', '2026-03-31') ->> 'responses', '4', 'the rebuild reads four answers');
select set_eq(
  $$select 'rating', to_jsonb(t) from private.rating_counts as t union all select 'person', to_jsonb(t) from private.person_sums as t
    union all select 'fact', to_jsonb(t) from private.fact_counts as t union all select 'item', to_jsonb(t) from private.item_sums as t
    union all select 'responses', to_jsonb(t) from private.response_counts as t$$,
  'select name, row from kept', 'and arrives at the same tallies');
insert into private.retention (organisation_id, raw_kept_from) values (pg_temp.id('root'), '2026-03-03');
delete from public.responses where counted_on < '2026-03-03';
select is((public.rebuild_tallies('2026-03-01', '2026-03-31') ->> 'responses')::integer, (select count(*) from public.responses)::integer,
  'a rebuild after answers were deleted counts what is left');
select is((select sum(responses) from private.response_counts)::integer, 4, 'their tallies outlive them');

-- What an answer leaves behind
select is_empty(
  $$select table_name, column_name from information_schema.columns
    where table_schema = 'public' and table_name in ('responses', 'response_comments') and data_type like 'timestamp%'$$,
  'no column beside an answer holds a time');
select is((select array_agg(column_name::text order by column_name) from information_schema.columns where table_schema = 'private' and table_name = 'spent_tickets'),
  array['day', 'hash'], 'a spent ticket is a hash and a day');

select * from finish();
rollback;
