-- People: an invitation works once and for seven days, a membership ends at once, an organisation keeps an
-- administrator, the lists are for administrators (and auditors), and the log can only be added to.

begin;
select plan(40);
\ir support/fixture.sql

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['admin', 'officer', 'auditor', 'stranger', 'second', 'below'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
create temp table link (name text primary key, token text, id uuid);

-- The first administrator ----------------------------------------------------------------------------
select isnt(public.new_setup_link(), null, 'while nobody is a member a set-up link can be had');
delete from private.setup_links;
insert into private.setup_links (token_hash) values (private.hash_of('first'));
insert into private.setup_links (token_hash, expires_at) values (private.hash_of('old'), now() - interval '1 minute');
select throws_ok($$select public.read_setup_link('none')$$, 'PT404');
select throws_ok($$select public.read_setup_link('old')$$, 'PT410');
select throws_ok($$select public.set_up_organisation('first', 'Người A', '{"name":"A","phone":"1","email":"a@b.vn"}')$$, 'PT401',
  null, 'nobody becomes an administrator without being signed in');
select pg_temp.is_asked_by('admin');
select throws_ok($$select public.set_up_organisation('first', '', '{"name":"A","phone":"1","email":"a@b.vn"}')$$, 'PT422');
select throws_ok($$select public.set_up_organisation('first', 'Người A', '{"name":"A","phone":"","email":"a@b.vn"}')$$, 'PT422');
create temp table house as
  select (public.set_up_organisation('first', 'Người A', '{"name":"Cơ quan","phone":"1","email":"A@b.vn"}') ->> 'organisation_id')::uuid as id;
select throws_ok($$select public.set_up_organisation('first', 'Người A', '{"name":"A","phone":"1","email":"a@b.vn"}')$$, 'PT410',
  null, 'the link works once');
select is(public.new_setup_link(), null, 'and no other one is made once there is a member');
insert into public.units (organisation_id, parent_id, kind, names) select id, id, 'office', '{"vi": "Văn phòng"}' from house;

-- Invitations ----------------------------------------------------------------------------------------
insert into link select 'officer', made ->> 'token', (made ->> 'id')::uuid from public.invite((select id from house), 'officer', ' Officer@Example.VN ') as made;
select is((select recipient from public.outbox), 'officer@example.vn', 'an invitation with an address waits in the outbox');
select is(public.read_invitation((select token from link where name = 'officer')) ->> 'role', 'officer', 'whoever holds the link reads what it offers');
select throws_ok(format('select public.invite(%L, %L)', (select id from house), 'king'), 'PT422');
select throws_ok(format('select public.invite(%L, %L, %L)', (select id from house), 'officer', 'no address'), 'PT422');
select throws_ok(format('select public.invite(%L, %L)', pg_temp.id('root'), 'officer'), 'PT403', null, 'nobody invites into another organisation');
select pg_temp.is_asked_by('officer');
select throws_ok(format('select public.accept_invitation(%L, %L)', (select token from link where name = 'officer'), ' '), 'PT422');
select lives_ok(format('select public.accept_invitation(%L, %L)', (select token from link where name = 'officer'), 'Người B'), 'the invited person accepts');
select throws_ok(format('select public.accept_invitation(%L, %L)', (select token from link where name = 'officer'), 'Người B'), 'PT410');
select throws_ok(format('select public.list_members(%L)', (select id from house)), 'PT403', null, 'an officer reads no list of members');
select throws_ok(format('select public.list_invitations(%L)', (select id from house)), 'PT403');
select throws_ok(format('select public.read_audit_log(%L)', (select id from house)), 'PT403', null, 'nor the log');
select throws_ok(format('select public.invite(%L, %L)', (select id from house), 'officer'), 'PT403', null, 'nor invites');
select pg_temp.is_asked_by('admin');
insert into link select 'auditor', made ->> 'token', (made ->> 'id')::uuid from public.invite((select id from house), 'auditor') as made;
insert into link select 'gone', made ->> 'token', (made ->> 'id')::uuid from public.invite((select id from house), 'leader', 'gone@example.vn') as made;
select public.revoke_invitation((select id from link where name = 'gone'));
select is((select count(*)::int from public.outbox where recipient = 'gone@example.vn'), 0, 'a mail not yet sent stays unsent when its invitation is revoked');
select throws_ok(format('select public.read_invitation(%L)', (select token from link where name = 'gone')), 'PT410');
create temp table renewed as select public.renew_invitation((select id from link where name = 'auditor')) as made;
select throws_ok(format('select public.read_invitation(%L)', (select token from link where name = 'auditor')), 'PT404', null, 'a renewed invitation has a new link, and the old one is unknown');
select pg_temp.is_asked_by('auditor');
select public.accept_invitation((select made ->> 'token' from renewed), 'Người C');
select is((public.list_members((select id from house)) ->> 'total')::int, 3, 'an auditor reads who is there');
select is((public.list_members((select id from house), 'NGƯỜI b') -> 'members' -> 0 ->> 'role'), 'officer', 'and finds somebody by part of the name');
select throws_ok(format('select public.list_invitations(%L)', (select id from house)), 'PT403', null, 'but not who is invited');
select throws_ok(format('select public.read_member(%L)', (select id from public.members where role = 'officer')), 'PT403');
select cmp_ok(jsonb_array_length(public.read_audit_log((select id from house)) -> 'lines'), '>', 3, 'an auditor reads the log');
select is(public.read_audit_log((select id from house), p_person => 'người b', p_record_type => 'members') -> 'lines' -> 0 ->> 'action', 'insert', 'filtered by who and what');
select is_empty($$select from public.audit_log where changes::text ilike '%example.vn%'$$, 'and it holds no address');
select pg_temp.is_asked_by('stranger');
select throws_ok(format('select public.list_members(%L)', (select id from house)), 'PT403', null, 'an account without an invitation reads nothing');
select is(public.my_memberships() -> 'memberships', '[]'::jsonb, 'and holds nothing');

-- Change, hand over, end -----------------------------------------------------------------------------
select pg_temp.is_asked_by('admin');
select throws_ok(format('select public.end_membership(%L)', (select id from public.members where role = 'administrator')), 'PT409', null, 'the last administrator stays');
select throws_ok(format('select public.change_role(%L, %L)', (select id from public.members where role = 'administrator'), 'leader'), 'PT409');
select lives_ok(format('select public.change_role(%L, %L)', (select id from public.members where role = 'officer'), 'analyst'), 'a role is changed');
select is((select array_agg(role order by since, ended_at is null) from public.members where person_id = pg_temp.person('officer')), array['officer', 'analyst'], 'the old one ends and both stay readable');
select throws_ok(format('select public.hand_over(%L, %L)', pg_temp.person('officer'), pg_temp.person('stranger')), 'PT422', null, 'only a member can take over');
select is(public.hand_over(pg_temp.person('officer'), pg_temp.person('auditor')), 1, 'everything passes to a colleague in one step');
select pg_temp.is_asked_by('officer');
select is(public.my_memberships() -> 'memberships', '[]'::jsonb, 'and the one who left holds nothing with the next request');

-- The log --------------------------------------------------------------------------------------------
select is(private.first_broken_line(), null, 'the chain of the log holds');

select * from finish();
rollback;
