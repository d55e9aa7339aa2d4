-- What the people of a unit read: their picture, although nothing is published; suppressed like everything else; and
-- why answers that wait are in no figure yet.

begin;
\ir support/fixture.sql
select plan(49);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array[
    'officer', 'analyst', 'leader', 'administrator', 'auditor', 'below', 'stranger'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'email', p_name || '@example.vn', 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(name), name, name || '@example.vn'
from unnest(array['officer', 'analyst', 'leader', 'administrator', 'auditor', 'below', 'stranger']) as name;
insert into public.members (person_id, organisation_id, unit_id, role)
select pg_temp.person(name), pg_temp.id('root'), pg_temp.id(unit), role
from (values ('officer', 'one_stop', 'officer'), ('analyst', 'root', 'analyst'), ('leader', 'root', 'leader'),
  ('administrator', 'root', 'administrator'), ('auditor', 'root', 'auditor'), ('below', 'small', 'officer')) as m (name, unit, role);
update public.organisations set is_demo = false where id = pg_temp.id('root');

create function pg_temp.picture(p_unit text, p_period text default '2026-M03') returns jsonb language sql as $$
  select public.office_results(pg_temp.id(p_unit), p_period)
$$;
create function pg_temp.cell(p_unit text, p_measure text default 'S0', p_period text default '2026-M03') returns text language sql as $$
  select coalesce((
    select concat_ws(' ', cell ->> 'state', cell ->> 'persons')
    from jsonb_array_elements(pg_temp.picture(p_unit, p_period) -> 'now' -> 'cells') as cell where cell ->> 'measure' = p_measure), 'none')
$$;

-- Who may
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('one_stop'))$$), 'PT401 not_signed_in', 'nobody reads without signing in');
select pg_temp.is_asked_by('stranger');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'nor with an account alone');
select pg_temp.is_asked_by('administrator');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'an administrator sets up and reads no feedback');
select pg_temp.is_asked_by('auditor');
select is(pg_temp.refusal($$select public.office_units(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'nor does an auditor here');
select pg_temp.is_asked_by('below');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('one_stop'))$$), 'PT403 not_allowed', 'an officer does not read the unit above');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('small'))$$), 'fine', 'but the own one');
select pg_temp.is_asked_by('officer');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('division_a'))$$), 'PT403 not_allowed', 'nor a sister');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('small'))$$), 'fine', 'but what is below');
select is(pg_temp.refusal($$select public.office_results('00000000-0000-4000-8000-0000000000ff')$$), 'PT403 not_allowed', 'a unit that does not exist is one that may not be read');
select is((select array_agg(unit ->> 'depth') from jsonb_array_elements(public.office_units(pg_temp.id('one_stop'))) as unit), '{0,1}',
  'the units whose picture may be opened are the subtree');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('division_a'))$$), 'fine', 'an analyst of the whole reads every unit');

-- Nothing yet
select is(pg_temp.picture('one_stop', null) -> 'period', 'null', 'before the first release there is no period');
select is(pg_temp.picture('one_stop', null) -> 'now' -> 'cells', '[]', 'and no figure');
select is(pg_temp.refusal($$select pg_temp.picture('one_stop', '2026-M03')$$), 'PT422 unknown_period', 'a period without answers is unknown');

-- Today
select pg_temp.record('counter', private.today(), 4);
select is((pg_temp.picture('one_stop', null) ->> 'received_today')::int, 4, 'the number of answers received today moves at once');
select is((pg_temp.picture('one_stop', null) ->> 'waiting')::int, 4, 'and all of them wait');
select is((select concat_ws(' ', point ->> 'today', point ->> 'waiting') from jsonb_array_elements(pg_temp.picture('one_stop', null) -> 'points') as point),
  '4 4', 'the point says how many of its answers wait');
select is((pg_temp.picture('small', null) ->> 'received_today')::int, 0, 'none of them at the unit below');
select is((pg_temp.picture('root', null) ->> 'received_today')::int, 4, 'all of them at the unit above');

-- Released figures (in March, a closed month)
select pg_temp.record('counter', '2026-03-02', 4);
select pg_temp.record('small_counter', '2026-03-02', 14);
select public.release_figures('2026-03-03');
select is(pg_temp.cell('one_stop'), 'interval 14', 'four answers at one point are in no figure');
select is(pg_temp.cell('small'), 'interval 14', 'fourteen are, as an interval');
select is((select (point ->> 'waiting')::int from jsonb_array_elements(pg_temp.picture('one_stop') -> 'points') as point
  where point ->> 'id' = pg_temp.id('counter')::text), 8, 'the four of March still wait beside those of today');
select pg_temp.record('counter', '2026-03-03', 30);
select public.release_figures('2026-03-04');
select is(pg_temp.cell('one_stop'), 'shown 48', 'with the fifth they are counted');
select is(pg_temp.cell('one_stop', 'B'), 'none', 'procedure counts for the unit that decides');
select is(pg_temp.cell('division_a', 'B'), 'shown 48', 'and is in its picture');
select is(pg_temp.picture('one_stop') -> 'rates', '[]', 'without the number of people served there is no response rate');
select is((select count(*)::int from jsonb_array_elements(pg_temp.picture('one_stop') -> 'now' -> 'items')
  as item where item ->> 'item' = 'S0' and item ->> 'n4' = '48'), 1, 'an item comes with its five levels');
select is(pg_temp.picture('one_stop') -> 'before', 'null', 'without a month before there is nothing to compare with');
select pg_temp.record('counter', '2026-04-02', 40);
select public.release_figures('2026-04-03');
select is(pg_temp.picture('one_stop', '2026-M04') -> 'before' ->> 'code', '2026-M03', 'the month before is the one of its kind');
select is((select cell ->> 'persons' from jsonb_array_elements(pg_temp.picture('one_stop', '2026-M04') -> 'earlier' -> 'cells') as cell
  where cell ->> 'measure' = 'S0'), '48', 'with its own figures');
select is(pg_temp.picture('one_stop', null) -> 'period' ->> 'kind', 'quarter', 'without a choice it is a quarter');

-- Hidden cells say nothing, and F2 is for nobody here
select pg_temp.record('small_counter', '2026-04-06', 9);
select public.release_figures('2026-04-07');
select is(pg_temp.cell('small', p_period => '2026-M04'), 'hidden', 'nine persons are hidden for their own people, too');
select is((select cell ->> 'longer_period' from jsonb_array_elements(pg_temp.picture('small', '2026-M04') -> 'now' -> 'cells') as cell
  where cell ->> 'measure' = 'S0'), '2026-H1', 'with the shortest longer period that may be shown');
select is_empty(
  $$select cell from jsonb_array_elements(pg_temp.picture('small', '2026-M04') -> 'now' -> 'cells') as cell
    where cell ->> 'state' = 'hidden' and exists (
      select from jsonb_each(cell) as v (key, value)
      where key not in ('state', 'unit_id', 'measure', 'item', 'longer_period') and value <> 'null')$$,
  'a hidden cell has no number at all');
update private.figures set subject = replace(subject, 'F1', 'F2') where subject like '%:F1%';
insert into private.figures (organisation_id, period, unit_id, subject, is_shown, persons, others)
values (pg_temp.id('root'), '2026-M03', pg_temp.id('one_stop'), 'fact:F2', true, 40, 40), (pg_temp.id('root'), '2026-M03', pg_temp.id('one_stop'), 'fact:F1', true, 40, 40);
select is(pg_temp.picture('one_stop') -> 'now' -> 'facts' -> 0 ->> 'fact', 'F1', 'optional questions are part of the picture');
select is(jsonb_array_length(pg_temp.picture('one_stop') -> 'now' -> 'facts'), 1, 'but never whether somebody asked for money');
select is(pg_temp.picture('one_stop')::text ~ 'F2', false, 'F2 is not even named');

-- Single points: only under a unit that is shown, and never beside one person's counter
create function pg_temp.point(p_unit text, p_point text, p_measure text default 'S0', p_period text default '2026-M04') returns text language sql as $$
  select coalesce((
    select concat_ws(' ', cell ->> 'state', cell ->> 'persons')
    from jsonb_array_elements(public.office_results(pg_temp.id(p_unit), p_period, pg_temp.id(p_point)) -> 'now' -> 'cells') as cell
    where cell ->> 'measure' = p_measure), 'none')
$$;
select is(pg_temp.point('one_stop', 'counter'), 'shown 40', 'a point has figures of its own for the members');
select is(pg_temp.point('one_stop', 'counter', 'B'), 'none', 'but not of what counts for the unit that decides');
select is(pg_temp.point('small', 'small_counter'), 'hidden', 'not under a unit that is hidden');
select is(pg_temp.point('small', 'small_counter', p_period => '2026-M03'), 'interval 14', 'under a shown one an interval from ten persons on');
select is(pg_temp.refusal($$select public.office_results(pg_temp.id('small'), null, pg_temp.id('counter'))$$), 'PT404 unknown_point', 'a point belongs to its unit');
select is((select array_agg(own ->> 'id') from jsonb_array_elements(pg_temp.picture('one_stop') -> 'own_points') as own) @> array[pg_temp.id('alone')::text], false,
  'a point staffed by one person is not offered');
select pg_temp.record('alone', '2026-04-07', 40);
select public.release_figures('2026-04-08');
select is(pg_temp.cell('one_stop', p_period => '2026-M04'), 'shown 89', 'once one person''s counter counts for the unit');
select is(pg_temp.point('one_stop', 'alone'), 'none', 'it has no figure of its own');
select is(pg_temp.point('one_stop', 'counter'), 'hidden', 'and the only point beside it is hidden with it: the rest would be that person');
select is(pg_temp.point('small', 'small_counter', p_period => '2026-M03'), 'interval 14', 'not so the points of a unit below');
select pg_temp.record('returns', '2026-04-08', 20);
select public.release_figures('2026-04-09');
select is(pg_temp.point('one_stop', 'counter'), 'shown 40', 'beside a smaller other point it may be shown again');
select is(pg_temp.point('one_stop', 'returns'), 'hidden', 'which is hidden in its place');

select * from finish();
rollback;
