-- Numbers served: one a day per point and group, no day to come, corrected in the log; a machine with a token may put
-- them and nothing else; the response rate appears only where the number is known for the whole period.

begin;
\ir support/fixture.sql
select plan(48);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'officer', 'leader', 'below', 'stranger'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email) select pg_temp.person(n), n, n || '@example.vn'
from unnest(array['admin', 'officer', 'leader', 'below', 'stranger']) as n;
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('one_stop'), 'officer'),
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('small'), 'officer');
update public.service_points set code = 'Q1' where id = pg_temp.id('counter');
update public.service_points set code = 'QN' where id = pg_temp.id('small_counter');

create function pg_temp.put(p_point text, p_day date, p_served integer, p_group text default null) returns jsonb language sql as $$
  select public.set_served(jsonb_build_object('items', jsonb_build_array(jsonb_build_object(
    'point', pg_temp.id(p_point), 'day', p_day, 'served', p_served, 'group', pg_temp.id(p_group)))))
$$;

-- Who may enter what
select pg_temp.is_asked_by(null);
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', 1)$$), 'PT401 not_signed_in', 'nobody enters without being signed in');
select pg_temp.is_asked_by('stranger');
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', 1)$$), 'PT403 not_allowed', 'nor without a membership');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', 1)$$), 'PT403 not_allowed', 'a leader reads but does not enter');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', 1)$$), 'PT403 not_allowed', 'an officer enters for the own unit only');
select is(pg_temp.refusal(format('select public.read_served(%L, %L, %L)', pg_temp.id('one_stop'), '2026-03-01', '2026-03-07')), 'PT403 not_allowed', 'and reads no more');
select pg_temp.is_asked_by('officer');
select is(pg_temp.put('counter', '2026-03-02', 40) ->> 'added', '1', 'an officer enters a number');
select is(pg_temp.put('small_counter', '2026-03-02', 5) ->> 'added', '1', 'also of a unit below');
select is(pg_temp.put('counter', '2026-03-02', 40) ->> 'unchanged', '1', 'the same number again changes nothing');
select is((select count(*)::int from public.audit_log where record_type = 'served_counts'), 0, 'a first entry is not in the log');
select is(pg_temp.put('counter', '2026-03-02', 42) ->> 'changed', '1', 'a correction replaces it');
select is((select changes -> 'served' from public.audit_log where record_type = 'served_counts'), '[40, 42]', 'and is in the log with both numbers');
select is((select count(*)::int from public.served_counts where service_point_id = pg_temp.id('counter')), 1, 'there is one number a day');
select is(pg_temp.put('counter', '2026-03-02', null) ->> 'removed', '1', 'a number entered by mistake is taken back');
select is((select action from public.audit_log where record_type = 'served_counts' order by seq desc limit 1), 'delete', 'which is in the log too');

-- Two people on one page
select pg_temp.put('counter', '2026-03-09', 5);
select is(pg_temp.refusal(format('select public.set_served(%L)', jsonb_build_object('items', jsonb_build_array(
  jsonb_build_object('point', pg_temp.id('counter'), 'day', '2026-03-09', 'served', 7, 'was', null))))), 'PT409 changed_meanwhile', 'a number that came in between is not overwritten');
select is(public.set_served(jsonb_build_object('items', jsonb_build_array(
  jsonb_build_object('point', pg_temp.id('counter'), 'day', '2026-03-09', 'served', null, 'was', 5)))) ->> 'removed', '1', 'seen, it may be');

-- What cannot be
select is(pg_temp.refusal(format('select pg_temp.put(''counter'', %L, 1)', private.today() + 1)), 'PT422 future_day', 'nobody was served tomorrow');
select is(pg_temp.refusal(format('select pg_temp.put(''counter'', %L, 1)', private.today())), 'fine', 'today may be counted');
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', -1)$$), 'PT422 impossible_served');
select is(pg_temp.refusal($$select pg_temp.put('counter', '2026-03-02', 100001)$$), 'PT422 impossible_served');
select is(pg_temp.refusal($$select pg_temp.put('counter', '1999-12-31', 1)$$), 'PT422 impossible_date');
select is(pg_temp.refusal($$select pg_temp.put('returns', '2026-03-02', 1, 'group_a')$$), 'PT404 unknown_procedure_group', 'a group that the point does not serve');
select is(pg_temp.refusal(format('select public.set_served(%L)', jsonb_build_object('items', jsonb_build_array(
  jsonb_build_object('point', pg_temp.id('counter'), 'day', '2026-03-03', 'served', 7),
  jsonb_build_object('point', pg_temp.id('counter'), 'day', '2026-03-04', 'served', -7))))), 'PT422 impossible_served');
select is((select count(*)::int from public.served_counts where day = '2026-03-03'), 0, 'one impossible number stops all of a page');
select is(pg_temp.refusal($$select public.set_served('{"items": [{"point": "x"}]}')$$), 'PT422 malformed');

-- Whole point and groups
select pg_temp.put('counter', '2026-03-02', 10, 'group_a');
select pg_temp.put('counter', '2026-03-02', 20, 'group_b');
select is(private.served_in(pg_temp.id('root'), pg_temp.id('one_stop'), '2026-03-02', '2026-03-02'), 35::bigint, 'groups of a point add up, with the unit below');
select pg_temp.put('counter', '2026-03-02', 50);
select is(private.served_in(pg_temp.id('root'), pg_temp.id('one_stop'), '2026-03-02', '2026-03-02'), 55::bigint, 'the number of the whole point comes first');
select is(private.served_in(pg_temp.id('root'), pg_temp.id('division_a'), '2026-03-02', '2026-03-02'), null::bigint, 'nothing entered is not zero');

-- Reading
select is(public.read_served(pg_temp.id('one_stop'), '2026-03-02', '2026-03-02') -> 'missing', '[]', 'a point that was not there yet owes no number');
update public.service_points set created_at = '2026-03-01';
create temp table seen as select public.read_served(pg_temp.id('one_stop'), '2026-03-02', '2026-03-04') as page;
select is((select (page ->> 'total')::int from seen), 4, 'the active points of the unit and below');
select is((select e -> 'points' from seen, jsonb_array_elements(page -> 'missing') as e where e ->> 'day' = '2026-03-02'), '2'::jsonb, 'on 2 March two points are missing');
select is((select jsonb_array_length(p -> 'counts') from seen, jsonb_array_elements(page -> 'points') as p where p ->> 'id' = pg_temp.id('counter')::text), 3, 'three numbers of the counter');
select is(jsonb_array_length(public.read_served(pg_temp.id('one_stop'), '2026-03-02', '2026-03-02', 'SMALL') -> 'points'), 1, 'a point is found by a part of its label');
select is(pg_temp.refusal(format('select public.read_served(%L, %L, %L)', pg_temp.id('one_stop'), '2026-03-02', 'x')), 'PT422 impossible_date');

-- Tokens
select is(pg_temp.refusal(format('select public.make_access_token(%L, %L)', pg_temp.id('one_stop'), 'x')), 'PT403 not_allowed', 'an officer makes no token');
select pg_temp.is_asked_by('admin');
create temp table made as select public.make_access_token(pg_temp.id('small'), 'Máy lấy số') as token;
select pg_temp.is_asked_by(null);
create function pg_temp.by_token(p_items jsonb) returns jsonb language sql as $$
  select public.put_served_by_token((select token ->> 'token' from made), jsonb_build_object('items', p_items))
$$;
select is(pg_temp.by_token('[{"point": "QN", "day": "2026-03-03", "served": 9}]') ->> 'added', '1', 'a machine enters with its token');
select is(pg_temp.refusal($$select pg_temp.by_token('[{"point": "Q1", "day": "2026-03-03", "served": 9}]')$$), 'PT422 served_refused', 'but not for a unit above');
select is(pg_temp.refusal($$select pg_temp.by_token('[{"point": "QN", "day": "2026-03-03", "served": 10}, {"point": "QN", "day": "2026-02-30", "served": 10}]')$$), 'PT422 served_refused');
select is((select served from public.served_counts where day = '2026-03-03'), 9, 'all or none');
select is(pg_temp.refusal($$select public.put_served_by_token('lns_x', '{"items": []}')$$), 'PT404 unknown_access_token');
select ok(not exists (select from private.access_tokens as a, made where encode(a.token_hash, 'escape') like '%' || (token ->> 'token') || '%'), 'the token itself is not kept');
select pg_temp.is_asked_by('admin');
select is(public.list_access_tokens(pg_temp.id('root')) -> 0 ->> 'last_used_on', private.today()::text, 'the administrator sees when it was used last');
select public.revoke_access_token((select (token ->> 'id')::uuid from made));
select is(pg_temp.refusal($$select pg_temp.by_token('[{"point": "QN", "day": "2026-03-03", "served": 9}]')$$), 'PT404 unknown_access_token', 'a revoked token is refused');
select is((select string_agg(action, ' ' order by seq) from public.audit_log where record_type = 'access_tokens'), 'insert revoke', 'both are in the log');

-- Response rate: 40 answers at the counter on Monday 2 March, 20 at the small one on Tuesday; released up to Friday.
delete from public.served_counts;
update public.service_points set is_active = false where id in (pg_temp.id('returns'), pg_temp.id('alone'));
update public.service_points set created_at = '2026-03-02';
select pg_temp.record('counter', '2026-03-02', 40);
select pg_temp.record('small_counter', '2026-03-03', 20, '[4, 4, null, 4, 0, 4]');
select pg_temp.record('closed', '2026-03-03', 12);
select public.release_figures('2026-03-07');
select public.release_figures('2026-03-09');
create function pg_temp.rate(p_unit text) returns text language sql as $$
  select coalesce((select answered || '/' || served from private.response_rates(pg_temp.id('root'), '2026-M03') where unit_id = pg_temp.id(p_unit)), 'unknown')
$$;
select pg_temp.is_asked_by('officer');
select pg_temp.put('counter', day::date, 100) from generate_series('2026-03-02'::date, '2026-03-06', interval '1 day') as day;
select is(pg_temp.rate('small'), 'unknown', 'no number served, no rate');
select pg_temp.put('small_counter', day::date, 50) from generate_series('2026-03-02'::date, '2026-03-05', interval '1 day') as day;
select is(pg_temp.rate('one_stop'), 'unknown', 'one working day without a number at one point: the whole is not known');
select pg_temp.put('small_counter', '2026-03-06', 50);
select is(pg_temp.rate('one_stop'), '60/750', 'answers by a link are not counted; the unit holds what is below it');
select is((select public.public_results(pg_temp.id('root'), '2026-M03') -> 'rates' @> jsonb_build_array(jsonb_build_object('unit_id', pg_temp.id('small'), 'served', 250))), true, 'the running period of the demo carries that of each unit');

select * from finish();
rollback;
