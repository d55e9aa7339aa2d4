-- Which questionnaire is asked where: chosen at a unit or a point, inherited down the tree, always the newest version.

begin;
\ir support/fixture.sql
select plan(23);

create function pg_temp.form(p_code text, p_organisation uuid default pg_temp.id('root')) returns uuid language sql as $$
  select private.put_built_in(p_organisation, jsonb_build_object('names', '{"vi": "Phiếu"}'::jsonb, 'definition',
    (select definition from public.questionnaire_versions where id = pg_temp.id('version')) || jsonb_build_object('form', p_code)))
$$;
create temp table forms as select pg_temp.form('a') as a, pg_temp.form('b') as b;
create function pg_temp.asked(p_point text) returns text language sql as $$
  select q.code || ' ' || v.number from public.service_points as p
  join public.questionnaire_versions as v on v.id = p.version_id join public.questionnaires as q on q.id = v.questionnaire_id
  where p.id = pg_temp.id(p_point)
$$;
create function pg_temp.choose(p_unit text, p_form uuid) returns void language sql as $$
  update public.units set questionnaire_id = p_form where id = pg_temp.id(p_unit)
$$;
create function pg_temp.point(p_unit text, p_label text) returns uuid language sql as $$
  insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id)
  values (pg_temp.id('root'), pg_temp.id(p_unit), jsonb_build_object('vi', p_label), 'counter', 'both', pg_temp.id('division_a'))
  returning version_id
$$;

select is((select questionnaire_id from public.service_points where id = pg_temp.id('counter')), pg_temp.id('form'),
  'a point that was given a version has chosen its questionnaire');
select is(pg_temp.refusal($$select pg_temp.point('small', 'Mới')$$), 'PT422 no_questionnaire',
  'a point cannot be made where no questionnaire is in force');
select pg_temp.choose('root', a) from forms;
select is(private.version_in_force(pg_temp.id('small')), private.newest_version((select a from forms)),
  'what the root chose is in force below it');
select is(pg_temp.point('small', 'Mới'), private.newest_version((select a from forms)), 'a new point asks what it inherits');
select is(pg_temp.asked('small_counter'), 'test 1', 'a point with its own choice keeps it');

update public.service_points set questionnaire_id = null where id in (pg_temp.id('small_counter'), pg_temp.id('counter'));
select is(pg_temp.asked('small_counter'), 'a 1', 'a point that gives up its choice inherits');
select pg_temp.choose('one_stop', b) from forms;
select is(pg_temp.asked('small_counter') || ', ' || pg_temp.asked('counter') || ', ' || pg_temp.asked('returns'), 'b 1, b 1, test 1',
  'a choice reaches everything below it but those with their own');
select pg_temp.choose('small', a) from forms;
select pg_temp.choose('one_stop', pg_temp.id('form'));
select is(pg_temp.asked('small_counter') || ', ' || pg_temp.asked('counter'), 'a 1, test 1', 'a nearer choice wins');
select pg_temp.choose('small', null);
select is(pg_temp.asked('small_counter'), 'test 1', 'without it the unit above decides again');

update public.units set parent_id = pg_temp.id('root') where id = pg_temp.id('small');
select is(pg_temp.asked('small_counter'), 'a 1', 'a unit that moves takes over what its new place asks');
update public.service_points set unit_id = pg_temp.id('one_stop') where id = pg_temp.id('small_counter');
select is(pg_temp.asked('small_counter'), 'test 1', 'so does a point that moves');

-- A new version
insert into public.questionnaire_versions (questionnaire_id, number, definition)
select pg_temp.id('form'), 2, definition from public.questionnaire_versions where id = pg_temp.id('version');
select is(pg_temp.asked('counter') || ', ' || pg_temp.asked('alone'), 'test 1, test 1', 'a draft changes nothing');
create temp table before as select revision from public.service_points where id = pg_temp.id('counter');
create temp table lines as select count(*) as n from public.audit_log where record_type = 'service_points';
update public.questionnaire_versions set published_at = now() where questionnaire_id = pg_temp.id('form') and number = 2;
select is(pg_temp.asked('counter') || ', ' || pg_temp.asked('alone') || ', ' || pg_temp.asked('small_counter'), 'test 2, test 2, test 2',
  'a published version is asked at every point of its questionnaire');
select is((select revision from public.service_points where id = pg_temp.id('counter')), (select revision from before),
  'which is no edit of the point');
select is((select count(*) from public.audit_log where record_type = 'service_points'), (select n from lines),
  'and no line of the log for each of them');
select is(public.record_responses(jsonb_build_object('items', jsonb_build_array(pg_temp.answer('counter', '[4, 4, null, 4, 0, 4]',
    '{"date": "2026-03-02", "half_day": "morning", "pool": "open", "channel": "qr"}')))) ->> 'recorded', '1',
  'a form that was opened before still counts, for its own version');

-- What is refused
select is(pg_temp.refusal($$select pg_temp.choose('one_stop', null), pg_temp.choose('root', null)$$), 'PT422 no_questionnaire',
  'the last choice above points that inherit stays');
insert into public.organisations (id, names, phone, email) values ('00000000-0000-4000-8000-0000000000ff', '{"vi": "Khác"}', '0', 'a@b.example');
create temp table foreign_form as select pg_temp.form('c', '00000000-0000-4000-8000-0000000000ff') as id;
select is(pg_temp.refusal($$select pg_temp.choose('root', (select id from foreign_form))$$), 'PT404 unknown_questionnaire',
  'a questionnaire of another organisation cannot be chosen for a unit');
select is(pg_temp.refusal($$update public.service_points set questionnaire_id = (select id from foreign_form) where id = pg_temp.id('counter')$$),
  'PT404 unknown_questionnaire', 'nor for a point');
insert into public.questionnaires (id, organisation_id, code, names)
values ('00000000-0000-4000-8000-0000000000aa', pg_temp.id('root'), 'draft', '{"vi": "Nháp"}');
select is(pg_temp.refusal($$select pg_temp.choose('root', '00000000-0000-4000-8000-0000000000aa')$$), 'PT422 questionnaire_unpublished',
  'nor one without a published version');

-- 1,000 units with a point each follow one change in one statement
insert into public.units (id, organisation_id, parent_id, kind, names)
select md5('level ' || n)::uuid, pg_temp.id('root'), pg_temp.id('division_b'), 'commune', jsonb_build_object('vi', 'Xã ' || n)
from generate_series(1, 50) as n;
insert into public.units (id, organisation_id, parent_id, kind, names)
select md5('unit ' || n)::uuid, pg_temp.id('root'), md5('level ' || (1 + n % 50))::uuid, 'office', jsonb_build_object('vi', 'Tổ ' || n)
from generate_series(1, 1000) as n;
insert into public.service_points (organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id)
select pg_temp.id('root'), md5('unit ' || n)::uuid, '{"vi": "Quầy"}', 'counter', 'both', pg_temp.id('division_a') from generate_series(1, 1000) as n;
select pg_temp.choose('division_b', b) from forms;
select is((select count(*) from public.service_points as p where p.version_id = private.newest_version((select b from forms))
    and p.labels ->> 'vi' = 'Quầy')::integer, 1000, 'a whole subtree follows');
select is((select count(*) from public.audit_log where record_type = 'service_points' and action = 'update' and changes ? 'version_id')::integer,
  0 + (select count(*) from public.audit_log where record_type = 'service_points' and action = 'update' and changes ? 'version_id'
       and (changes ? 'questionnaire_id' or changes ? 'unit_id'))::integer,
  'the log holds choices, not what follows from them');

-- A new organisation
set local role postgres;
select set_config('request.jwt.claims', '{"sub": "00000000-0000-4000-8000-00000000beef", "email": "a@b.vn", "role": "authenticated"}', true);
insert into private.setup_links (token_hash) values (private.hash_of('first'));
create temp table founded as
  select (public.set_up_organisation('first', 'Người A', jsonb_build_object('name', 'Cơ quan', 'phone', '1', 'email', 'a@b.vn',
    'form', jsonb_build_object('names', '{"vi": "Phiếu nhanh"}'::jsonb, 'definition',
      (select definition || '{"form": "quick"}' from public.questionnaire_versions where id = pg_temp.id('version'))))) ->> 'organisation_id')::uuid as id;
select is((select q.code from public.units as u join public.questionnaires as q on q.id = u.questionnaire_id where u.id = (select id from founded)),
  'quick', 'a new organisation has a questionnaire in force at its root');

select * from finish();
rollback;
