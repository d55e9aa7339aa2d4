-- Reports due: the plan, the days that follow from both schemes, the states; the outline; explanations of falls with every
-- version; who may do which.

begin;
\ir support/fixture.sql
select plan(44);

create function pg_temp.becomes(p_unit text, p_role text) returns void language plpgsql as $$
begin
  delete from public.members;
  insert into public.people (id, name, email) values ('10000000-0000-4000-8000-000000000001', 'A', 'a@example.vn') on conflict do nothing;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values ('10000000-0000-4000-8000-000000000001', pg_temp.id('root'), pg_temp.id(p_unit), p_role);
  perform set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
end
$$;
create function pg_temp.due(p_from date, p_until date) returns text language sql as $$
  select string_agg(concat_ws(' ', period, to_char(starts_on, 'DD/MM'), to_char(ends_on, 'DD/MM'), to_char(due_on, 'DD/MM/YYYY')), ', ' order by due_on)
  from private.reports_due(pg_temp.id('root'), p_from, p_until)
$$;
create function pg_temp.plan(p_unit text, p_items jsonb, p_seen integer) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_report_plan(%L, %L, %L)', pg_temp.id(p_unit), jsonb_build_object('items', p_items), p_seen))
$$;
create function pg_temp.state(p_period text, p_values jsonb, p_seen integer) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_report_state(%L, %L, %L, %L)', pg_temp.id('root'), p_period, p_values, p_seen))
$$;

-- The plan and its days.
update public.organisations set scheme = 'administrative' where id = pg_temp.id('root');
select is(pg_temp.due('2031-01-01', '2031-12-31'),
  '2031-H1 15/12 14/06 20/06/2031, 2031-9M 15/12 14/09 20/09/2031, 2031-Y 15/12 14/12 20/12/2031',
  'at first: six months, nine months, year, on the 20th where months end on the 14th');
update public.organisations set scheme = 'calendar' where id = pg_temp.id('root');
select is(pg_temp.due('2031-01-01', '2031-12-31'),
  '2030-Y 01/01 31/12 06/01/2031, 2031-H1 01/01 30/06 06/07/2031, 2031-9M 01/01 30/09 06/10/2031', 'calendar periods end with their month');
select is(pg_temp.due('2025-01-01', '2025-12-31'), null, 'nothing of what was over before the first answers');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.plan('root', '[]', 0), 'PT403 not_allowed', 'a leader of a unit does not set the plan');
select is(pg_temp.plan('one_stop', '[]', 0), 'PT403 not_allowed', 'a unit has none of its own');
select is(public.list_reports(pg_temp.id('small')) -> 'may_change', 'false', 'but sees what is due');
select pg_temp.becomes('root', 'officer');
select is(pg_temp.refusal(format('select public.list_reports(%L)', pg_temp.id('root'))), 'PT403 not_allowed', 'an officer does not');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.plan('root', '[{"kind": "quarter", "due_after": 10, "recipient": "Sở Nội vụ"}]', 0), 'fine', 'an analyst of the whole sets the plan');
select is(pg_temp.due('2031-01-01', '2031-07-31'), '2030-Q4 01/10 31/12 10/01/2031, 2031-Q1 01/01 31/03 10/04/2031, 2031-Q2 01/04 30/06 10/07/2031',
  'the days follow from it');
select is(pg_temp.plan('root', '[]', 0), 'PT409 changed_meanwhile', 'an edit that began earlier is noticed');
select is(pg_temp.plan('root', '[{"kind": "week", "due_after": 10, "recipient": "x"}]', 1), 'PT422 impossible_plan', 'a kind of period that there is');
select is(pg_temp.plan('root', '[{"kind": "year", "due_after": 10, "recipient": ""}]', 1), 'PT422 impossible_plan', 'somebody gets it');
select is(pg_temp.plan('root', '[{"kind": "year", "due_after": 1, "recipient": "x"}, {"kind": "year", "due_after": 2, "recipient": "x"}]', 1),
  'PT422 impossible_plan', 'each kind once');
select is(pg_temp.plan('root', '[]', 1), 'fine', 'an empty plan is a plan');
select is(pg_temp.due('2031-01-01', '2031-12-31'), null, 'nothing is due then');
delete from private.report_plans;

-- States.
select is(pg_temp.state('2025-H1', '{"prepared_on": "2026-06-16"}', 0), 'fine', 'a report is prepared');
select is(pg_temp.state('2025-H1', '{"sent_on": "2026-06-18"}', 0), 'PT409 changed_meanwhile', 'an edit that began earlier is noticed');
select is(pg_temp.state('2025-H1', '{"prepared_on": "2026-06-16", "sent_on": "2026-06-18", "recipient": "Sở Nội vụ"}', 1), 'fine', 'and handed over');
select is(pg_temp.state('2025-H1', '{"sent_on": "2999-01-01"}', 2), 'PT422 future_day', 'not in the future');
select is(pg_temp.state('2025-H1', '{"sent_on": "2024-12-31"}', 2), 'PT422 day_before_period', 'nor before the period begins');
select is(pg_temp.state('2025-H1', '{"prepared_on": "2024-12-31"}', 2), 'PT422 day_before_period', 'prepared neither');
select is(pg_temp.state('2025-H1', '{"sent_on": "2026-13-01"}', 2), 'PT422 impossible_date', 'on a day');
select is(pg_temp.state('2031-H7', '{}', 0), 'PT422 unknown_period', 'of a period');
select is((select concat_ws(' ', prepared_on, sent_on, recipient) from private.reports_due(pg_temp.id('root'), '2025-07-01', '2025-07-31')),
  '2026-06-16 2026-06-18 Sở Nội vụ', 'the list says so');

-- The reminder.
create function pg_temp.told(p_today date) returns text language sql as $$
  select string_agg(e ->> 'period', ' ') from jsonb_array_elements(
    private.reports_to_tell(pg_temp.id('root'), '10000000-0000-4000-8000-000000000001', p_today)) as e
$$;
select is(pg_temp.told('2031-09-25'), null, 'nothing is told long before');
select is(pg_temp.told('2031-09-28'), '2031-9M', 'ten days before the day it is');
select is(pg_temp.told('2031-10-20'), '2031-9M', 'and while it is late');
insert into private.report_states (organisation_id, period, sent_on, recipient) values (pg_temp.id('root'), '2031-H1', '2031-06-20', '');
select is(pg_temp.told('2031-07-01'), null, 'what was handed over is not');
select public.set_digest(pg_temp.id('root'), true);
update private.digest_choices set told_on = '2031-09-21';
select public.queue_digests('2031-09-29');
select is((select payload -> 'reports' from public.outbox where kind = 'digest'), '[{"due_on": "2031-10-06", "period": "2031-9M"}]',
  'the weekly mail goes out for it alone');
select pg_temp.becomes('root', 'officer');
select is(pg_temp.told('2031-09-28'), null, 'an officer is not reminded');

-- The outline.
create function pg_temp.outline(p_file bytea) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_outline(%L, %L, %L)', pg_temp.id('root'), 'mau.docx', encode(p_file, 'base64')))
$$;
select is(pg_temp.outline('\x504b0304' || decode(repeat('00', 200), 'hex')), 'PT403 not_allowed', 'an officer stores no outline');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.outline('\x504b0304' || decode(repeat('00', 200), 'hex')), 'fine', 'an analyst of the whole does');
select is(pg_temp.outline(decode(repeat('00', 200), 'hex')), 'PT422 impossible_outline', 'a zip file');
select is(pg_temp.outline('\x504b0304' || decode(repeat('00', 1048576), 'hex')), 'PT413 outline_too_large', 'of at most 1 MB');
select is(public.read_outline(pg_temp.id('root')) #> '{outline,bytes}', '204', 'it is told how large it is');
select ok(not exists (select from public.audit_log where record_type = 'report_outlines' and changes ->> 'file' <> '•'), 'the log does not hold it');

-- Explanations.
create function pg_temp.explain(p_unit text, p_period text, p_measure text, p_text text, p_seen integer default 0) returns text language sql as $$
  select pg_temp.refusal(format('select public.put_explanation(%L, %L, %L, %L, %L)', pg_temp.id(p_unit), p_period, p_measure, p_text, p_seen))
$$;
select pg_temp.record('counter', '2026-01-20', 60);
select pg_temp.record('counter', '2026-02-20', 60, '[4, 4, null, 4, 0, 1]');
select pg_temp.record('counter', '2026-03-02', 60);
select public.release_figures('2026-03-03');
select is(pg_temp.explain('one_stop', '2026-M02', 'S0', 'Hai cán bộ nghỉ phép.'), 'PT403 not_allowed', 'an analyst explains nothing');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.explain('one_stop', '2026-M02', 'S0', 'Hai cán bộ nghỉ phép.'), 'fine', 'the head of the unit does');
select is(pg_temp.explain('one_stop', '2026-M02', 'B', 'Hai cán bộ nghỉ phép.'), 'PT422 no_fall', 'only what fell');
select is(pg_temp.explain('one_stop', '2026-M03', 'S0', 'Chưa hết tháng.'), 'PT422 no_fall', 'in a closed period');
select is(pg_temp.explain('one_stop', '2026-M02', 'S0', 'Sửa.'), 'PT409 changed_meanwhile', 'an edit that began earlier is noticed');
select is(pg_temp.explain('one_stop', '2026-M02', 'S0', 'Ba cán bộ nghỉ phép.', 1), 'fine', 'the words are changed');
select pg_temp.becomes('root', 'leader');
select is((select string_agg(v ->> 'text', ' | ') from jsonb_array_elements(
  public.office_comparison(pg_temp.id('root'), '2026-M02') #> '{settings,explanations,0,versions}') as v),
  'Ba cán bộ nghỉ phép. | Hai cán bộ nghỉ phép.', 'every version is kept with the period');
select is(pg_temp.explain('division_a', '2026-M02', 'S0', ''), 'PT422 impossible_text', 'an empty explanation is none');

select * from finish();
rollback;
