-- Data protection: settings that say what they delete, working days, the daily clearing, and the log that may only
-- be cut at its old end.

begin;
\ir support/fixture.sql
select plan(70);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'leader', 'officer', 'below', 'gone', 'long_gone'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(n), 'Người ' || n, n || '@example.vn' from unnest(array['admin', 'leader', 'officer', 'below', 'gone', 'long_gone']) as n;
insert into public.members (person_id, organisation_id, unit_id, role, since, ended_at) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator', now(), null),
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader', now(), null),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer', now(), null),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('one_stop'), 'administrator', now(), null),
  (pg_temp.person('gone'), pg_temp.id('root'), pg_temp.id('root'), 'officer', now() - interval '2 years', now() - interval '91 days'),
  (pg_temp.person('long_gone'), pg_temp.id('root'), pg_temp.id('root'), 'officer', now() - interval '5 years', now() - interval '26 months');

-- Settings --------------------------------------------------------------------------------------------
create function pg_temp.change(p_more jsonb default '{}', p_revision integer default null, p_confirmed boolean default false)
returns jsonb language sql as $$
  select public.change_protection(pg_temp.id('root'),
    coalesce(p_revision, (select revision from public.organisations where id = pg_temp.id('root'))),
    '{"phone": "0205 3 111 222", "email": "Moi@bql.example", "address": {"vi": "Số 1"}, "data_protection_contact": "Phòng Pháp chế",
      "response_months": 24, "comment_months": 12, "audit_months": 24}' || p_more, p_confirmed)
$$;
select pg_temp.is_asked_by(null);
select is(pg_temp.refusal('select pg_temp.change()'), 'PT401 not_signed_in', 'nobody changes settings without being signed in');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal('select pg_temp.change()'), 'PT403 not_allowed', 'a leader reads them');
select is((public.read_protection(pg_temp.id('root')) -> 'settings' ->> 'response_months')::integer, 24, 'as they are');
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal(format('select public.read_protection(%L)', pg_temp.id('root'))), 'PT403 not_allowed', 'an officer does not');
select pg_temp.is_asked_by('below');
select is((public.read_protection(pg_temp.id('one_stop')) ->> 'may_change')::boolean, false, 'an administrator below reads them and is told not to change them');
select is(pg_temp.refusal('select pg_temp.change()'), 'PT403 not_allowed', 'and cannot');
select pg_temp.is_asked_by('admin');
select is(pg_temp.change() ->> 'email', 'moi@bql.example', 'an administrator of the whole organisation can');
select is(public.public_organisations() -> 'organisations' -> 0 ->> 'phone', '0205 3 111 222', 'citizens read the new number at once');
select is((select address from public.organisations where id = pg_temp.id('root')), '{"vi": "Số 1"}', 'and the address is kept per language');
select is(pg_temp.refusal('select pg_temp.change(p_revision => 1)'), 'PT409 changed_meanwhile', 'who began from an older state is told');
select is(pg_temp.refusal($$select pg_temp.change('{"email": "x"}')$$), 'PT422 impossible_email', 'an address without @ is refused');
select is(pg_temp.refusal($$select pg_temp.change('{"phone": " "}')$$), 'PT422 impossible_organisation', 'and no phone number');
select is(pg_temp.refusal($$select pg_temp.change('{"response_months": "x"}')$$), 'PT422 impossible_months', 'months are a number');
select is(pg_temp.refusal($$select pg_temp.change('{"comment_months": 25}')$$), 'PT422 impossible_months', 'comments are not kept longer than their answers');
select is(pg_temp.refusal($$select pg_temp.change('{"audit_months": 11}')$$), 'PT422 impossible_months', 'the log not shorter than twelve months');
select is(pg_temp.refusal($$select pg_temp.change('{"response_months": null}')$$), 'PT422 impossible_months', 'and none is left out');

select pg_temp.record('counter', private.today() - 200, 6, p_more => '{"comment": "ý kiến"}');
select pg_temp.record('counter', private.today() - 20, 7, p_more => '{"comment": "ý kiến"}');
do $$
declare details text;
begin
  perform pg_temp.change('{"response_months": 3, "comment_months": 3}');
exception when others then
  get stacked diagnostics details = pg_exception_detail;
  perform set_config('test.details', details, true);
end $$;
select is((current_setting('test.details')::jsonb ->> 'responses')::integer, 6, 'a shorter time says how many answers it deletes');
select is((current_setting('test.details')::jsonb ->> 'comments')::integer, 6, 'and how many comments');
select is((select response_months from public.organisations where id = pg_temp.id('root')), 24::smallint, 'and is not set before it is confirmed');
select lives_ok($$select pg_temp.change('{"response_months": 3, "comment_months": 1}', p_confirmed => true)$$, 'then it is');
select is((select changes -> 'response_months' from public.audit_log where record_type = 'organisations' order by seq desc limit 1), '[24, 3]'::jsonb, 'and logged');

-- Working days ------------------------------------------------------------------------------------------
-- 2031: 3 February is a Monday, 8 February a Saturday.
select isnt(public.put_calendar_day(pg_temp.id('root'), '2031-02-03', false, 'Nghỉ riêng'), null, 'a day off of one''s own');
select is(private.is_working_day(pg_temp.id('root'), '2031-02-03'), false, 'is no working day');
select lives_ok($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-08', true, 'Làm bù')$$, 'a worked Saturday');
select is(private.is_working_day(pg_temp.id('root'), '2031-02-08'), true, 'is one');
insert into public.holidays (day, works, name) values ('2031-02-04', false, '{"vi": "Ngày lễ"}');
select lives_ok($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-04', true, 'Trực')$$, 'the organisation''s line wins over the country''s');
select is(private.is_working_day(pg_temp.id('root'), '2031-02-04'), true, 'where it works on a holiday');
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-03', true, 'x')$$), 'PT409 day_listed', 'one line per day');
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-05', true, 'x')$$), 'PT422 day_changes_nothing', 'a Wednesday works anyway');
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), 'ngày', true, 'x')$$), 'PT422 impossible_date', 'a date is a date');
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-06', false, ' ')$$), 'PT422 impossible_name', 'and has a name');
select is(jsonb_array_length(public.read_calendar(pg_temp.id('root'), 2031) -> 'days'), 3, 'the year lists all three');
select pg_temp.is_asked_by('below');
select is((public.read_calendar(pg_temp.id('one_stop'), 2031) ->> 'may_change')::boolean, false, 'an administrator below reads the calendar');
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-10', false, 'x')$$), 'PT403 not_allowed', 'and does not change it');
select is(pg_temp.refusal(format('select public.remove_calendar_day(%L)', (select id from public.holidays where day = '2031-02-03'))), 'PT403 not_allowed', 'nor takes a line out');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal($$select public.read_calendar(pg_temp.id('root'), 2031)$$), 'PT403 not_allowed', 'the calendar is the administrator''s');
select pg_temp.is_asked_by('admin');
select lives_ok(format('select public.remove_calendar_day(%L)', (select id from public.holidays where day = '2031-02-03')), 'a line is taken out');
select is(pg_temp.refusal(format('select public.remove_calendar_day(%L)', (select id from public.holidays where day = '2031-02-04' and organisation_id is null))), 'PT404 unknown_day', 'but not the country''s');
insert into private.release_marks (organisation_id, pool, released_through) values (pg_temp.id('root'), 'open', '2031-02-08')
on conflict (organisation_id, pool) do update set released_through = excluded.released_through;
select is(pg_temp.refusal($$select public.put_calendar_day(pg_temp.id('root'), '2031-02-07', false, 'x')$$), 'PT409 day_released', 'a released day is fixed');
select is(pg_temp.refusal(format('select public.remove_calendar_day(%L)', (select id from public.holidays where day = '2031-02-08'))), 'PT409 day_released', 'also against taking its line out');
select cmp_ok((select count(*) from public.audit_log where record_type = 'holidays' and organisation_id = pg_temp.id('root')), '>=', 4::bigint, 'every change of the calendar is logged');
delete from private.release_marks;

-- The daily clearing --------------------------------------------------------------------------------------
insert into public.jobs (kind, organisation_id, state, finished_at) values
  ('none', pg_temp.id('root'), 'done', now() - interval '31 days'), ('none', pg_temp.id('root'), 'done', now());
insert into public.invitations (organisation_id, unit_id, role, email, token_hash, revoked_at) values
  (pg_temp.id('root'), pg_temp.id('root'), 'officer', 'a@example.vn', 'a', now() - interval '31 days'),
  (pg_temp.id('root'), pg_temp.id('root'), 'officer', 'b@example.vn', 'b', now());
insert into public.outbox (kind, recipient, payload, created_at) values ('invitation', 'c@example.vn', '{}', now() - interval '31 days');
create temp table steps as select 0 as n, '{"more": true}'::jsonb as step;
select lives_ok($$insert into steps select 1, public.enforce_retention(4)$$, 'a step of the clearing');
select is((select count(*) from public.response_comments), 9::bigint, 'takes as many rows as it is allowed');
select is((select count(*) from public.audit_log where action = 'retention'), 0::bigint, 'and tells nothing before its end');
do $$
declare n integer := 1;
begin
  while (select step ->> 'more' from steps order by steps.n desc limit 1) = 'true' and n < 50 loop
    n := n + 1;
    insert into steps select n, public.enforce_retention(4);
  end loop;
end $$;
select is((select count(*) from public.responses), 7::bigint, 'answers older than three months are gone');
select is((select count(*) from public.response_comments), 7::bigint, 'and the comments older than one');
select is((select sum(responses) from private.response_counts), 13::bigint, 'what was counted stays counted');
select is((select changes from public.audit_log where action = 'retention'),
  '{"comments": 6, "responses": 6, "jobs": 1, "invitation_addresses": 1, "accounts": 2, "names": 1}'::jsonb, 'one line tells how many of what');
select is((select count(*) from public.jobs where state = 'done'), 1::bigint, 'finished jobs go after thirty days');
select is((select array_agg(email order by email) from public.invitations), array['b@example.vn', null], 'addresses of invitations that are over, too');
select is((select count(*) from public.outbox), 0::bigint, 'and mail that never went out');
select is((select name || ' ' || email from public.people where id = pg_temp.person('gone')), 'Người gone -@-', 'who left 90 days ago has no account any more');
select is((select name || ' ' || email from public.people where id = pg_temp.person('long_gone')), '— -@-', 'who left before the log begins has no name either');
select is(public.enforce_retention() ->> 'more', 'false', 'on the same day there is nothing more to do');
update private.retention set done_on = private.today() - 1;
select public.enforce_retention();
select is((select count(*) from public.audit_log where action = 'retention'), 1::bigint, 'a clearing that removes nothing leaves no line');

-- Cutting the log -----------------------------------------------------------------------------------------
select is(private.cut_audit_log(), 0, 'while all lines are young nothing is cut');
-- Time passes: the first ten lines become 30 months old, with hashes that fit.
alter table public.audit_log disable trigger audit_log_is_append_only;
do $$
declare
  line public.audit_log;
  before bytea := private.chain_start();
begin
  for line in select * from public.audit_log order by seq loop
    if line.seq <= 10 then line.at := line.at - interval '30 months'; end if;
    line.previous_hash := before;
    line.hash := sha256(before || convert_to(private.audit_text(line), 'UTF8'));
    update public.audit_log set at = line.at, previous_hash = line.previous_hash, hash = line.hash where seq = line.seq;
    before := line.hash;
  end loop;
end $$;
alter table public.audit_log enable always trigger audit_log_is_append_only;
select is(pg_temp.refusal($$insert into private.audit_anchor (seq, hash) select seq, hash from public.audit_log where seq = 11$$), 'PT403 audit_append_only', 'nobody cuts into a month whose time is not over');
select is(pg_temp.refusal($$insert into private.audit_anchor (seq, hash) values (10, 'x')$$), 'PT403 audit_append_only', 'nor with a hash that does not fit');
select is(private.cut_audit_log(), 10, 'the old lines are cut');
select is((select array[min(seq), (select seq from private.audit_anchor)] from public.audit_log), array[11, 10]::bigint[], 'the log begins behind the anchor');
select is(private.first_broken_line(), null, 'and its chain still holds');
select is(pg_temp.refusal('delete from public.audit_log'), 'PT403 audit_append_only', 'the rest cannot be deleted');
select is(pg_temp.refusal('delete from private.audit_anchor'), 'PT403 audit_append_only', 'nor the anchor');
select is(pg_temp.refusal('truncate private.audit_anchor'), 'PT403 audit_append_only', 'by no way');
select is(pg_temp.refusal('update private.audit_anchor set seq = 5'), 'PT403 audit_append_only', 'nor moved back');
set local session_replication_role = replica;
select is(pg_temp.refusal('delete from public.audit_log'), 'PT403 audit_append_only', 'not even with the triggers of the tables at rest');
reset session_replication_role;
set local role service_role;
select throws_ok('update private.audit_anchor set seq = 20', '42501', null, 'the worker cannot move the anchor');
select throws_ok('insert into private.leaving_organisations values (gen_random_uuid())', '42501', null, 'nor keep an organisation out of the log');
select throws_ok('select private.cut_audit_log()', '42501', null, 'nor cut by itself');
reset role;
alter table private.audit_anchor disable trigger audit_anchor_moves_on;
update private.audit_anchor as a set seq = l.seq, hash = l.hash from public.audit_log as l where l.seq = 12;
delete from public.audit_log where seq <= 12;
select is(private.first_broken_line(), 13::bigint, 'who takes the guard away and cuts more is named by the chain: no line tells of that cut');

select * from finish();
rollback;
