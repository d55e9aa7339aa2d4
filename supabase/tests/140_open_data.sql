-- Open data and its daily hash: only shown cells of published periods leave, nothing of one person's counter, and what was
-- hashed stays hashed.

begin;
\ir support/fixture.sql
select plan(33);

create function pg_temp.figures(p_more jsonb default '{}', p_limit integer default 5000) returns jsonb language sql as $$
  select public.open_figures(jsonb_build_object('publications', (
    select coalesce(jsonb_agg(p ->> 'id'), '[]') from jsonb_array_elements(public.open_publications()) as p)) || p_more, p_limit)
$$;
create function pg_temp.names(p_more jsonb default '{}') returns text[] language sql as $$
  select array(select (cell ->> 2) || ' ' || (cell ->> 3) || ' ' || (cell ->> 4) from jsonb_array_elements(pg_temp.figures(p_more) -> 'cells') as cell order by 1)
$$;

-- January: the one-stop section with 60 and its small unit with 40; a counter of one person; nine at another moment.
select pg_temp.record('counter', '2026-01-05', 60);
select pg_temp.record('small_counter', '2026-01-05', 40);
select pg_temp.record('alone', '2026-01-05', 35);
select pg_temp.record('counter', '2026-01-05', 9, '[4, 4, null, 4, 5, 4]');
select pg_temp.record('counter', '2026-01-05', 12, '[4, 4, 4, 4, 0, 4]', '{"moment": "return"}');
select pg_temp.record('counter', '2026-01-20', 40);
select public.release_figures('2026-01-26');

select is(public.open_publications(), '[]', 'nothing leaves before it is published');
select is(pg_temp.figures(), '{"full": false, "cells": []}', 'not a figure');
select is(public.open_hashes(), '{"days": [], "publications": []}', 'and there is nothing to hash');
select is(public.hash_day() ->> 'hashed', null, 'no day is hashed either');

select private.publish(pg_temp.id('root'), '2026-M01', null, null);
set local role anon;
select is(jsonb_array_length(public.open_publications()), 1, 'what is published is listed to anybody');
select is(public.open_publications() -> 0 ->> 'period', '2026-M01', 'with its period');
select is(public.open_publications() -> 0 ? 'published_by', false, 'without the person');
reset role;
select is(jsonb_array_length(public.open_publications(null, '2026-M02')), 0, 'the running month, which the demo shows on its page, is not among them');
select is(jsonb_array_length(public.open_publications(null, null, pg_temp.id('small'))), 1, 'it is found by a unit');
select is(pg_temp.refusal($$select public.open_publications(gen_random_uuid())$$), 'PT404 unknown_organisation', 'an unknown organisation is unknown');
select is(pg_temp.refusal($$select public.open_publications(null, null, gen_random_uuid())$$), 'PT404 unknown_unit', 'and an unknown unit');

-- Which cells
select is((select count(*)::integer from jsonb_array_elements(pg_temp.figures() -> 'cells')),
  (select count(*)::integer from private.published_figures as f where f.is_shown and f.subject ~ '^(measure|item):'), 'every shown measure and item leaves');
select is((select count(*)::integer from private.published_figures as f where not f.is_shown) > 0, true, 'some cells of this month are hidden');
select is((
  select count(*)::integer from jsonb_array_elements(pg_temp.figures() -> 'cells') as cell
  join private.published_figures as f on f.unit_id = (cell ->> 1)::uuid and f.subject = cell ->> 3 and not f.is_shown), 0, 'none of these leaves');
select is(pg_temp.names('{"subjects": ["measure:E"]}'), '{}', 'complaints of nine persons: not even that they are hidden');
select is((select min((cell ->> 4)::integer) from jsonb_array_elements(pg_temp.figures() -> 'cells') as cell) >= 10, true, 'no cell has fewer than ten persons');
select is((select count(*)::integer from jsonb_array_elements(pg_temp.figures() -> 'cells') as cell where cell ->> 3 !~ '^(measure|item):'), 0, 'answers to optional questions stay where they are');
select is(pg_temp.figures() -> 'cells' @> jsonb_build_array(jsonb_build_array(pg_temp.id('alone'))) or pg_temp.figures()::text like '%' || pg_temp.id('alone') || '%', false,
  'no figure of one person''s counter, nor of any point');
select is((select count(*)::integer from private.figures as f where f.cross_kind <> 'none' and pg_temp.figures()::text like '%"' || f.cross_value || '"%'), 0, 'nothing crossed');

select is((
  select count(*)::integer from jsonb_array_elements(pg_temp.figures() -> 'cells') as cell
  where not exists (
    select from jsonb_array_elements(public.published_cells((cell ->> 0)::uuid, null, 5000) -> 'cells') as public_one
    where public_one ->> 'unit_id' = cell ->> 1 and cell ->> 3 in ('measure:' || (public_one ->> 'measure'), 'item:' || (public_one ->> 'item'))
      and public_one ->> 'persons' = cell ->> 4 and cell ->> 5 in (public_one ->> 'top2_sum', public_one ->> 'n1')
      and cell ->> 7 in (public_one ->> 'mean_sum', public_one ->> 'n3'))), 0, 'each is one that the pages read, too (tests/database/publications.test.ts attacks those)');

-- Filters and pages
select is(pg_temp.names(jsonb_build_object('unit', pg_temp.id('small'), 'subjects', array['measure:S0'])), array['Tổ nhỏ measure:S0 40'], 'one unit, one measure');
create function pg_temp.by_page(p_limit integer) returns jsonb language plpgsql as $$
declare
  read jsonb := '[]';
  part jsonb;
  more jsonb := '{}';
begin
  loop
    part := pg_temp.figures(more, p_limit);
    read := read || (part -> 'cells');
    exit when not (part ->> 'full')::boolean;
    more := jsonb_build_object('after', jsonb_build_object('unit', part -> 'cells' -> -1 -> 1, 'subject', part -> 'cells' -> -1 -> 3));
  end loop;
  return read;
end
$$;
select is(pg_temp.by_page(3), pg_temp.figures() -> 'cells', 'pages have no gap and no twin');
select is(pg_temp.refusal($$select public.open_figures('{"publications": ["x"]}')$$), 'PT422 malformed', 'an id that is none is refused');
select is(pg_temp.refusal($$select public.open_figures('{"publications": "all"}')$$), 'PT422 malformed', 'and a list that is none');

-- Digest and chain
select is(jsonb_array_length(public.undigested_publications()), 1, 'the publication waits for its digest');
select is(public.hash_day() ->> 'hashed', null, 'until then the day has no hash');
select public.put_open_digest((public.undigested_publications() -> 0 ->> 'id')::uuid, 4, repeat('a', 64));
select public.put_open_digest((public.open_publications() -> 0 ->> 'id')::uuid, 4, repeat('b', 64));
select is(public.open_publications() -> 0 ->> 'digest', repeat('a', 64), 'the first digest stands');
select is(public.hash_day() -> 'publications', '1', 'the day is hashed');
select is(public.open_hashes() -> 'days' -> 0 ->> 'hash', encode(sha256(convert_to(
    repeat('0', 64) || E'\n' || private.today() || E'\n' || (public.open_publications() -> 0 ->> 'id') || ' ' || repeat('a', 64) || E'\n', 'UTF8')), 'hex'),
  'as docs/open-data.md says: the hash before, the day, and each publication with its digest');
select is(public.hash_day() ->> 'hashed', null, 'once a day');
select is(pg_temp.refusal($$update private.day_hashes set hash = repeat('c', 64)$$), 'PT403 published_is_frozen', 'no hash is changed');
select is(pg_temp.refusal($$update private.open_digests set digest = repeat('c', 64)$$), 'PT403 published_is_frozen', 'no digest');
select is(pg_temp.refusal($$delete from private.open_digests$$), 'PT403 published_is_frozen', 'none is taken away');

select * from finish();
rollback;
