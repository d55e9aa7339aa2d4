-- The unit tree with its history, reporting periods, working days, tokens.

begin;
\ir support/fixture.sql
select plan(35);

-- Units
select is((select count(*) from public.units where id = pg_temp.id('root') and parent_id is null)::integer, 1,
  'an organisation has its root unit with the same id');
select is(
  (select array_agg(depth order by depth) from public.unit_tree where descendant_id = pg_temp.id('small')), array[0, 1, 2]::smallint[],
  'a new unit is below itself, its parent and the root');
select is(
  pg_temp.refusal(format('update public.units set parent_id = %L where id = %L', pg_temp.id('small'), pg_temp.id('one_stop'))),
  'PT422 unit_cycle', 'a unit cannot be placed under its own child');
select is(
  pg_temp.refusal(format('update public.units set parent_id = %L where id = %L', pg_temp.id('one_stop'), pg_temp.id('one_stop'))),
  'PT422 unit_cycle', 'nor under itself');
insert into public.organisations (id, names, phone, email) values ('00000000-0000-4000-8000-0000000000ff', '{"vi": "Khác"}', '0', 'a@b.example');
select is(
  pg_temp.refusal(format('update public.units set parent_id = %L where id = %L', '00000000-0000-4000-8000-0000000000ff', pg_temp.id('small'))),
  'PT422 foreign_parent', 'nor under a unit of another organisation');
select is(
  pg_temp.refusal(format($$insert into public.units (organisation_id, kind, names) values (%L, 'gate', '{"vi": "x"}')$$, pg_temp.id('root'))),
  '23514', 'only the root has no parent');
select is(
  pg_temp.refusal(format($$insert into public.units (organisation_id, parent_id, kind, names) values (%1$L, %1$L, 'gate', '{"en": "x"}')$$, pg_temp.id('root'))),
  '23514', 'a name without Vietnamese is refused');

-- As if the tree had stood for long: a link that began today would leave no trace.
update public.unit_tree set valid_from = '2026-01-01' where valid_from > '2026-01-01';
update public.units set parent_id = pg_temp.id('division_b') where id = pg_temp.id('small');
select results_eq(
  $$select ancestor_id, depth from public.unit_tree where descendant_id = pg_temp.id('small') and valid_to is null order by depth$$,
  $$values (pg_temp.id('small'), 0::smallint), (pg_temp.id('division_b'), 1::smallint), (pg_temp.id('root'), 2::smallint)$$,
  'a moved unit is below its new parent');
select is(
  (select valid_to from public.unit_tree where descendant_id = pg_temp.id('small') and ancestor_id = pg_temp.id('one_stop')),
  private.today(), 'and was below the old one until today');
select is(
  (select count(*) from public.unit_tree where descendant_id = pg_temp.id('small') and ancestor_id = pg_temp.id('root'))::integer, 2,
  'its place below the root has a history too');
update public.units set parent_id = pg_temp.id('one_stop') where id = pg_temp.id('small');
select is(
  (select count(*) from public.unit_tree where descendant_id = pg_temp.id('small') and ancestor_id = pg_temp.id('division_b'))::integer, 0,
  'a place that it had for less than a day leaves no trace');
select is_empty(
  $$select descendant_id, ancestor_id from public.unit_tree where valid_to is null group by 1, 2 having count(*) > 1$$,
  'no link is in force twice');
update public.units set parent_id = pg_temp.id('division_a') where id = pg_temp.id('one_stop');
select results_eq(
  $$select ancestor_id, depth from public.unit_tree where descendant_id = pg_temp.id('small') and valid_to is null order by depth$$,
  $$values (pg_temp.id('small'), 0::smallint), (pg_temp.id('one_stop'), 1::smallint), (pg_temp.id('division_a'), 2::smallint), (pg_temp.id('root'), 3::smallint)$$,
  'a unit moves with everything below it');

-- Periods
select is(private.month_label('administrative', '2026-02-14'), '2026-02-01'::date, '14 February belongs to the administrative February');
select is(private.month_label('administrative', '2026-02-15'), '2026-03-01'::date, '15 February begins the administrative March');
select is(private.month_label('administrative', '2025-12-15'), '2026-01-01'::date, '15 December begins the administrative year');
select is(private.month_label('calendar', '2026-02-28'), '2026-02-01'::date, 'a calendar month is a calendar month');
select is(private.month_start('administrative', '2026-03-01'), '2026-02-15'::date, 'the administrative March begins on 15 February');
select is(private.month_end('administrative', '2026-03-01'), '2026-03-14'::date, 'and ends on 14 March');
select is(private.month_end('calendar', '2028-02-01'), '2028-02-29'::date, 'a leap year has a 29 February');
select is((select count(*) from private.year_periods(2026))::integer, 19, 'a year has nineteen listed periods');
select is((select months::integer from private.period('2026-9M')), 9, 'nine months are nine months');
select is(pg_temp.refusal($$select * from private.period('2026-Q5')$$), 'PT422 unknown_period', 'there is no fifth quarter');
select is(pg_temp.refusal($$select * from private.period('')$$), 'PT422 unknown_period', 'an empty period is unknown');

-- Working days
select ok(not private.is_working_day(pg_temp.id('root'), '2026-02-16'), 'the office is closed on the last day of the lunar year 2025');
select ok(not private.is_working_day(pg_temp.id('root'), '2026-02-20'), 'and on the fifth day of Tết 2026');
select ok(private.is_working_day(pg_temp.id('root'), '2026-02-23'), 'it works again on the Monday after Tết');
select ok(private.is_working_day(pg_temp.id('root'), '2026-08-22'), 'a Saturday worked instead is a working day');
select ok(not private.is_working_day(pg_temp.id('root'), '2026-08-23'), 'the Sunday after it is not');
select ok(not private.is_working_day(pg_temp.id('root'), '2026-08-31'), 'nor the Monday that it stands for');
insert into public.holidays (organisation_id, day, works, name) values (pg_temp.id('root'), '2026-08-31', true, '{"vi": "Trực"}');
select ok(private.is_working_day(pg_temp.id('root'), '2026-08-31'), 'an organisation''s own line wins over the country''s');
select ok(not private.is_working_day('00000000-0000-4000-8000-0000000000ff', '2026-08-31'), 'and is nobody else''s');

-- Tokens
select matches(private.new_token(), '^[0-9A-HJKMNP-TV-Z]{11}$', 'a token has eleven characters that are not mistaken for another');
select is((select count(distinct private.new_token()) from generate_series(1, 2000))::integer, 2000, 'tokens do not repeat');
select is((select count(*) from public.service_points where token is null)::integer, 0, 'every point has one');

select * from finish();
rollback;
