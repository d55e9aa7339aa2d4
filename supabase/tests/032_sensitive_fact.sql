-- P5 asks for the ethnic group: shown for the whole organisation and closed quarters only, never crossed, and only
-- when every group has at least 10 persons. P1 (age bands) beside it is an ordinary question.

begin;
\ir support/fixture.sql
select plan(16);

insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at)
select '00000000-0000-4000-8000-0000000000b2', pg_temp.id('form'), 2, definition || '{"facts": [
  {"code": "P1", "choices": [1, 2], "max": 1}, {"code": "P5", "choices": [1, 2, 3], "max": 1}]}', now()
from public.questionnaire_versions where id = pg_temp.id('version');

create function pg_temp.told(p_day date, p_count integer, p_group integer) returns jsonb language sql as $$
  select pg_temp.record('counter', p_day, p_count, p_more => jsonb_build_object('version_id', '00000000-0000-4000-8000-0000000000b2',
    'facts', jsonb_build_object('P1', array[1], 'P5', array[p_group])))
$$;
-- "shown 40 {choices}", "hidden" or "none" of a fact on the page of a unit.
create function pg_temp.shown(p_unit text, p_fact text, p_period text) returns text language sql as $$
  select coalesce((
    select concat_ws(' ', fact ->> 'state', fact ->> 'persons', fact ->> 'choices')
    from jsonb_array_elements(pg_temp.figures_of(p_unit, p_period) -> 'facts') as fact
    where fact ->> 'fact' = p_fact), 'none')
$$;

-- The first quarter of the administrative year runs from 15 December to 14 March.
select pg_temp.told('2026-02-10', 30, 1);
select pg_temp.told('2026-02-10', 12, 2);
select pg_temp.told('2026-03-02', 30, 1);
select public.release_figures('2026-03-04');
select is(pg_temp.shown('root', 'P1', '2026-Q1'), 'shown 72 {"1": 72}', 'an ordinary question is shown while the quarter runs');
select is(pg_temp.shown('root', 'P5', '2026-Q1'), 'hidden', 'the ethnic group is not');
select is(pg_temp.shown('root', 'P5', '2026-M02'), 'hidden', 'nor in a closed month');
select public.release_figures('2026-03-17');
select is(private.is_closed(pg_temp.id('root'), '2026-03-01'), true, 'the quarter is over');
select is(pg_temp.shown('root', 'P5', '2026-Q1'), 'shown 72 {"1": 60, "2": 12}', 'the closed quarter of the whole organisation is shown');
select is(pg_temp.shown('one_stop', 'P5', '2026-Q1'), 'hidden', 'a unit never');
select is(pg_temp.shown('one_stop', 'P1', '2026-Q1'), 'shown 72 {"1": 72}', 'though it shows the ordinary question');
select is(pg_temp.shown('root', 'P5', '2026-M02'), 'hidden', 'a month never');
select is(pg_temp.shown('root', 'P5', '2026-M03'), 'hidden', 'not even with thirty of one group');
select is(pg_temp.shown('root', 'P5', '2026-H1'), 'hidden', 'nor a half-year, from which a hidden quarter would follow');
select is_empty($$select from private.figures where subject = 'fact:P5' and cross_kind <> 'none'$$, 'it is crossed with nothing');
select isnt_empty($$select from private.figures where subject = 'fact:P1' and cross_kind <> 'none' and period = '2026-Q1'$$, 'as the other is');

-- A small group hides the whole question.
select pg_temp.told('2026-04-07', 40, 1);
select pg_temp.told('2026-04-07', 9, 3);
select public.release_figures('2026-06-17');
select is(pg_temp.shown('root', 'P1', '2026-Q2'), 'shown 49 {"1": 49}', 'the next quarter is over');
select is(pg_temp.shown('root', 'P5', '2026-Q2'), 'hidden', 'nine of one group hide the question');
select is(pg_temp.shown('root', 'P5', '2026-Y'), 'hidden', 'and no longer period gives it away');
select is_empty($$select from private.figures where is_shown and private.is_sensitive(subject)
  and not (unit_id = organisation_id and period = '2026-Q1')$$, 'nothing else of it is shown anywhere');

select * from finish();
rollback;
