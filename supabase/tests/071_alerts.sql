-- Alerts: who hears what at which setting, that an alert which goes on is one alert, that two people who answer notice
-- each other; and that answers to F2 reach leaders alone, in fives, only where their figure is shown.

begin;
\ir support/fixture.sql
select plan(46);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array[
    'officer', 'analyst', 'leader', 'administrator', 'auditor', 'head', 'below'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(name), name, name || '@example.vn'
from unnest(array['officer', 'analyst', 'leader', 'administrator', 'auditor', 'head', 'below']) as name;
insert into public.members (person_id, organisation_id, unit_id, role)
select pg_temp.person(name), pg_temp.id('root'), pg_temp.id(unit), role
from (values ('officer', 'one_stop', 'officer'), ('analyst', 'one_stop', 'analyst'), ('leader', 'one_stop', 'leader'),
  ('administrator', 'root', 'administrator'), ('auditor', 'root', 'auditor'), ('head', 'root', 'leader'), ('below', 'small', 'leader')) as m (name, unit, role);

-- What an alert list holds: rules with their settings, in order.
create function pg_temp.heard(p_unit text) returns text language sql as $$
  select coalesce(string_agg((entry ->> 'rule') || ' ' || (entry ->> 'setting'), ', '), 'nothing')
  from jsonb_array_elements(public.list_alerts(pg_temp.id(p_unit)) -> 'alerts') as entry
$$;
create function pg_temp.put(p_unit text, p_rule text, p_setting text, p_since text, p_until text, p_previous text) returns integer language sql as $$
  select public.put_alerts(jsonb_build_object('items', jsonb_build_array(jsonb_build_object(
    'unit_id', pg_temp.id(p_unit), 'service_point_id', null, 'measure', 'S0', 'rule', p_rule, 'direction', 'down', 'setting', p_setting,
    'since', p_since, 'until', p_until, 'previous', p_previous,
    'evidence', jsonb_build_object('value', 0.7, 'centre', 0.8, 'low', null, 'high', null, 'months', 7, 'persons', 300)))))
$$;
create function pg_temp.first_alert(p_unit text) returns jsonb language sql as $$
  select public.list_alerts(pg_temp.id(p_unit)) -> 'alerts' -> 0
$$;

-- Series for the worker: closed months that are shown and hold at least 30 persons
select is(public.alert_work(), '[]', 'before a month has closed there is nothing to judge');
select pg_temp.record('counter', '2026-03-02', 40);
select pg_temp.record('small_counter', '2026-03-02', 20);
select pg_temp.record('counter', '2026-04-02', 29);
select public.release_figures('2026-05-18');
select is(public.alert_work() -> 0 ->> 'newest', '2026-M04', 'a month that has closed is to be judged');
select is((select one -> 'months' from jsonb_array_elements(public.alert_series(pg_temp.id('root')) -> 'series') as one
  where one ->> 'unit_id' = pg_temp.id('one_stop')::text and one ->> 'service_point_id' is null and one ->> 'measure' = 'S0'),
  '[["2026-M03", 60, 60000000, 60000000000000]]', 'a series holds the months of at least 30 persons');
select is((select count(*)::int from jsonb_array_elements(public.alert_series(pg_temp.id('root')) -> 'series') as one
  where one ->> 'unit_id' = pg_temp.id('small')::text), 0, 'a unit of 20 persons has none');
select is((select one -> 'months' -> 0 -> 1 from jsonb_array_elements(public.alert_series(pg_temp.id('root')) -> 'series') as one
  where one ->> 'service_point_id' = pg_temp.id('counter')::text and one ->> 'measure' = 'S0'), '40', 'a point has a series of its own');
select public.finish_alerts(pg_temp.id('root'), '2026-M04');
select is(public.alert_work(), '[]', 'a month is judged once');

-- Who hears
select is(pg_temp.refusal($$select public.list_alerts(pg_temp.id('one_stop'))$$), 'PT401 not_signed_in', 'nobody hears without signing in');
select pg_temp.is_asked_by('administrator');
select is(pg_temp.refusal($$select public.list_alerts(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'an administrator hears nothing');
select pg_temp.is_asked_by('auditor');
select is(pg_temp.refusal($$select public.see_alerts(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'nor does an auditor');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal($$select public.list_alerts(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'nor anybody of the unit above');
select pg_temp.is_asked_by('officer');
select is(pg_temp.heard('one_stop'), 'nothing', 'at first there is nothing');
select is(public.list_alerts(pg_temp.id('one_stop')) ->> 'judged', '2026-M04', 'but it is said what was looked at');

-- One change, one alert; heard by the setting
select is(pg_temp.put('one_stop', 'run', 'many', '2025-M10', '2026-M04', '2026-M03'), 1, 'a run of seven months is new');
select is(pg_temp.heard('one_stop'), 'nothing', 'at "normal" seven months are not told');
select is(pg_temp.refusal($$select public.set_alert_setting(pg_temp.id('one_stop'), 'many')$$), 'PT403 not_allowed', 'an officer does not set how much is told');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal($$select public.set_alert_setting(pg_temp.id('root'), 'many')$$), 'PT403 not_allowed', 'a leader does so below, not above');
select is(pg_temp.refusal($$select public.set_alert_setting(pg_temp.id('one_stop'), 'loud')$$), 'PT422 unknown_setting', 'with a setting that exists');
select public.set_alert_setting(pg_temp.id('one_stop'), 'many');
select is(pg_temp.heard('one_stop'), 'run many', 'at "many" seven months are told');
select is(public.list_alerts(pg_temp.id('small')) ->> 'setting', 'many', 'a unit below has the setting of the unit above');
select public.set_alert_setting(pg_temp.id('one_stop'), 'few');
select is(pg_temp.put('one_stop', 'run', 'normal', '2025-M10', '2026-M05', '2026-M04'), 0, 'the eighth month is the same alert');
select is(pg_temp.heard('one_stop'), 'nothing', 'not told at "few"');
select pg_temp.put('one_stop', 'run', 'few', '2025-M11', '2026-M06', '2026-M05');
select is(pg_temp.heard('one_stop'), 'run few', 'the ninth is');
select is(pg_temp.first_alert('one_stop') ->> 'first_period', '2025-M10', 'from where it began');
select is(pg_temp.first_alert('one_stop') ->> 'is_new', 'true', 'new until looked at');
select public.see_alerts(pg_temp.id('one_stop'));
update private.alert_visits set seen_at = seen_at + interval '1 second';
select is(pg_temp.first_alert('one_stop') ->> 'is_new', 'false', 'and not new then');
select pg_temp.is_asked_by('head');
select is(pg_temp.heard('root'), 'run few', 'whoever is responsible above hears it, too');

-- Answering
select pg_temp.is_asked_by('officer');
create temp table seen as select (one ->> 'id')::uuid as id, (one ->> 'revision')::int as revision from pg_temp.first_alert('one_stop') as one;
select is(pg_temp.refusal($$select public.acknowledge_alert((select id from seen), ' ', (select revision from seen))$$), 'PT422 impossible_note', 'an answer has words');
select is(pg_temp.refusal($$select public.acknowledge_alert('00000000-0000-4000-8000-0000000000ff', 'Đã rõ', 1)$$), 'PT404 unknown_alert', 'to an alert that exists');
select is(public.acknowledge_alert((select id from seen), 'Thêm ghế ngồi', (select revision from seen)) -> 'acknowledged' ->> 'by', 'officer', 'an officer answers');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.refusal($$select public.acknowledge_alert((select id from seen), 'Mở thêm quầy', (select revision from seen))$$), 'PT409 changed_meanwhile',
  'who answers from an older page is told what stands there now');
select is(pg_temp.first_alert('one_stop') -> 'acknowledged' ->> 'note', 'Thêm ghế ngồi', 'and nothing is overwritten');
select is((select changes ->> 'note' from public.audit_log where record_type = 'alerts' order by seq desc limit 1), '•', 'the log knows who answered, not the words');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal($$select public.acknowledge_alert((select id from seen), 'Không', 9)$$), 'PT403 not_allowed', 'nobody answers for the unit above');

-- F2
select pg_temp.is_asked_by(null);
insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at)
values ('00000000-0000-4000-8000-0000000000aa', pg_temp.id('form'), 9, '{"items": [{"code": "S0", "measure": "S0", "when": "always", "zero": null}],
  "facts": [{"code": "F2", "choices": [1, 2, 3], "max": 1}]}', now());
create function pg_temp.asked(p_point text, p_day date, p_no integer, p_yes integer) returns void language sql as $$
  select pg_temp.record(p_point, p_day, p_no, '[4]', '{"version_id": "00000000-0000-4000-8000-0000000000aa", "facts": {"F2": [1]}}') where p_no > 0;
  select pg_temp.record(p_point, p_day, p_yes, '[2]', '{"version_id": "00000000-0000-4000-8000-0000000000aa", "facts": {"F2": [2]}}') where p_yes > 0;
$$;
-- July: 4 of 30 said yes. August: 7 of 40 at one counter. September: 6 of 8, too few for any figure.
select pg_temp.asked('counter', '2026-06-16', 26, 4);
select public.release_figures('2026-07-16');
select is(public.finish_alerts(pg_temp.id('root'), '2026-M07'), 0, 'four who said yes are not told');
select pg_temp.asked('counter', '2026-07-16', 33, 7);
select pg_temp.asked('small_counter', '2026-07-16', 12, 3);
select public.release_figures('2026-08-17');
select cmp_ok(public.finish_alerts(pg_temp.id('root'), '2026-M08'), '>=', 2, 'seven are, of their unit and of the unit above');
select is(public.finish_alerts(pg_temp.id('root'), '2026-M08'), 0, 'once');
select pg_temp.is_asked_by('leader');
select is(pg_temp.heard('one_stop'), 'beyond_rules few, run few', 'the leader hears of it, at every setting');
select is(pg_temp.first_alert('one_stop') -> 'evidence', '{"at_least": 10}', 'only how many fives, of all ten in the subtree');
-- Ids and times hold any digits.
select is((select regexp_replace(private.alert_card(a)::text, '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9]{2}-[0-9]{2}[^"]*', '', 'g')
    ~ '"persons"|(^|\D)(7|40|45|55)(\D|$)' from private.alerts as a
  where a.rule = 'beyond_rules' and a.unit_id = pg_temp.id('one_stop')), false, 'and no other number');
select is(pg_temp.heard('small'), 'nothing', 'three at the unit below are not told');
select pg_temp.is_asked_by('officer');
select is(pg_temp.heard('one_stop'), 'run few', 'an officer never hears of it');
select is((public.list_alerts(pg_temp.id('one_stop')) ->> 'open')::int, 0, 'not even that there is one');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.heard('one_stop'), 'run few', 'nor does an analyst');
select is(pg_temp.refusal(format('select public.acknowledge_alert(%L, ''x'', 1)', (select id from private.alerts where rule = 'beyond_rules' and unit_id = pg_temp.id('one_stop') limit 1))),
  'PT403 not_allowed', 'who may not answer it either');
select pg_temp.is_asked_by(null);
select pg_temp.asked('small_counter', '2026-08-17', 2, 6);
select public.release_figures('2026-09-16');
select public.finish_alerts(pg_temp.id('root'), '2026-M09');
select is((select count(*)::int from private.alerts where rule = 'beyond_rules' and unit_id = pg_temp.id('small') and first_period = '2026-M09'), 0,
  'six of eight are not told: the figure is hidden');
select is((select string_agg(first_period, ' ' order by first_period) from private.alerts where rule = 'beyond_rules' and unit_id = pg_temp.id('small')), '2026-Q3',
  'the quarter, in which the figure is shown, tells it');

select * from finish();
rollback;
