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
  array['audit_log', 'holidays', 'members', 'organisations', 'people', 'procedure_groups', 'procedures',
        'questionnaire_versions', 'questionnaires', 'service_point_groups', 'service_points', 'unit_tree', 'units'],
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
  (select array_agg(format('%s.%s', nspname, proname) order by proname) from our_functions where has_function_privilege('anon', oid, 'execute')),
  array['public.health', 'public.public_organisations', 'public.public_results', 'public.public_unit_results',
        'public.read_invitation', 'public.read_setup_link', 'public.submit_responses', 'public.survey_form'],
  'anonymous people may call exactly the functions of the list');
select is(
  (select array_agg(format('%s.%s', nspname, proname) order by nspname, proname) from our_functions where has_function_privilege('authenticated', oid, 'execute')),
  array['private.me', 'private.my_organisations', 'private.my_subtree',
        'public.accept_invitation', 'public.change_role', 'public.end_membership', 'public.hand_over', 'public.health', 'public.invite',
        'public.list_invitations', 'public.list_members', 'public.list_units', 'public.my_memberships', 'public.note_event',
        'public.public_organisations', 'public.public_results', 'public.public_unit_results', 'public.read_audit_log',
        'public.read_invitation', 'public.read_member', 'public.read_setup_link', 'public.renew_invitation', 'public.revoke_invitation',
        'public.set_up_organisation', 'public.submit_responses', 'public.survey_form'],
  'people who are signed in may call these and no more');
select is(
  (select array_agg(proname::text order by proname) from our_functions where nspname = 'public' and has_function_privilege('service_role', oid, 'execute')),
  array['check_recording', 'claim_lease', 'health', 'my_memberships', 'new_setup_link', 'public_organisations', 'public_results', 'public_unit_results',
        'rebuild_tallies', 'record_responses', 'release_figures', 'roll_ticket_partitions', 'submit_responses', 'survey_form'],
  'the worker may call these and no more');
select is_empty(
  $$select nspname, proname from our_functions
    where prosecdef and not exists (select from unnest(proconfig) as s where s in ('search_path=', 'search_path=""'))$$,
  'every function with its owner''s rights has an empty search_path');
select is_empty(
  $$select nspname, proname from our_functions
    where proname <> 'public_cell' and not exists (select from unnest(proconfig) as s where s in ('search_path=', 'search_path=""'))$$,
  'and so has every other function (but one that is put into its query and names every schema itself)');
select is_empty(
  $$select proname from our_functions where nspname = 'public' and obj_description(oid, 'pg_proc') is null$$,
  'every function of the API says in a comment what it does');
select ok(not has_schema_privilege('anon', 'private', 'usage'), 'the schema private is closed to anonymous people');

select * from finish();
rollback;
