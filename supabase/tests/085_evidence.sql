-- Quality flags and exclusions: what each rule flags and what it leaves alone; with and without; two persons; taken out
-- with the next release and counted again; what must not be taken out since it would show one to four persons.

begin;
\ir support/fixture.sql
select plan(53);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['leader', 'second', 'analyst', 'officer'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(n), n, n || '@example.vn' from unnest(array['leader', 'second', 'analyst', 'officer']) as n;
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('second'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('analyst'), pg_temp.id('root'), pg_temp.id('root'), 'analyst'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer');

-- At recording ------------------------------------------------------------------------------------------
create function pg_temp.sent(p_point text, p_seconds integer, p_ratings jsonb, p_more jsonb default '{}') returns text[] language plpgsql as $$
declare
  known uuid[] := array(select id from public.responses);
begin
  perform pg_temp.submit(pg_temp.answer(p_point, p_ratings, jsonb_build_object(
    'ticket', pg_temp.ticket(p_point, now() - make_interval(secs => p_seconds))) || p_more));
  return (select quality_flags from public.responses where id <> all (known));
end
$$;
-- Always office hours, whenever this runs.
update public.organisations set opens_at = '00:00', closes_at = '24:00' where id = pg_temp.id('root');
insert into public.holidays (organisation_id, day, works, name) values (pg_temp.id('root'), private.today(), true, '{"vi": "Làm việc"}')
  on conflict (organisation_id, day) do update set works = true;

select is(pg_temp.sent('counter', 60, '[4, 5, null, 4, 0, 4]'), null, 'an answer given in a minute is not flagged');
select is(pg_temp.sent('counter', 3, '[4, 5, null, 4, 0, 4]'), array['fast'], 'four ratings in three seconds are');
select is(pg_temp.sent('counter', 5, '[4, 5, null, 4, 0, 4]'), null, 'four in five seconds are not');
select is(pg_temp.sent('counter', 3, '[4, null, null, null, null, 4]'), null, 'nor two in three');
select is(pg_temp.sent('counter', -30, '[4, 5, null, 4, 0, 4]'), null, 'a clock that runs ahead tells nothing');

update public.organisations set opens_at = '00:00', closes_at = '00:00' where id = pg_temp.id('root');
select is(pg_temp.sent('counter', 60, '[4, 5, null, 4, 0, 4]'), array['out_of_hours'], 'a counter''s code used outside office hours is flagged');
select is(pg_temp.sent('returns', 60, '[4, 5, 4, 4, 0, 4]', '{"moment": "return"}'), null, 'a kiosk is not: it stands in the hall or at the gate');
select is(pg_temp.sent('counter', 1, '[4, 5, null, 4, 0, 4]'), array['fast', 'out_of_hours'], 'several rules may flag one answer');
update public.organisations set opens_at = '00:00', closes_at = '24:00' where id = pg_temp.id('root');
update public.holidays set works = false where organisation_id = pg_temp.id('root') and day = private.today();
select is(pg_temp.sent('counter', 60, '[4, 5, null, 4, 0, 4]'), array['out_of_hours'], 'on a day off every hour is outside');
update public.holidays set works = true where organisation_id = pg_temp.id('root') and day = private.today();

select is((select sum(answers)::integer from private.point_pace where service_point_id = pg_temp.id('counter')), 8, 'answers are counted per point and minute');
delete from private.point_pace;
insert into private.point_pace values
  (pg_temp.id('counter'), private.this_minute() - 9, 15), (pg_temp.id('counter'), private.this_minute() - 1, 14),
  (pg_temp.id('counter'), private.this_minute() - 10, 100), (pg_temp.id('returns'), private.this_minute(), 100);
select is(pg_temp.sent('counter', 60, '[4, 5, null, 4, 0, 4]'), null, 'the thirtieth within ten minutes is not a burst');
select is(pg_temp.sent('counter', 60, '[4, 5, null, 4, 0, 4]'), array['burst'], 'the thirty-first is');
insert into private.point_pace values (pg_temp.id('counter'), private.this_minute() - 60, 1);
select public.flag_answers();
select is((select count(*)::integer from private.point_pace where minute < private.this_minute() - 44), 0, 'the pace is forgotten within the hour');
select is((select count(*)::integer from information_schema.columns where table_schema = 'private' and table_name = 'point_pace'), 3,
  'and holds a point, a minute and a number');
delete from public.responses;
delete from private.response_counts;
delete from private.rating_counts;
delete from private.person_sums;
delete from private.fact_counts;
delete from private.item_sums;

-- Looking back ------------------------------------------------------------------------------------------
-- S0 to B2 and so on all rated, as somebody who filed a complaint and received a result does.
create function pg_temp.full(p_level integer) returns jsonb language sql immutable as $$ select jsonb_build_array(p_level, p_level, p_level, p_level, p_level, p_level) $$;
select pg_temp.record('counter', '2026-01-05', 8, '[4, 5, 4, 3, 5, 4]');
select pg_temp.record('counter', '2026-01-06', 8, '[5, 4, 3, 4, 2, 4]');
select pg_temp.record('counter', '2026-01-07', 8, '[3, 4, 4, 4, 5, 5]');
select pg_temp.record('counter', '2026-01-08', 8, '[4, 4, 5, 4, 3, 4]');
select pg_temp.record('counter', '2026-01-12', 12, '[5, 5, 5, 5, 4, 5]');
select pg_temp.record('counter', '2026-01-12', 6, '[4, 5, 4, 3, 5, 4]');
select pg_temp.record('counter', '2026-01-12', 7, pg_temp.full(5));
select pg_temp.record('returns', '2026-01-12', 7, '[5, 5, 5, 5, 0, 5]', '{"moment": "return"}');
select is(public.flag_answers() ->> 'days', '0', 'days that are not released are not looked at');
select public.release_figures('2026-01-13');
select is(public.flag_answers() ->> 'days', '8', 'released ones are');
select is(public.flag_answers() ->> 'days', '0', 'once');
create temp view flagged as
  select r.counted_on, r.ratings::text as ratings, r.quality_flags as flags, count(*)::integer as n
  from public.responses as r where r.quality_flags is not null group by 1, 2, 3;
select results_eq($$select ratings, flags, n from flagged order by flags::text$$,
  $$values ('{5,5,5,5,4,5}', array['pattern'], 12), ('{5,5,5,5,5,5}', array['straight'], 7)$$,
  'twelve equal answers that the point never had are a pattern; six equal ratings a straight line; five are neither');
select is((select array_agg(rule || ' ' || answers order by rule) from private.flagged_answers), array['pattern 12', 'straight 7'], 'and counted by rule');

-- What somebody sees --------------------------------------------------------------------------------------
create function pg_temp.evidence(p_period text default '2026-M01', p_unit text default 'root') returns jsonb language sql as $$
  select public.read_evidence(pg_temp.id(p_unit), p_period)
$$;
create function pg_temp.without(p_period text, p_measure text default 'S0') returns text language sql as $$
  select coalesce(string_agg(w ->> 'rule' || ' ' || (w ->> 'flagged') || ' of ' || (c ->> 'persons'), ', ' order by w ->> 'rule'), 'nothing')
  from jsonb_array_elements(pg_temp.evidence(p_period) -> 'measures') as c, jsonb_array_elements(c -> 'without') as w
  where c ->> 'measure' = p_measure
$$;
select pg_temp.is_asked_by('officer');
select throws_ok($$select pg_temp.evidence()$$, 'PT403', null, 'an officer reads no evidence');
select throws_ok(format('select public.propose_exclusion(%L, null, %L, %L, %L)', pg_temp.id('root'), '2026-M01', 'pattern', 'x'), 'PT403');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.evidence() #>> '{places,0,answers}', '12', 'an analyst sees how many where');
select is(jsonb_array_length(pg_temp.evidence() -> 'places'), 2, 'by rule');
select is(pg_temp.without('2026-M01'), 'nothing', 'figures without them wait for the end of the month');
select throws_ok($$select pg_temp.evidence('2020-Y')$$, 'PT422');
-- 14 January ends January of the administrative year; five more answers make the next working day.
select public.release_figures('2026-01-16');
select public.flag_answers();
select pg_temp.is_asked_by('analyst');
select is(pg_temp.without('2026-M01'), 'pattern 12 of 64, straight 7 of 64', 'then figures are shown with and without');
select is((select (w ->> 'top2_sum')::bigint from jsonb_array_elements(pg_temp.evidence('2026-M01') -> 'measures') as c,
  jsonb_array_elements(c -> 'without') as w where c ->> 'measure' = 'S0' and w ->> 'rule' = 'pattern'), 52000000::bigint,
  'the sums without them are those of the others');
select is(pg_temp.without('2026-M01', 'E'), 'pattern 12 of 57, straight 7 of 57', 'each measure for itself');

-- Proposing and deciding ----------------------------------------------------------------------------------
create function pg_temp.propose(p_rule text default 'pattern', p_reason text default 'Cùng một máy tại quầy', p_point text default 'counter') returns uuid language sql as $$
  select (public.propose_exclusion(pg_temp.id('root'), pg_temp.id(p_point), '2026-M01', p_rule, p_reason) ->> 'id')::uuid
$$;
select throws_ok($$select pg_temp.propose(p_reason => ' ')$$, 'PT422', null, 'no exclusion without a reason');
select throws_ok($$select pg_temp.propose('magic')$$, 'PT422');
select throws_ok($$select pg_temp.propose('fast')$$, 'PT422', null, 'nor of fewer than five answers');
create temp table made as select pg_temp.propose() as id;
select throws_ok($$select pg_temp.propose()$$, 'PT422', null, 'what is proposed already is not proposed again');
select throws_ok($$select public.decide_exclusion((select id from made), true)$$, 'PT403', null, 'an analyst decides nothing');
select pg_temp.is_asked_by('leader');
create temp table own as select pg_temp.propose('straight') as id;
select is(pg_temp.refusal('select public.decide_exclusion((select id from own), true)'), 'PT403 second_person_needed', 'whoever proposed cannot decide');
select pg_temp.is_asked_by('second');
select public.decide_exclusion((select id from own), false);
select is((select state from private.exclusions where id = (select id from own)), 'refused', 'a second person refuses');
select public.decide_exclusion((select id from made), true);
select is(pg_temp.refusal('select public.decide_exclusion((select id from made), false)'), 'PT409 already_decided', 'and decides once');
select is((select array_agg(action || ' ' || coalesce(changes #>> '{state,1}', changes ->> 'state') order by seq) from public.audit_log where record_type = 'exclusions'),
  array['insert proposed', 'insert proposed', 'update refused', 'update confirmed'], 'all of it is in the log');

-- Taking effect -------------------------------------------------------------------------------------------
create function pg_temp.persons(p_measure text default 'S0') returns integer language sql as $$
  select persons from private.figures where organisation_id = pg_temp.id('root') and unit_id = pg_temp.id('root')
    and period = '2026-M01' and subject = 'measure:' || p_measure and cross_kind = 'none'
$$;
select pg_temp.is_asked_by(null);
select public.release_figures('2026-01-16');
select is(pg_temp.persons(), 64, 'nothing changes between two releases');
select isnt_empty($$select from private.figures where period = '2026-M01' and cross_kind not in ('none', 'point') and is_shown$$, 'the closed month has crossed figures');
select public.release_figures('2026-01-19');
select is(pg_temp.persons(), 52, 'with the next release figures leave the answers out, also of a closed month');
select is(pg_temp.persons('E'), 45, 'in each line of its own');
select is((select sum(persons)::integer from private.person_sums where measure = 'S0'), 64, 'daily tallies hold what was received: blocks are cut by them');
select is_empty($$select from private.figures where period = '2026-M01' and cross_kind not in ('none', 'point') and is_shown and unit_id = pg_temp.id('root')$$,
  'crossed figures of the month, made before, are not shown any more');
select is(private.excluded_in(pg_temp.id('root'), '2026-M01')::integer, 12, 'and the number of excluded answers is told with the figure');
select public.publish_demo();
select is((public.public_results(pg_temp.id('root'), '2026-M01') ->> 'excluded')::integer, 12, 'also to the public, as soon as the period is published');
select is((public.public_unit_results(pg_temp.id('small'), '2026-M01') ->> 'excluded')::integer, 0, 'of the units it concerns');
select is((public.public_results(pg_temp.id('root'), '2026-Q1') ->> 'excluded')::integer, 12, 'in longer periods, too');

-- Counted again ---------------------------------------------------------------------------------------------
select pg_temp.is_asked_by('second');
select public.propose_exclusion_end((select id from made), 'Đoàn khách có thật');
select is(pg_temp.refusal('select public.decide_exclusion((select id from made), true)'), 'PT403 second_person_needed', 'ending needs a second person, too');
select pg_temp.is_asked_by('leader');
select public.decide_exclusion((select id from made), true);
select pg_temp.is_asked_by(null);
select public.release_figures('2026-01-20');
select is(pg_temp.persons(), 64, 'with the next release they are counted again');
select is((select count(*)::integer from private.left_out), 0, 'nothing is left out any more');

-- What stays counted ------------------------------------------------------------------------------------------
select pg_temp.record('small_counter', '2026-01-21', 8);
select pg_temp.record('small_counter', '2026-01-21', 3, '[1, 1, null, 1, 0, 1]');
update public.responses set quality_flags = array['burst'] where counted_on = '2026-01-21' and ratings[1] = 4;
select public.release_figures('2026-01-22');
select public.flag_answers();
select pg_temp.is_asked_by('analyst');
create temp table small as
  select (public.propose_exclusion(pg_temp.id('small'), null, '2026-M02', 'burst', 'Thử') ->> 'id')::uuid as id;
select pg_temp.is_asked_by('leader');
select public.decide_exclusion((select id from small), true);
select public.release_figures('2026-01-23');
select is((select count(*)::integer from private.left_out), 0, 'an exclusion that would leave three persons in a figure waits');
select pg_temp.record('small_counter', '2026-01-23', 5, '[2, 2, null, 2, 0, 2]');
select public.release_figures('2026-01-26');
select public.release_figures('2026-01-27');
select is((select string_agg(distinct persons::text, ',') from private.left_out where subject = 'measure:S0'), '8', 'until at least five remain');

-- More answers than people served -------------------------------------------------------------------------------
insert into public.served_counts (organisation_id, unit_id, service_point_id, day, served, entered_via)
values (pg_temp.id('root'), pg_temp.id('one_stop'), pg_temp.id('counter'), '2026-01-12', 20, 'page'),
  (pg_temp.id('root'), pg_temp.id('one_stop'), pg_temp.id('counter'), '2026-01-05', 20, 'page');
select results_eq($$select day, received::integer, served::integer from private.over_served(pg_temp.id('root'), '2025-12-15', '2026-01-14')$$,
  $$values ('2026-01-12'::date, 25, 20)$$, 'a day with more answers than people served is told');

select * from finish();
rollback;
