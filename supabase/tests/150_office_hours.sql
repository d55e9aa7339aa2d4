-- Office hours: who may change them, what is refused, and that recording goes by them.

begin;
\ir support/fixture.sql
select plan(23);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'leader', 'analyst', 'officer', 'auditor', 'below'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(n), 'Người ' || n, n || '@example.vn' from unnest(array['admin', 'leader', 'analyst', 'officer', 'auditor', 'below']) as n;
insert into public.members (person_id, organisation_id, unit_id, role, since) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator', now()),
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader', now()),
  (pg_temp.person('analyst'), pg_temp.id('root'), pg_temp.id('root'), 'analyst', now()),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer', now()),
  (pg_temp.person('auditor'), pg_temp.id('root'), pg_temp.id('root'), 'auditor', now()),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('one_stop'), 'administrator', now());

create function pg_temp.change(p_opens text, p_closes text, p_revision integer default null) returns jsonb language sql as $$
  select public.change_office_hours(pg_temp.id('root'),
    coalesce(p_revision, (select revision from public.organisations where id = pg_temp.id('root'))), p_opens, p_closes)
$$;
create function pg_temp.try(p_opens text, p_closes text) returns text language sql as $$
  select pg_temp.refusal(format('select pg_temp.change(%L, %L)', p_opens, p_closes))
$$;
create function pg_temp.hours() returns text language sql as $$
  select opens_at || '-' || closes_at from public.organisations where id = pg_temp.id('root')
$$;

select pg_temp.is_asked_by(null);
select is(pg_temp.try('07:30', '17:30'), 'PT401 not_signed_in', 'nobody changes the hours without being signed in');
select pg_temp.is_asked_by('leader');
select is(pg_temp.try('07:30', '17:30'), 'PT403 not_allowed', 'a leader does not');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.try('07:30', '17:30'), 'PT403 not_allowed', 'nor an analyst');
select pg_temp.is_asked_by('officer');
select is(pg_temp.try('07:30', '17:30'), 'PT403 not_allowed', 'nor an officer');
select pg_temp.is_asked_by('auditor');
select is(pg_temp.try('07:30', '17:30'), 'PT403 not_allowed', 'nor an auditor');
select pg_temp.is_asked_by('below');
select is(pg_temp.try('07:30', '17:30'), 'PT403 not_allowed', 'nor an administrator of a part');
select is(pg_temp.refusal(format('select public.change_office_hours(%L, 1, %L, %L)', pg_temp.id('one_stop'), '07:30', '17:30')),
  'PT403 not_allowed', 'who has no hours of the part to change either');
select is(public.read_calendar(pg_temp.id('one_stop'), 2031) -> 'hours' ->> 'opens', '06:30', 'but reads those of the whole');
select is(pg_temp.hours(), '06:30:00-18:30:00', 'nothing has changed by now');

select pg_temp.is_asked_by('admin');
select is(pg_temp.try('', '17:30'), 'PT422 impossible_hours', 'a time is needed');
select is(pg_temp.try(null, '17:30'), 'PT422 impossible_hours', 'none is no time');
select is(pg_temp.try('sáng', '17:30'), 'PT422 impossible_hours', 'nor is a word');
select is(pg_temp.try('7:30', '17:30'), 'PT422 impossible_hours', 'nor a time of one digit: forms say which is meant');
select is(pg_temp.try('07:30', '25:00'), 'PT422 impossible_hours', 'a day ends at 24:00');
select is(pg_temp.try('17:30', '07:30'), 'PT422 impossible_hours', 'an office closes after it has opened');
select is(pg_temp.try('07:30', '07:30'), 'PT422 impossible_hours', 'and is open in between');
select is(pg_temp.change('07:30', '17:30') ->> 'closes', '17:30', 'an administrator of the whole organisation says when');
select is(public.read_calendar(pg_temp.id('root'), 2031) -> 'hours' ->> 'opens', '07:30', 'and reads it again');
select is(pg_temp.refusal($$select pg_temp.change('08:00', '16:00', 1)$$), 'PT409 changed_meanwhile', 'who began from an older state is told');
select is((select changes -> 'opens_at' from public.audit_log where record_type = 'organisations' and changes ? 'opens_at' order by seq desc limit 1),
  '["06:30:00", "07:30:00"]', 'the log has both');

update public.holidays set works = true where day = private.today();
insert into public.holidays (organisation_id, day, works, name)
values (pg_temp.id('root'), private.today(), true, '{"vi": "hôm nay làm việc"}') on conflict do nothing;
create function pg_temp.is_closed() returns boolean language sql as $$
  select private.closed_offices(array[(jsonb_populate_record(null::private.parsed_item,
    jsonb_build_object('organisation_id', pg_temp.id('root'))))]) = array[pg_temp.id('root')]
$$;
select lives_ok($$select pg_temp.change('00:00', '24:00')$$, 'an office may be open day and night');
select is(pg_temp.is_closed(), false, 'and is never closed then');
update public.organisations set opens_at = '00:00', closes_at = '00:00' where id = pg_temp.id('root');
select is(pg_temp.is_closed(), true, 'recording goes by these columns');

select * from finish();
rollback;
