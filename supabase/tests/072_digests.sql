-- Digests: a mail a week to whom wants one and still may, with counts only; one call of the webhook a day; who sets it.

begin;
\ir support/fixture.sql
select plan(27);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['officer', 'leader', 'administrator', 'local'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(name), name, name || '@example.vn' from unnest(array['officer', 'leader', 'administrator', 'local']) as name;
insert into public.members (person_id, organisation_id, unit_id, role)
select pg_temp.person(name), pg_temp.id('root'), pg_temp.id(unit), role
from (values ('officer', 'one_stop', 'officer'), ('leader', 'one_stop', 'leader'), ('administrator', 'root', 'administrator'),
  ('local', 'one_stop', 'administrator')) as m (name, unit, role);
select pg_temp.record('counter', private.today(), 6);
insert into private.alerts (organisation_id, unit_id, subject, rule, direction, setting, first_period, last_period, evidence) values
  (pg_temp.id('root'), pg_temp.id('one_stop'), 'measure:S0', 'run', 'down', 'few', '2026-M01', '2026-M09', '{}'),
  (pg_temp.id('root'), pg_temp.id('one_stop'), 'measure:C', 'run', 'down', 'many', '2026-M01', '2026-M09', '{}'),
  (pg_temp.id('root'), pg_temp.id('one_stop'), 'fact:F2', 'beyond_rules', null, 'few', '2026-M09', '2026-M09', '{"at_least": 5}');

-- On the first page
select pg_temp.is_asked_by('administrator');
select is(pg_temp.refusal($$select public.office_news(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'an administrator reads no news of feedback');
select pg_temp.is_asked_by('officer');
select is(public.office_news(pg_temp.id('one_stop')) - 'since', '{"alerts": 1, "received": 6, "private": false}', 'an officer is told what is new, and nothing of F2');
select pg_temp.is_asked_by('leader');
select is(public.office_news(pg_temp.id('one_stop')) - 'since', '{"alerts": 1, "received": 6, "private": true}', 'a leader also that there is something to read');
select public.see_alerts(pg_temp.id('one_stop'));
update private.alert_visits set seen_at = seen_at + interval '1 second';
select is(public.office_news(pg_temp.id('one_stop')) - 'since', '{"alerts": 0, "received": 6, "private": false}', 'once looked at it is not new');

-- By mail
select public.set_digest(pg_temp.id('one_stop'), true);
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal($$select public.set_digest(pg_temp.id('root'), true)$$), 'PT403 not_allowed', 'nobody is told about units out of reach');
select public.set_digest(pg_temp.id('one_stop'), true);
select is(public.list_alerts(pg_temp.id('one_stop')) -> 'digest', 'true', 'who wants it sees that it is on');
select is(public.queue_digests(private.today()::text) -> 'mails', '0', 'not before a week has passed');
-- The next working day that is at least a week away.
create temp table later as
select min(day)::date as day from generate_series(private.today() + 7, private.today() + 21, interval '1 day') as day
where private.is_working_day(pg_temp.id('root'), day::date);
select is(public.queue_digests((select day::text from later)) -> 'mails', '2', 'then once for each');
select is(public.queue_digests((select day::text from later)) -> 'mails', '0', 'and not again');
select is((select payload - 'unit_id' - 'since' - 'reports' from public.outbox where recipient = 'officer@example.vn'), '{"alerts": 1, "received": 6, "private": false}', 'the mail holds counts');
select is((select payload -> 'private' from public.outbox where recipient = 'leader@example.vn'), 'true', 'and to a leader that there is an alert of its own kind');
select is((select count(*)::int from public.outbox where payload::text ~ 'F2|beyond|at_least'), 0, 'never which or how many');
update public.members set ended_at = now() where person_id = pg_temp.person('officer');
update private.digest_choices set told_on = told_on - 30;
select is(public.queue_digests((select day::text from later)) -> 'mails', '1', 'who is no member any more is told nothing');
select is((select count(*)::int from private.digest_choices), 1, 'and forgotten');
select pg_temp.is_asked_by('leader');
select public.set_digest(pg_temp.id('one_stop'), false);
select is((select count(*)::int from private.digest_choices), 0, 'who does not want it any more gets none');

-- To a webhook
select is(pg_temp.refusal($$select public.set_webhook(pg_temp.id('root'), 'https://example.vn/hook')$$), 'PT403 not_allowed', 'a leader sets no webhook');
select pg_temp.is_asked_by('local');
select is(pg_temp.refusal($$select public.read_webhook(pg_temp.id('root'))$$), 'PT403 not_allowed', 'nor an administrator of a part');
select is(pg_temp.refusal($$select public.set_webhook(pg_temp.id('one_stop'), 'https://example.vn/hook')$$), 'PT404 unknown_organisation', 'a part has none');
select pg_temp.is_asked_by('administrator');
select is(public.read_webhook(pg_temp.id('root')), null, 'at first there is none');
select is(pg_temp.refusal($$select public.set_webhook(pg_temp.id('root'), 'ftp://example.vn')$$), 'PT422 impossible_url', 'only addresses of the web');
create temp table made as select public.set_webhook(pg_temp.id('root'), ' https://example.vn/hook ') ->> 'secret' as secret;
select is(public.read_webhook(pg_temp.id('root')), '{"url": "https://example.vn/hook", "last_error": null, "answered_on": null}', 'the secret is shown once and never again');
select is(public.webhook_target(pg_temp.id('root')) ->> 'secret', (select secret from made), 'the worker signs with it');
select isnt(public.set_webhook(pg_temp.id('root'), 'https://example.vn/hook') ->> 'secret', (select secret from made), 'setting it again makes a new one');
select is(public.queue_digests((select day::text from later)) -> 'calls', '1', 'one call on a working day');
select is((select payload - 'since' - 'date' from public.outbox where kind = 'webhook'), '{"alerts": 1, "received": 6}', 'with counts, nothing about F2');
select is((select count(*)::int from public.audit_log where record_type = 'webhooks' and changes::text ~ 'example'), 0, 'the log has neither address nor secret');
select public.remove_webhook(pg_temp.id('root'));
select is((select count(*)::int from public.outbox where kind = 'webhook'), 0, 'without a webhook nothing waits for one');

select * from finish();
rollback;
