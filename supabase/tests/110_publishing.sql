-- Publishing: only a leader of the whole organisation, only what is closed and released, frozen for good, corrected only
-- by a further revision; and no two publications together tell what one of them must not.

begin;
\ir support/fixture.sql
select plan(64);

create function pg_temp.becomes(p_unit text, p_role text) returns void language plpgsql as $$
begin
  delete from public.members;
  insert into public.people (id, name, email) values ('10000000-0000-4000-8000-000000000001', 'A', 'a@example.vn') on conflict do nothing;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values ('10000000-0000-4000-8000-000000000001', pg_temp.id('root'), pg_temp.id(p_unit), p_role);
  perform set_config('request.jwt.claims', '{"sub": "10000000-0000-4000-8000-000000000001", "role": "authenticated"}', true);
end
$$;
create function pg_temp.seen(p_period text) returns text language sql as $$
  select public.preview_publication(pg_temp.id('root'), p_period) ->> 'seen'
$$;
create function pg_temp.publish(p_period text, p_reason text default null) returns jsonb language sql as $$
  select public.publish_period(pg_temp.id('root'), p_period, pg_temp.seen(p_period), p_reason)
$$;
-- "shown 40", "hidden" or "none" of a unit on the public page.
create function pg_temp.public_cell(p_unit text, p_period text, p_revision integer default null, p_measure text default 'S0') returns text language sql as $$
  select coalesce((
    select concat_ws(' ', cell ->> 'state', cell ->> 'persons')
    from jsonb_array_elements(public.public_results(pg_temp.id('root'), p_period, p_revision) -> 'cells') as cell
    where cell ->> 'unit_id' = pg_temp.id(p_unit)::text and cell ->> 'measure' = p_measure), 'none')
$$;
-- What an exclusion, or its end, does to the sums of one point and day, without the road that leads to it.
create function pg_temp.take_out(p_point text, p_month date, p_persons integer) returns void language plpgsql as $$
begin
  update private.person_months as m set persons = m.persons - p_persons, top2_sum = m.top2_sum - p_persons * 1000000, top2_squares = m.top2_squares - p_persons * 1000000
  from private.strata as s where s.id = m.stratum_id and s.service_point_id = pg_temp.id(p_point) and m.month = p_month and m.measure = 'S0';
  perform private.refresh_figures(pg_temp.id('root'), extract(year from p_month)::integer);
end
$$;

update public.organisations set is_demo = false where id = pg_temp.id('root');
select pg_temp.record('counter', '2026-01-05', 60);
select pg_temp.record('small_counter', '2026-01-05', 40);
select pg_temp.record('counter', '2026-01-20', 40);
select public.release_figures('2026-01-26');

-- Who, and what
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M01', '')$$), 'PT401 not_signed_in', 'nobody publishes without signing in');
select pg_temp.becomes('root', 'analyst');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M01', '')$$), 'PT403 not_allowed', 'an analyst compiles and does not publish');
select is(pg_temp.refusal($$select public.preview_publication(pg_temp.id('root'), '2026-M01')$$), 'PT403 not_allowed', 'nor looks at what would be');
select pg_temp.becomes('root', 'administrator');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M01', '')$$), 'PT403 not_allowed', 'nor does an administrator');
select pg_temp.becomes('one_stop', 'leader');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M01', '')$$), 'PT403 not_allowed', 'nor the leader of a unit for the whole');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('one_stop'), '2026-M01', '')$$), 'PT403 not_allowed', 'nor for the own unit');
select is(pg_temp.refusal($$select public.list_publications(pg_temp.id('root'))$$), 'PT403 not_allowed', 'nor reads the list');
select pg_temp.becomes('root', 'leader');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M02', '')$$), 'PT409 period_running', 'a running period is not published');
select is(pg_temp.refusal($$select public.preview_publication(pg_temp.id('root'), '2026-Q1')$$), 'PT409 period_running', 'nor a quarter whose last month runs');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2025-M07', '')$$), 'PT422 unknown_period', 'nor one without answers');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M13', '')$$), 'PT422 unknown_period', 'nor one that does not exist');
select is(pg_temp.refusal($$select public.publish_period(pg_temp.id('root'), '2026-M01', '0:old')$$), 'PT409 changed_meanwhile', 'nor anything but what was looked at');
select is(public.public_results(pg_temp.id('root')) -> 'period', 'null', 'until then the public reads nothing');
select is((select (organisation ->> 'results_visible')::boolean from jsonb_array_elements(public.public_organisations() -> 'organisations') as organisation), false, 'and is told so');

-- The first revision
create temp table before_it as select pg_temp.seen('2026-M01') as seen;
select is(pg_temp.publish('2026-M01') - 'id', '{"period": "2026-M01", "revision": 1}', 'a leader of the whole publishes the closed month');
select is(pg_temp.public_cell('root', '2026-M01'), 'shown 100', 'the public reads it');
select is(pg_temp.public_cell('small', '2026-M01'), 'shown 40', 'per unit');
select is(pg_temp.public_cell('division_a', '2026-M01', null, 'B'), 'shown 100', 'and dimension');
select is(public.public_results(pg_temp.id('root'), '2026-M02') -> 'period' ->> 'code', '2026-M01', 'for the running month it reads the nearest published one');
select is((select count(*)::integer from jsonb_array_elements(public.public_results(pg_temp.id('root')) -> 'periods')), 1, 'no other is listed');
select is(public.public_results(pg_temp.id('root')) ->> 'received', '140', 'the number of answers received moves at once');
select is((select i ->> 'n4' from jsonb_array_elements(public.public_unit_results(pg_temp.id('small'), '2026-M01') -> 'items') as i where i ->> 'item' = 'S0'), '40', 'a unit page has the levels');
select is((select (organisation ->> 'results_visible')::boolean from jsonb_array_elements(public.public_organisations() -> 'organisations') as organisation), true, 'the organisation shows results now');
select is(public.public_results(pg_temp.id('root')) -> 'publication' ? 'published_by', false, 'the public is not told the person');
select is((select l.actor_kind || ' ' || l.action from public.audit_log as l where l.record_type = 'published_periods'), 'person insert', 'the log is');
select is(pg_temp.refusal($$select pg_temp.publish('2026-M01', 'Lần nữa')$$), 'PT409 nothing_changed', 'publishing it again without a change is refused');
select is(pg_temp.refusal(format($$select public.publish_period(pg_temp.id('root'), '2026-M01', %L)$$, (select seen from before_it))), 'PT409 changed_meanwhile',
  'two who looked at the same make one revision');

-- Frozen
select is(pg_temp.refusal($$update private.published_figures set persons = 41 where persons = 40$$), 'PT403 published_is_frozen', 'no figure is changed');
select is(pg_temp.refusal($$delete from private.published_figures$$), 'PT403 published_is_frozen', 'or taken away');
select is(pg_temp.refusal($$update private.published_periods set reason = 'x', revision = 2$$), 'PT403 published_is_frozen', 'no publication is changed');
select is(pg_temp.refusal($$delete from private.published_periods$$), 'PT403 published_is_frozen', 'or withdrawn');
select is(pg_temp.refusal($$truncate private.published_units$$), 'PT403 published_is_frozen', 'nor are units');
create temp table first_page as select public.public_unit_results(pg_temp.id('small'), '2026-M01') as page;
update public.units set names = '{"vi": "Tên khác"}', kind = 'gate' where id = pg_temp.id('small');
insert into public.questionnaire_versions (questionnaire_id, number, definition, published_at)
values (pg_temp.id('form'), 2, '{"items": [{"code": "S0", "measure": "S0", "when": "always", "zero": null, "texts": {"vi": {"text": "Câu mới"}}}], "facts": []}', now());
select is((select page from first_page) - 'revisions', public.public_unit_results(pg_temp.id('small'), '2026-M01') - 'revisions', 'a new name or a new text moves no published page');
select is(public.publish_demo() ->> 'published', '0', 'the worker publishes for the demo alone');

-- A correction
select pg_temp.take_out('counter', '2026-01-01', 10);
select is(pg_temp.public_cell('root', '2026-M01'), 'shown 100', 'figures that change do not change what was published');
select is((select bool_and((p ->> 'is_changed')::boolean) from jsonb_array_elements(public.list_publications(pg_temp.id('root')) -> 'periods') as p where p ->> 'code' = '2026-M01'), true,
  'the leader is told');
select is(pg_temp.refusal($$select pg_temp.publish('2026-M01')$$), 'PT422 reason_missing', 'a revision needs a reason');
select is(pg_temp.refusal($$select pg_temp.publish('2026-M01', repeat('x', 501))$$), 'PT422 text_too_long', 'of at most 500 characters');
select is(public.preview_publication(pg_temp.id('root'), '2026-M01') -> 'changes', '{"changed": 2, "added": 0, "hidden": 0}', 'the preview counts what changes');
select is(pg_temp.publish('2026-M01', ' Bỏ phiếu trùng ') ->> 'revision', '2', 'with one it is published');
select is(pg_temp.public_cell('root', '2026-M01'), 'shown 90', 'the newest revision is read');
select is(pg_temp.public_cell('root', '2026-M01', 1), 'shown 100', 'the first stays readable');
select is(pg_temp.public_cell('root', '2026-M01', 99), 'shown 90', 'for one that does not exist the newest is read');
select is((select array_agg(r ->> 'reason' order by r ->> 'revision') from jsonb_array_elements(public.public_results(pg_temp.id('root'), '2026-M01') -> 'revisions') as r),
  array[null, 'Bỏ phiếu trùng'], 'both are named, with the reason');
select is((public.public_results(pg_temp.id('root'), '2026-M01') -> 'changes') - 'cells', '{"before": 1, "changed": 2, "added": 0, "hidden": 0}', 'with what was changed');
select is((select concat(c -> 'was' ->> 'persons', ' ', c -> 'is' ->> 'persons') from jsonb_array_elements(public.public_results(pg_temp.id('root'), '2026-M01') -> 'changes' -> 'cells') as c
  where c ->> 'unit_id' = pg_temp.id('root')::text), '100 90', 'as it was and as it is');
select is(public.public_results(pg_temp.id('root'), '2026-M01', 1) -> 'changes', 'null', 'a first revision changed nothing');
select is(jsonb_array_length(public.published_list(pg_temp.id('root')) -> 'publications'), 2, 'also for programs');

-- Read by page
create function pg_temp.all_cells(p_limit integer) returns jsonb language plpgsql as $$
declare
  read jsonb := '[]';
  part jsonb := '{}';
  id uuid := (select p.id from private.published_periods as p where p.revision = 2);
begin
  loop
    part := public.published_cells(id, part ->> 'next', p_limit);
    read := read || (part -> 'cells');
    exit when part ->> 'next' is null;
  end loop;
  return read;
end
$$;
select is(pg_temp.all_cells(3), pg_temp.all_cells(5000), 'cells come in pages without a gap or a twin');
select is(jsonb_array_length(pg_temp.all_cells(7)), (select count(*)::integer from private.published_figures as f join private.published_periods as p on p.id = f.publication_id where p.revision = 2),
  'all of them');
select is(pg_temp.refusal($$select public.published_cells(gen_random_uuid())$$), 'PT404 unknown_publication', 'an unknown one is unknown');
select is((select count(*)::integer from jsonb_array_elements(pg_temp.all_cells(5000)) as c where c ? 'others'), 0, 'none says who sat at the counter');

-- One person's counter: a unit that was hidden beside it stays hidden when the figure above it was published without it.
select pg_temp.record('counter', '2026-04-20', 40);
select public.release_figures('2026-02-20');
insert into private.strata (organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, version_id, pool, channel, language)
select pg_temp.id('root'), pg_temp.id('alone'), pg_temp.id('one_stop'), pg_temp.id('division_a'), pg_temp.id('version'), 'open', 'qr', 'vi';
select pg_temp.record('small_counter', '2026-03-16', 34);
select pg_temp.record('alone', '2026-03-16', 20);
select public.release_figures('2026-04-17');
select is(public.preview_publication(pg_temp.id('root'), '2026-M04') ->> 'nothing_changed', 'false', 'April is closed');
select pg_temp.publish('2026-M04');
select is(pg_temp.public_cell('one_stop', '2026-M04') || ', ' || pg_temp.public_cell('small', '2026-M04'), 'shown 54, hidden', 'the unit beside one person''s counter is hidden');
insert into private.person_months (month, stratum_id, measure, persons, top2_sum, top2_squares, mean_sum, mean_squares)
select '2026-04-01', s.id, 'S0', 6, 6000000, 6000000, 4800000, 3840000 from private.strata as s where s.service_point_id = pg_temp.id('counter') limit 1;
with ended as (
  insert into private.exclusions (organisation_id, unit_id, period, rule, answers, state, reason)
  values (pg_temp.id('root'), pg_temp.id('root'), '2026-M04', 'burst', 6, 'ended', 'Thử') returning id
)
insert into private.counted_again (exclusion_id, set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month, persons)
select e.id, e.id, s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, 'measure:S0', '2026-04-01', 6
from ended as e, private.strata as s where s.service_point_id = pg_temp.id('counter') limit 1;
select private.refresh_figures(pg_temp.id('root'), 2026);
select is((select concat(f.persons, ' ', f.is_shown) from private.figures as f where f.period = '2026-M04' and f.unit_id = pg_temp.id('small') and f.subject = 'measure:S0' and f.cross_kind = 'none'), '34 f',
  'with six answers of others counted again it could be shown, and is not, to members either: 54 was published');
select pg_temp.publish('2026-M04', 'Tính lại sáu phiếu');
select is(pg_temp.public_cell('one_stop', '2026-M04') || ', ' || pg_temp.public_cell('small', '2026-M04'), 'shown 60, hidden', '54 without 34 would be that person');
-- And one that was shown beside others: when they are left out, the figures above are not corrected.
select pg_temp.record('small_counter', '2026-04-16', 34);
select pg_temp.record('counter', '2026-04-17', 6);
select pg_temp.record('alone', '2026-04-17', 20);
select public.release_figures('2026-05-18');
select pg_temp.publish('2026-M05');
select is(pg_temp.public_cell('one_stop', '2026-M05') || ', ' || pg_temp.public_cell('small', '2026-M05'), 'shown 100, shown 34', 'beside others the unit is shown');
select pg_temp.take_out('counter', '2026-05-01', 46);
select pg_temp.publish('2026-M05', 'Bỏ phiếu trùng');
select is(pg_temp.public_cell('one_stop', '2026-M05') || ', ' || pg_temp.public_cell('small', '2026-M05'), 'hidden, hidden',
  'without them the figure above is not corrected: 54 without 34 would be that person');
select is(pg_temp.public_cell('one_stop', '2026-M05', 1), 'shown 100', 'the first revision stays as it was');

-- The demo publishes by itself.
update public.organisations set is_demo = true where id = pg_temp.id('root');
select is(public.publish_demo() ->> 'published', (select count(*)::text from private.listed_periods(pg_temp.id('root')) as l
  where l.is_closed and not exists (select from private.published_periods as p where p.period = l.code and p.published_by is not null)), 'the demo publishes every closed period once');
select is(public.publish_demo() ->> 'published', '0', 'and not again');

-- What it does not outlive
select is(pg_temp.refusal($$update private.published_periods set published_by = null$$), 'fine', 'it forgets a person whose account goes');
insert into private.leaving_organisations (organisation_id) values (pg_temp.id('root'));
select is(pg_temp.refusal($$delete from private.published_figures where unit_id = pg_temp.id('small')$$), 'fine', 'and goes, row by row or at once,');
select is(pg_temp.refusal($$delete from private.published_periods$$), 'fine', 'with its whole organisation');

select * from finish();
rollback;
