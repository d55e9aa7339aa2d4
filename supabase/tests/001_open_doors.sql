-- What is open at all: row level security and a comment on every table, no table for anonymous or signed-in people,
-- and a list of the functions that they may call. A new table or function that forgets one of these fails here.

begin;
select plan(16);

create temp view our_tables as
select c.oid, n.nspname, c.relname, c.relrowsecurity, c.relkind
from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
where n.nspname in ('public', 'private') and c.relkind in ('r', 'p');

create temp view our_functions as
select p.oid, n.nspname, p.proname, p.prosecdef, p.proconfig, p.prokind
from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
where n.nspname in ('public', 'private')
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e');

create temp table open_doors (role text, name text);
insert into open_doors (role, name) values
  ('reads', 'audit_log'),
  ('reads', 'holidays'),
  ('reads', 'members'),
  ('reads', 'organisations'),
  ('reads', 'people'),
  ('reads', 'procedure_groups'),
  ('reads', 'procedures'),
  ('reads', 'questionnaire_versions'),
  ('reads', 'questionnaires'),
  ('reads', 'service_point_groups'),
  ('reads', 'service_points'),
  ('reads', 'unit_tree'),
  ('reads', 'units'),
  ('anon', 'public.health'),
  ('anon', 'public.public_organisations'),
  ('anon', 'public.public_results'),
  ('anon', 'public.public_unit_results'),
  ('anon', 'public.read_invitation'),
  ('anon', 'public.read_setup_link'),
  ('anon', 'public.submit_responses'),
  ('anon', 'public.survey_form'),
  ('authenticated', 'private.me'),
  ('authenticated', 'private.my_organisations'),
  ('authenticated', 'private.my_subtree'),
  ('authenticated', 'public.accept_invitation'),
  ('authenticated', 'public.change_role'),
  ('authenticated', 'public.end_membership'),
  ('authenticated', 'public.hand_over'),
  ('authenticated', 'public.health'),
  ('authenticated', 'public.invite'),
  ('authenticated', 'public.list_invitations'),
  ('authenticated', 'public.list_members'),
  ('authenticated', 'public.list_units'),
  ('authenticated', 'public.my_memberships'),
  ('authenticated', 'public.note_event'),
  ('authenticated', 'public.public_organisations'),
  ('authenticated', 'public.public_results'),
  ('authenticated', 'public.public_unit_results'),
  ('authenticated', 'public.read_audit_log'),
  ('authenticated', 'public.read_invitation'),
  ('authenticated', 'public.read_member'),
  ('authenticated', 'public.read_setup_link'),
  ('authenticated', 'public.renew_invitation'),
  ('authenticated', 'public.revoke_invitation'),
  ('authenticated', 'public.set_up_organisation'),
  ('authenticated', 'public.submit_responses'),
  ('authenticated', 'public.survey_form'),
  ('authenticated', 'private.folded'),
  ('service_role', 'check_recording'),
  ('service_role', 'claim_lease'),
  ('service_role', 'health'),
  ('service_role', 'my_memberships'),
  ('service_role', 'new_setup_link'),
  ('service_role', 'public_organisations'),
  ('service_role', 'public_results'),
  ('service_role', 'public_unit_results'),
  ('service_role', 'rebuild_tallies'),
  ('service_role', 'record_responses'),
  ('service_role', 'release_figures'),
  ('service_role', 'roll_ticket_partitions'),
  ('service_role', 'submit_responses'),
  ('service_role', 'survey_form'),
  ('service_role', 'claim_job'),
  ('service_role', 'report_job'),
  ('service_role', 'finish_job');
\ir support/doors/units.sql
\ir support/doors/questionnaires.sql
\ir support/doors/print.sql
\ir support/doors/exchange.sql
\ir support/doors/protection.sql
\ir support/doors/feedback.sql
\ir support/doors/comments.sql
\ir support/doors/evidence.sql
\ir support/doors/compare.sql
\ir support/doors/targets.sql
\ir support/doors/publish.sql
\ir support/doors/hall.sql

select isnt_empty('select from our_tables', 'there are tables to look at');
select is_empty(
  'select nspname, relname from our_tables where not relrowsecurity',
  'every table in public and private has row level security');
select is_empty(
  $$select nspname, relname from our_tables
    where obj_description(oid, 'pg_class') is null and relname !~ '^spent_tickets_[0-9]{8}$'$$,
  'every table says in a comment what it is');
select is_empty(
  $$select t.nspname, t.relname, r.role, v.verb from our_tables as t
    cross join (values ('anon'), ('authenticated')) as r (role)
    cross join (values ('select'), ('insert'), ('update'), ('delete'), ('truncate'), ('references'), ('trigger')) as v (verb)
    where has_table_privilege(r.role, t.oid, v.verb) and not (r.role = 'authenticated' and v.verb = 'select' and t.nspname = 'public')$$,
  'anonymous people have a privilege on no table; signed-in people may at most read, and only in public');
select is(
  (select array_agg(relname::text order by relname) from our_tables where has_table_privilege('authenticated', oid, 'select')),
  (select array_agg(name order by name) from open_doors where role = 'reads'),
  'signed-in people may read the tables of this list, as far as the policies let them');
select is_empty(
  $$select t.relname, a.attname, r.role from our_tables as t
    join pg_attribute as a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
    cross join (values ('anon'), ('authenticated')) as r (role)
    where has_column_privilege(r.role, t.oid, a.attnum, 'insert') or has_column_privilege(r.role, t.oid, a.attnum, 'update')
      or (r.role = 'anon' and has_column_privilege(r.role, t.oid, a.attnum, 'select'))$$,
  'no column is written by either, and none is read by anonymous people');
select ok(
  not has_column_privilege('authenticated', 'public.invitations', 'token_hash', 'select')
    and has_column_privilege('authenticated', 'public.invitations', 'expires_at', 'select'),
  'of invitations everything is readable by policy but the hash of the link');
select is_empty(
  $$select c.relname, r.role from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    cross join (values ('anon'), ('authenticated')) as r (role)
    where n.nspname in ('public', 'private') and c.relkind = 'S'
      and (has_sequence_privilege(r.role, c.oid, 'usage') or has_sequence_privilege(r.role, c.oid, 'select'))$$,
  'nor on a sequence');
select is_empty(
  $$select tablename, policyname from pg_policies
    where schemaname in ('public', 'private') and (cmd <> 'SELECT' or roles <> '{authenticated}' or qual = 'true')$$,
  'policies only ever let signed-in people read, and none lets everybody read everything');

select is(
  (select array_agg(format('%s.%s', nspname, proname) order by format('%s.%s', nspname, proname)) from our_functions where has_function_privilege('anon', oid, 'execute')),
  (select array_agg(name order by name) from open_doors where role = 'anon'),
  'anonymous people may call exactly the functions of the list');
select is(
  (select array_agg(format('%s.%s', nspname, proname) order by format('%s.%s', nspname, proname)) from our_functions where has_function_privilege('authenticated', oid, 'execute')),
  (select array_agg(name order by name) from open_doors where role = 'authenticated'),
  'people who are signed in may call these and no more');
select is(
  (select array_agg(proname::text order by proname) from our_functions where nspname = 'public' and has_function_privilege('service_role', oid, 'execute')),
  (select array_agg(name order by name) from open_doors where role = 'service_role'),
  'the worker may call these and no more');
select is_empty(
  $$select nspname, proname from our_functions
    where prosecdef and not exists (select from unnest(proconfig) as s where s in ('search_path=', 'search_path=""'))$$,
  'every function with its owner''s rights has an empty search_path');
select is_empty(
  $$select nspname, proname from our_functions
    where proname not in ('figure_cell', 'public_cell', 'published_cell') and not exists (select from unnest(proconfig) as s where s in ('search_path=', 'search_path=""'))$$,
  'and so has every other function (but those that are put into their query and name every schema themselves)');
select is_empty(
  $$select proname from our_functions where nspname = 'public' and obj_description(oid, 'pg_proc') is null$$,
  'every function of the API says in a comment what it does');
select ok(not has_schema_privilege('anon', 'private', 'usage'), 'the schema private is closed to anonymous people');

select * from finish();
rollback;
