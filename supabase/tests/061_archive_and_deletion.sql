-- Taking along and deleting all that an organisation owns: nothing is forgotten, two persons are needed, the other
-- organisation of the installation keeps everything.

begin;
\ir support/fixture.sql
select plan(68);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'leader', 'both', 'officer', 'below', 'shared', 'other_admin'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(n), 'Người ' || n, n || '@example.vn'
from unnest(array['admin', 'leader', 'both', 'officer', 'below', 'shared', 'other_admin']) as n;

-- A second organisation with answers of its own.
insert into public.organisations (id, names, phone, email) values ('20000000-0000-4000-8000-000000000001', '{"vi": "Cơ quan khác"}', '1', 'b@b.vn');
insert into public.questionnaires (id, organisation_id, code, names)
values ('20000000-0000-4000-8000-000000000002', '20000000-0000-4000-8000-000000000001', 'own', '{"vi": "Phiếu"}');
insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at)
select '20000000-0000-4000-8000-000000000003', '20000000-0000-4000-8000-000000000002', 1, definition, now()
from public.questionnaire_versions where id = pg_temp.id('version');
insert into public.service_points (id, organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id)
values ('20000000-0000-4000-8000-000000000004', '20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001',
  '{"vi": "Quầy"}', 'counter', 'both', '20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000003');
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('admin'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('both'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('both'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('root'), 'officer'),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('one_stop'), 'leader'),
  (pg_temp.person('shared'), pg_temp.id('root'), pg_temp.id('root'), 'analyst'),
  (pg_temp.person('shared'), '20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'analyst'),
  (pg_temp.person('other_admin'), '20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'administrator');
select pg_temp.record('counter', private.today() - 9, 12, p_more => jsonb_build_object('comment', 'ý kiến', 'procedure_group_id', pg_temp.id('group_a')));
select pg_temp.record('returns', private.today() - 8, 11, p_more => '{"facts": {"F1": [2]}}');
select public.record_responses(jsonb_build_object('items', (
  select jsonb_agg(jsonb_build_object('service_point_id', '20000000-0000-4000-8000-000000000004', 'version_id', '20000000-0000-4000-8000-000000000003',
    'language', 'vi', 'ratings', '[4, 4, null, 4, 0, 4]'::jsonb, 'moment', 'receive', 'date', private.today() - 9, 'half_day', 'morning', 'pool', 'open', 'channel', 'qr', 'comment', 'khác'))
  from generate_series(1, 13))));
-- Figures are released on working days only, and this test also runs on a Sunday.
insert into public.holidays (organisation_id, day, works, name)
select o.id, private.today(), true, '{"vi": "Trực"}' from public.organisations as o;
select public.release_figures();

-- Nothing is forgotten ----------------------------------------------------------------------------------
select is_empty($$
  select format('%s.%s', n.nspname, c.relname)
  from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
  where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition
  except select name from private.owned_tables()
  except values ('private.secrets'), ('private.leases'), ('private.setup_links'), ('private.spent_tickets'),
    ('private.audit_anchor'), ('private.leaving_organisations'), ('public.outbox'),
    -- Ids and digests stay, so that the chain of hashes can be checked when an organisation has left.
    ('private.open_digests'), ('private.day_hashes')$$,
  'every table belongs to an organisation, or stands in this list as one of the installation');
select is((select count(distinct name) from private.owned_tables()), (select count(*) from private.owned_tables()), 'and to one in one way');

create function pg_temp.rows_of(p_organisation uuid) returns jsonb language plpgsql as $$
declare
  part record;
  n bigint;
  counts jsonb := '{}';
begin
  for part in select name, condition from private.owned_tables() loop
    execute format('select count(*) from %s where %s', part.name, part.condition) into n using p_organisation;
    counts := counts || jsonb_build_object(part.name, n);
  end loop;
  return counts;
end $$;
create temp table known as select
  pg_temp.rows_of(pg_temp.id('root')) as own, pg_temp.rows_of('20000000-0000-4000-8000-000000000001') as other,
  (select jsonb_agg(to_jsonb(r) order by r.id) from public.responses as r join private.strata as s on s.id = r.stratum_id
   where s.organisation_id = '20000000-0000-4000-8000-000000000001') as answers;
select is((select (own ->> 'public.responses')::int from known), 23, 'answers are found by their stratum');
select is((select (own ->> 'public.response_comments')::int from known), 12, 'comments by their answer');
select cmp_ok((select (own ->> 'private.rating_counts')::int from known), '>', 5, 'tallies');
select cmp_ok((select (own ->> 'private.rating_months')::int from known), '>', 5, 'monthly sums');
select cmp_ok((select (own ->> 'private.figures')::int from known), '>', 5, 'figures');
select is((select (own ->> 'public.people')::int from known), 6, 'people by their memberships');
select cmp_ok((select (own ->> 'public.audit_log')::int from known), '>', 10, 'the lines of the log');

-- Asking and confirming -----------------------------------------------------------------------------------
create function pg_temp.key() returns text language sql immutable as $$ select 'age1' || repeat('q', 58) $$;
create function pg_temp.archive() returns uuid language sql as $$ select id from public.archive_requests order by asked_at desc, ready_at nulls first limit 1 $$;
create function pg_temp.ask() returns uuid language sql as $$ select public.ask_archive(pg_temp.id('root'), pg_temp.key()) $$;
create function pg_temp.confirm() returns void language sql as $$ select public.confirm_archive(pg_temp.archive()) $$;

select pg_temp.is_asked_by(null);
select is(pg_temp.refusal('select pg_temp.ask()'), 'PT401 not_signed_in', 'nobody asks without being signed in');
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal('select pg_temp.ask()'), 'PT403 not_allowed', 'an officer does not ask');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal('select pg_temp.ask()'), 'PT403 not_allowed', 'nor a leader of a part');
select is(pg_temp.refusal(format('select public.ask_archive(%L, pg_temp.key())', pg_temp.id('one_stop'))), 'PT403 not_allowed', 'and a part has no archive');
select pg_temp.is_asked_by('other_admin');
select is(pg_temp.refusal('select pg_temp.ask()'), 'PT403 not_allowed', 'nor somebody of another organisation');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal(format('select public.ask_archive(%L, %L)', pg_temp.id('root'), 'AGE-SECRET-KEY-1')), 'PT422 malformed', 'a private key is not taken');
select lives_ok('select pg_temp.ask()', 'a leader asks');
select is(pg_temp.refusal('select pg_temp.ask()'), 'PT409 request_open', 'once');
select is(pg_temp.refusal('select pg_temp.confirm()'), 'PT403 needs_second_person', 'and does not confirm the own request');
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal('select pg_temp.confirm()'), 'PT403 not_allowed', 'an officer does not confirm');
select pg_temp.is_asked_by('leader');
insert into public.people (id, name, email) values ('10000000-0000-4000-8000-00000000000a', 'Lãnh đạo hai', 'l2@example.vn');
insert into public.members (person_id, organisation_id, unit_id, role)
values ('10000000-0000-4000-8000-00000000000a', pg_temp.id('root'), pg_temp.id('root'), 'leader');
select set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-00000000000a", "role": "authenticated"}', true);
select is(pg_temp.refusal('select pg_temp.confirm()'), 'PT403 needs_other_role', 'two leaders are not enough');
select pg_temp.is_asked_by('other_admin');
select is(pg_temp.refusal('select pg_temp.confirm()'), 'PT403 not_allowed', 'nor an administrator of another organisation');
update public.archive_requests set asked_at = now() - interval '8 days';
select pg_temp.is_asked_by('admin');
select is(pg_temp.refusal('select pg_temp.confirm()'), 'PT410 request_over', 'after seven days it is over');
select is(public.read_archive(pg_temp.id('root')) -> 'request' ->> 'state', 'expired', 'and the page says so');
update public.archive_requests set asked_at = now() - interval '1 day';
select is((public.read_archive(pg_temp.id('root')) -> 'request' ->> 'may_confirm')::boolean, true, 'the administrator is shown that it waits');
select lives_ok('select pg_temp.confirm()', 'and confirms');
select is((select payload ->> 'request' from public.jobs where kind = 'archive'), pg_temp.archive()::text, 'the worker has its job');
select is(pg_temp.refusal(format('select public.open_archive(%L)', pg_temp.archive())), 'PT410 request_over', 'there is no file yet');

-- What the worker reads -------------------------------------------------------------------------------------
create temp table plan as select public.archive_begin(pg_temp.archive()) as plan;
select is((select array_agg(t ->> 'name' order by t ->> 'name') from plan, jsonb_array_elements(plan -> 'tables') as t),
  (select array_agg(name order by name) from private.owned_tables()), 'the plan holds every table');
select is_empty($$select t ->> 'name', c from plan, jsonb_array_elements(plan -> 'tables') as t, jsonb_array_elements_text(t -> 'columns') as c
  where c ~ 'hash' and t ->> 'name' <> 'public.audit_log'$$, 'but no hash of a link');
create temp table read_rows (name text, n integer, lines text);
do $$
declare
  name text;
  page jsonb;
begin
  for name in select t ->> 'name' from plan, jsonb_array_elements(plan -> 'tables') as t loop
    page := '{}';
    loop
      page := public.archive_page(pg_temp.archive(), name, page ->> 'next', 3);
      insert into read_rows values (name, (page ->> 'count')::integer, page ->> 'lines');
      exit when page ->> 'next' is null;
    end loop;
  end loop;
end $$;
select is_empty($$
  select r.name, sum(r.n) from read_rows as r, (select pg_temp.rows_of(pg_temp.id('root')) as now) as k
  group by r.name, k.now having sum(r.n) <> (k.now ->> r.name)::bigint$$, 'page by page every row of every table is read once');
select is((select count(distinct line::jsonb ->> 'id') from read_rows, regexp_split_to_table(rtrim(lines, E'\n'), E'\n') as line where name = 'public.responses' and n > 0), 23::bigint, 'answers as JSON lines');
select is_empty($$select from read_rows where lines like '%20000000-0000-4000-8000-000000000001%' and name <> 'public.members'$$, 'nothing of the other organisation');
select is(pg_temp.refusal(format('select public.archive_page(%L, %L)', pg_temp.archive(), 'private.secrets')), 'PT410 request_over', 'nor of a table that is not in the plan');
select is(public.archive_ready(pg_temp.archive(), 100, 50), true, 'the worker says that the file is there');
select is(public.archive_ready(pg_temp.archive(), 100, 50), false, 'once');
select is(public.archive_files(), jsonb_build_array(pg_temp.archive()), 'its file stays');

-- Taking it -------------------------------------------------------------------------------------------------
select pg_temp.is_asked_by('both');
select is(pg_temp.refusal(format('select public.open_archive(%L)', pg_temp.archive())), 'PT403 not_allowed', 'a third person does not get it');
select is(pg_temp.refusal(format('select public.ask_deletion(%L)', pg_temp.id('root'))), 'PT409 archive_first', 'nothing is deleted before an archive was taken');
select pg_temp.is_asked_by('leader');
select is((public.open_archive(pg_temp.archive()) ->> 'bytes')::integer, 100, 'the asker does');
select is((select count(*) from public.audit_log where action = 'download'), 1::bigint, 'which is logged');
savepoint later;
update public.archive_requests set ready_at = now() - interval '8 days';
select is(public.archive_files(), '[]', 'after seven days the file goes');
select is(pg_temp.refusal(format('select public.open_archive(%L)', pg_temp.archive())), 'PT410 request_over', 'and cannot be had');
rollback to later;

-- Deleting ----------------------------------------------------------------------------------------------------
create function pg_temp.deletion() returns uuid language sql as $$ select id from public.deletion_requests order by asked_at desc, stopped_at desc nulls first limit 1 $$;
create function pg_temp.ask_deletion() returns uuid language sql as $$ select public.ask_deletion(pg_temp.id('root')) $$;
create function pg_temp.confirm_deletion() returns timestamptz language sql as $$ select public.confirm_deletion(pg_temp.deletion()) $$;
create function pg_temp.stop() returns void language sql as $$ select public.stop_deletion(pg_temp.deletion()) $$;

select is(private.open_cases(pg_temp.id('root')), 0::bigint, 'without a table of cases none is open');
create table public.cases (organisation_id uuid, closed_at timestamptz);
insert into public.cases values (pg_temp.id('root'), null), (pg_temp.id('root'), now());
select is(private.open_cases(pg_temp.id('root')), 1::bigint, 'with one, those nobody has closed are');
select is(pg_temp.refusal('select pg_temp.ask_deletion()'), 'PT409 cases_open', 'and keep the organisation from being deleted');
update public.cases set closed_at = now();
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal('select pg_temp.ask_deletion()'), 'PT403 not_allowed', 'an officer does not ask for it');
select pg_temp.is_asked_by('leader');
select lives_ok('select pg_temp.ask_deletion()', 'a leader does');
select is(pg_temp.refusal('select pg_temp.ask_deletion()'), 'PT409 request_open', 'once');
select is(pg_temp.refusal('select pg_temp.confirm_deletion()'), 'PT403 needs_second_person', 'and does not confirm it');
select pg_temp.is_asked_by('admin');
select lives_ok('select pg_temp.confirm_deletion()', 'an administrator does');
select is(public.delete_organisations() ->> 'more', 'false', 'nothing happens for fourteen days');
select pg_temp.is_asked_by('both');
select lives_ok('select pg_temp.stop()', 'and anybody of the two roles stops it');
update public.deletion_requests set run_after = now() - interval '1 day';
select is(public.delete_organisations() ->> 'more', 'false', 'a stopped one never happens');
select is(pg_temp.refusal('select pg_temp.stop()'), 'PT410 request_over', 'there is nothing to stop twice');
delete from public.deletion_requests;
select pg_temp.is_asked_by('admin');
select lives_ok('select pg_temp.ask_deletion()', 'asked by the administrator this time');
select pg_temp.is_asked_by('leader');
select lives_ok('select pg_temp.confirm_deletion()', 'confirmed by the leader');
update public.deletion_requests set run_after = now() - interval '1 second';
update public.cases set closed_at = null;
select pg_temp.is_asked_by(null);
create temp table token as select token from public.service_points where id = pg_temp.id('counter');
select public.delete_organisations();
select cmp_ok((select run_after from public.deletion_requests), '>', now(), 'a case that came in meanwhile puts it off');
drop table public.cases;
update public.deletion_requests set run_after = now() - interval '1 second';
select public.delete_organisations(7);
select is(pg_temp.refusal(format('select public.survey_form(%L)', (select token from token))), 'PT410 point_closed', 'once it begins the points are closed');
select pg_temp.is_asked_by('leader');
select is(public.my_memberships() -> 'memberships', '[]'::jsonb, 'and nobody works there any more');
select pg_temp.is_asked_by(null);
do $$
declare n integer := 0;
begin
  while public.delete_organisations(7) ->> 'more' = 'true' and n < 1000 loop n := n + 1; end loop;
end $$;
select is(pg_temp.refusal(format('select public.survey_form(%L)', (select token from token))), 'PT404 unknown_token', 'afterwards they are unknown');
select is((select pg_temp.rows_of(pg_temp.id('root'))), (select jsonb_object_agg(name, 0) from private.owned_tables()), 'no row of any table is left');
select is((select array_agg(name order by name) from public.people), array['Người other_admin', 'Người shared'], 'who works elsewhere keeps the account, the others do not');
select is((select pg_temp.rows_of('20000000-0000-4000-8000-000000000001') - 'public.members' - 'public.audit_log'), (select other - 'public.members' - 'public.audit_log' from known), 'the other organisation has lost nothing');
select is((select jsonb_agg(to_jsonb(r) order by r.id) from public.responses as r), (select answers from known), 'not an answer');
select is((select count(*) from public.audit_log where record_id = pg_temp.id('root')::text or changes::text like '%' || pg_temp.id('root') || '%'), 1::bigint, 'one line tells of it');
select is((select changes -> 'rows' ->> 'public.responses' from public.audit_log where action = 'organisation_deleted'), '23', 'and how much there was');
select is(private.first_broken_line(), null, 'the chain holds over the emptied lines');
select is(pg_temp.refusal($$update public.audit_log set erased_by = (select max(seq) from public.audit_log), action = 'erased' where organisation_id is not null$$), 'PT403 audit_append_only', 'and no other line can be emptied');

select * from finish();
rollback;
