-- What is shown: from ten persons with an interval, from thirty fully; never one person's counter; and a hidden cell
-- says nothing but that it is hidden.

begin;
\ir support/fixture.sql
select plan(32);
-- A cell of the page of a unit: "shown 40", "interval 10", "hidden", or "none".
create function pg_temp.cell(p_unit text, p_measure text default 'S0', p_period text default '2026-M03') returns text language sql as $$
  select coalesce((
    select concat_ws(' ', cell ->> 'state', cell ->> 'persons')
    from jsonb_array_elements(pg_temp.figures_of(p_unit, p_period) -> 'cells') as cell
    where cell ->> 'measure' = p_measure), 'none')
$$;
create function pg_temp.item(p_unit text, p_item text, p_period text default '2026-M03') returns jsonb language sql as $$
  select item from jsonb_array_elements(pg_temp.figures_of(p_unit, p_period) -> 'items') as item where item ->> 'item' = p_item
$$;

-- Thresholds
select pg_temp.record('small_counter', '2026-03-02', 9);
select public.release_figures('2026-03-03');
select is(pg_temp.cell('small'), 'hidden', 'nine persons are hidden');
select is(pg_temp.cell('root'), 'hidden', 'at every level');
select pg_temp.record('small_counter', '2026-03-03', 5);
select public.release_figures('2026-03-04');
select is(pg_temp.cell('small'), 'interval 14', 'fourteen persons are shown with an interval');
select pg_temp.record('small_counter', '2026-03-04', 15);
select public.release_figures('2026-03-05');
select is(pg_temp.cell('small'), 'interval 29', 'so are twenty-nine');
select pg_temp.record('small_counter', '2026-03-05', 5);
select public.release_figures('2026-03-06');
select is(pg_temp.cell('small'), 'shown 34', 'from thirty they are shown fully');
select is(pg_temp.cell('one_stop'), 'shown 34', 'a unit contains what is below it');
select is(pg_temp.cell('division_a', 'B'), 'shown 34', 'the procedure counts for the unit that decides');
select is(pg_temp.cell('one_stop', 'B'), 'none', 'and not for the one that received');
select is(pg_temp.cell('division_a'), 'none', 'which in turn has the overall rating alone');
select is(pg_temp.cell('division_b', 'B'), 'none', 'a unit that decided nothing has no cell');

-- One person's counter
select pg_temp.record('alone', '2026-03-06', 20);
select public.release_figures('2026-03-09');
select is(pg_temp.cell('one_stop'), 'shown 54', 'answers at one person''s counter count for the unit');
select is(pg_temp.cell('small'), 'hidden', 'so the only unit beside it is hidden: the difference would be that person');
select is(pg_temp.cell('division_a', 'B'), 'shown 54', 'where nothing is subtracted nothing more is hidden');
select pg_temp.record('counter', '2026-03-09', 5);
select public.release_figures('2026-03-10');
select is(pg_temp.cell('small'), 'shown 34', 'with five answers of others in the rest it may be shown again');
select is(pg_temp.cell('one_stop'), 'shown 59', 'beside its parent');

select pg_temp.record('alone', '2026-02-10', 40, p_more => '{"pool": "verified"}');
select public.release_figures('2026-03-11');
select is(pg_temp.cell('one_stop', p_period => '2026-M02'), 'hidden', 'a month with nothing but one person''s counter is hidden');
select is(pg_temp.cell('one_stop', p_period => '2026-Q1'), 'hidden', 'and with it the quarter, from which it would follow');
select is(pg_temp.cell('one_stop', p_period => '2026-M03'), 'shown 59', 'the other month stays');

-- A hidden cell says nothing
select is_empty(
  $$select cell from jsonb_array_elements(pg_temp.figures_of('one_stop', '2026-M02') -> 'cells') as cell
    where cell ->> 'state' = 'hidden' and exists (
      select from jsonb_each(cell) as v (key, value)
      where key not in ('state', 'unit_id', 'measure', 'item', 'longer_period') and value <> 'null')$$,
  'a hidden cell has no number at all');
select isnt_empty(
  $$select from jsonb_array_elements(pg_temp.figures_of('one_stop', '2026-M02') -> 'cells') as cell where cell ->> 'state' = 'hidden'$$,
  'and there are hidden cells');

-- Items and facts of a unit page
select is(pg_temp.item('small', 'S0') ->> 'n4', '34', 'a unit page shows the levels of an item');
select is(pg_temp.item('one_stop', 'S0', '2026-M02') -> 'n4', 'null', 'but not of a hidden one');
select is(pg_temp.item('one_stop', 'S0', '2026-M02') -> 'persons', 'null', 'nor how many persons');
select is(pg_temp.item('one_stop', 'S0', '2026-M02') ->> 'longer_period', null, 'no longer period is named when none may be shown');
select pg_temp.record('small_counter', '2026-03-10', 12, p_more => '{"facts": {"F1": [2], "I1": [1]}}');
select pg_temp.record('small_counter', '2026-03-10', 8, p_more => '{"facts": {"F1": [1]}}');
select public.release_figures('2026-03-12');
select is(
  (select fact -> 'choices' from jsonb_array_elements(pg_temp.figures_of('small', '2026-M03') -> 'facts') as fact where fact ->> 'fact' = 'F1'),
  '{"1": 8, "2": 12}', 'a fact shows its choices');
select is(
  (select fact ->> 'state' from jsonb_array_elements(pg_temp.figures_of('small', '2026-M03') -> 'facts') as fact where fact ->> 'fact' = 'I1'),
  'interval', 'twelve persons are few');

-- Closed doors
select is(public.public_results(pg_temp.id('root'), '2026-M07') -> 'period' ->> 'code', '2026-M03', 'for a period without answers the nearest is read');
select is(pg_temp.refusal($$select public.public_results(pg_temp.id('root'), '2026-M13')$$), 'PT422 unknown_period', 'one that does not exist is unknown');
select is(pg_temp.refusal($$select public.public_unit_results(pg_temp.id('counter'))$$), 'PT404 unknown_unit', 'a point is no unit');
update public.organisations set is_demo = false where id = pg_temp.id('root');
select is(public.public_results(pg_temp.id('root')) - 'organisation', '{"scheme": "administrative", "has_published": false, "period": null, "periods": [],
  "publication": null, "revisions": [], "received": 0, "waiting": 0, "units": [], "cells": [], "excluded": 0, "rates": []}', 'who has published nothing shows nothing');
select is(public.public_unit_results(pg_temp.id('small')) -> 'cells', '[]', 'also on the page of a unit');
select is((select points from (select organisation -> 'points' as points from jsonb_array_elements(public.public_organisations() -> 'organisations') as organisation) as o), '[]',
  'and its QR codes are not listed');

select * from finish();
rollback;
