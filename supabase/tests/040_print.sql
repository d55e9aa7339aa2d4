-- What is printed: points of a subtree; one-time codes that count once, for their point and moment, and are kept apart
-- from answers; paper forms that two people key before they are recorded, once.

begin;
\ir support/fixture.sql
select plan(77);

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('10000000-0000-4000-8000-' || lpad(array_position(array['officer', 'second', 'leader', 'stranger', 'below'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.asks(p_name text) returns text language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'role', 'authenticated')::text end, true)
$$;
insert into public.people (id, name, email)
select pg_temp.person(name), name, name || '@example.vn' from unnest(array['officer', 'second', 'leader', 'stranger', 'below']) as name;
insert into public.organisations (id, names, phone, email) values ('20000000-0000-4000-8000-000000000001', '{"vi": "Cơ quan khác"}', '1', 'a@b.vn');
insert into public.members (person_id, organisation_id, unit_id, role) values
  (pg_temp.person('officer'), pg_temp.id('root'), pg_temp.id('one_stop'), 'officer'),
  (pg_temp.person('second'), pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  (pg_temp.person('leader'), pg_temp.id('root'), pg_temp.id('root'), 'leader'),
  (pg_temp.person('below'), pg_temp.id('root'), pg_temp.id('small'), 'officer'),
  (pg_temp.person('stranger'), '20000000-0000-4000-8000-000000000001', '20000000-0000-4000-8000-000000000001', 'administrator');

-- Points ---------------------------------------------------------------------------------------------
select pg_temp.asks('officer');
select is((public.list_print_points(pg_temp.id('one_stop')) ->> 'total')::int, 4, 'the active points of the subtree are listed, the closed one is not');
select is((public.list_print_points(pg_temp.id('one_stop'), 'TO NHO') -> 'points' -> 0 -> 'unit' -> 'names' ->> 'vi'), 'Tổ nhỏ', 'a search finds the unit without diacritics');
select is(jsonb_array_length(public.read_print_points(pg_temp.id('one_stop'), jsonb_build_object('units', jsonb_build_array(pg_temp.id('small'))))), 1, 'a whole unit can be chosen');
select is(jsonb_array_length(public.read_print_points(pg_temp.id('one_stop'), jsonb_build_object('units', jsonb_build_array(pg_temp.id('root'))))), 4, 'of a unit above one''s own, only what is one''s own');
select pg_temp.asks('below');
select is(jsonb_array_length(public.read_print_points(pg_temp.id('small'), (select jsonb_build_object('points', jsonb_agg(token)) from public.service_points))), 1, 'tokens of other units are left out');
select is(pg_temp.refusal(format('select public.list_print_points(%L)', pg_temp.id('one_stop'))), 'PT403 not_allowed', 'a list above one''s own is refused');
select pg_temp.asks('leader');
select is(pg_temp.refusal(format('select public.list_print_points(%L)', pg_temp.id('root'))), 'PT403 not_allowed', 'a leader prints nothing');

-- Making slips ---------------------------------------------------------------------------------------
create function pg_temp.make(p_point text, p_moment text, p_count integer default 3, p_days integer default 30, p_batch uuid default gen_random_uuid())
returns jsonb language sql as $$
  select public.make_slips(p_batch, pg_temp.id(p_point), p_moment, p_count, (private.today() + p_days)::text) || jsonb_build_object('batch', p_batch)
$$;
create function pg_temp.try_make(p_point text, p_moment text, p_count integer default 3, p_days integer default 30) returns text language sql as $$
  select pg_temp.refusal(format('select pg_temp.make(%L, %L, %s, %s)', p_point, p_moment, p_count, p_days))
$$;
select is(pg_temp.try_make('counter', 'receive'), 'PT403 not_allowed', 'nor makes slips');
select pg_temp.asks('stranger');
select is(pg_temp.try_make('counter', 'receive'), 'PT403 not_allowed', 'nor does the administrator of another organisation');
select pg_temp.asks(null);
select is(pg_temp.try_make('counter', 'receive'), 'PT401 not_signed_in', 'nor anybody without a session');
select pg_temp.asks('officer');
select is(pg_temp.try_make('counter', 'receive', 0), 'PT422 impossible_slips', 'not none');
select is(pg_temp.try_make('counter', 'receive', 501), 'PT422 impossible_slips', 'and not more than 500');
select is(pg_temp.try_make('counter', 'receive', 3, -1), 'PT422 impossible_expiry', 'slips do not expire before they are made');
select is(pg_temp.try_make('returns', 'receive'), 'PT422 impossible_moment', 'a point that returns results hands out no slip for handing in');
select is(pg_temp.try_make('closed', 'receive'), 'PT410 point_closed', 'a closed point hands out none');
create temp table made as
  select 'counter' as point, 'receive' as moment, pg_temp.make('counter', 'receive', 20) as batch
  union all select 'returns', 'return', pg_temp.make('returns', 'return')
  union all select 'small_counter', 'other', pg_temp.make('small_counter', 'other');
create function pg_temp.code(p_point text, p_n integer default 0) returns text language sql as $$
  select batch -> 'codes' ->> p_n from made where point = p_point
$$;
select is((select count(distinct code)::int from made, jsonb_array_elements_text(batch -> 'codes') as code where code ~ '^[0-9A-HJKMNP-TV-Z]{10}$'), 26, 'codes are ten characters of Crockford base32, none twice');
select is(pg_temp.refusal(format('select pg_temp.make(%L, %L, 3, 30, %L)', 'counter', 'receive', (select batch ->> 'batch' from made where point = 'counter'))), 'PT409 slips_made', 'a page that is sent twice makes one batch');

-- How they are kept ------------------------------------------------------------------------------------
select is((select count(*)::int from private.receipt_codes as c, made, jsonb_array_elements_text(made.batch -> 'codes') as code
  where position(convert_to(code, 'UTF8') in c.hash) > 0), 0, 'no code is kept in clear');
select is((select count(*)::int from private.receipt_codes as c where c.hash in (select sha256(convert_to(pg_temp.code('counter'), 'UTF8')))), 0, 'nor as a hash without the key');
select is((select array_agg(column_name::text order by ordinal_position) from information_schema.columns where table_schema = 'private' and table_name = 'receipt_codes'),
  array['hash', 'batch_id', 'is_spent'], 'a code has a hash, a batch and a flag: no time, no number, no answer');
select is_empty($$
  select c.conrelid::regclass, c.confrelid::regclass from pg_constraint as c
  where c.contype = 'f' and ('private.receipt_codes'::regclass in (c.conrelid, c.confrelid)
    or 'private.slip_batches'::regclass in (c.conrelid, c.confrelid))
    and ('public.responses'::regclass in (c.conrelid, c.confrelid) or 'private.strata'::regclass in (c.conrelid, c.confrelid))$$,
  'nothing refers from codes to answers or back');
select is_empty($$
  select a.column_name from information_schema.columns as a
  where a.table_schema = 'public' and a.table_name in ('responses', 'response_comments') and a.column_name ~ 'code|slip|batch|receipt'$$,
  'and an answer names neither code nor batch');
select is((select array_agg(hash order by ctid) from private.receipt_codes where batch_id = (select (batch ->> 'batch')::uuid from made where point = 'counter')),
  (select array_agg(hash order by hash) from private.receipt_codes where batch_id = (select (batch ->> 'batch')::uuid from made where point = 'counter')),
  'codes lie in the order of their hash: their place does not tell which slip of the roll they are');
select is_empty($$select from public.audit_log where record_type = 'receipt_codes'$$, 'the log has no line per code');
select isnt_empty($$select from public.audit_log where record_type = 'slip_batches' and action = 'insert'$$, 'but one per batch');

-- Reading and spending -----------------------------------------------------------------------------------
select pg_temp.asks(null);
select is(public.read_slip(pg_temp.code('counter')), jsonb_build_object('token', (select token from public.service_points where id = pg_temp.id('counter')), 'moment', 'receive', 'state', 'open'), 'a code opens the form of its point, with its moment');
select is(pg_temp.refusal($$select public.read_slip('0000000000')$$), 'PT404 unknown_code', 'a code that nobody made is unknown');
select is(pg_temp.refusal('select public.read_slip(null)'), 'PT404 unknown_code', 'and so is none');
create function pg_temp.item(p_point text, p_code text, p_more jsonb default '{}', p_ratings jsonb default '[4, 4, null, 4, 0, 4]') returns jsonb language sql as $$
  select pg_temp.answer(p_point, p_ratings, jsonb_build_object('ticket', pg_temp.ticket(p_point), 'code', p_code,
    'moment', (select moment from made where point = p_point)) || p_more)
$$;
create function pg_temp.fate(p_point text, p_code text, p_more jsonb default '{}', p_ratings jsonb default '[4, 4, null, 4, 0, 4]') returns text language sql as $$
  select pg_temp.refusal(format('select pg_temp.submit(%L::jsonb)', pg_temp.item(p_point, p_code, p_more, p_ratings)))
$$;
create temp table sent as select pg_temp.item('counter', pg_temp.code('counter')) as item;
select is((select pg_temp.submit(item) from sent), '["recorded"]', 'an answer with a code is recorded');
select is((select s.pool || ' ' || s.moment from public.responses as r join private.strata as s on s.id = r.stratum_id), 'verified receive', 'in the pool of verified answers, with the moment of the slip');
select is(public.read_slip(pg_temp.code('counter')) ->> 'state', 'used', 'and the code is spent');
select is((select pg_temp.submit(item) from sent), '["again"]', 'the same form sent twice is thanked twice');
select is(pg_temp.fate('counter', pg_temp.code('counter')), 'PT410 code_used', 'another form with the same code is refused');
select is((select count(*)::int from public.responses), 1, 'and counts once');
select is(pg_temp.fate('returns', pg_temp.code('counter', 1), '{"moment": "return"}'), 'PT404 unknown_code', 'a code is good for its own point only');
select is(pg_temp.fate('counter', '0000000000'), 'PT404 unknown_code', 'an invented code is not recorded as an open answer');
select is(pg_temp.fate('counter', pg_temp.code('counter', 1), '{"moment": "return"}'), 'PT422 impossible_moment', 'nor for another moment than it was given out for');
select is(pg_temp.fate('counter', pg_temp.code('counter', 1), '{}', '[9, 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'an impossible form');
select is(public.read_slip(pg_temp.code('counter', 1)) ->> 'state', 'open', 'spends nothing');
select is(pg_temp.refusal(format('select pg_temp.submit(%L::jsonb, %L::jsonb)', pg_temp.item('counter', pg_temp.code('counter', 2)), pg_temp.item('counter', pg_temp.code('counter', 2)))),
  'PT410 code_used', 'one code twice in a batch of the app fails the batch, which is then halved');
select is(public.read_slip(pg_temp.code('counter', 2)) ->> 'state', 'open', 'and nothing of it is spent');
select is(pg_temp.submit(pg_temp.item('counter', pg_temp.code('counter', 2)), pg_temp.answer('counter', '[4, 4, null, 4, 0, 4]', jsonb_build_object('ticket', pg_temp.ticket('counter')))),
  '["recorded", "recorded"]', 'answers with and without a code share a batch');
select is((select count(*)::int from public.responses as r join private.strata as s on s.id = r.stratum_id where s.pool = 'verified'), 2, 'and only the one with a code is verified');
select is(pg_temp.fate('small_counter', pg_temp.code('small_counter'), '{}', '[4, 4, 0, 4, 0, 4]'), 'fine', 'somebody who is sent back answers at a point for handing in, too');
select is(pg_temp.fate('small_counter', null, '{}', '[4, 4, 0, 4, 0, 4]'), 'PT422 impossible_moment', 'which takes a slip');
update private.slip_batches set expires_on = private.today() - 1 where id = (select (batch ->> 'batch')::uuid from made where point = 'returns');
select is(public.read_slip(pg_temp.code('returns')) ->> 'state', 'expired', 'a code runs out');
select is(pg_temp.fate('returns', pg_temp.code('returns'), '{"ratings": [4, 4, 4, 4, 0, 4]}'), 'PT410 code_expired', 'and is refused then');

-- Batches --------------------------------------------------------------------------------------------------
select pg_temp.asks('officer');
create function pg_temp.used() returns text language sql as $$
  select b ->> 'used' from jsonb_array_elements(public.list_slip_batches(pg_temp.id('one_stop')) -> 'batches') as b where (b ->> 'slips')::int = 20
$$;
select is(pg_temp.used(), null, 'under five used slips no number is shown');
select pg_temp.submit(pg_temp.item('counter', pg_temp.code('counter', n))) from generate_series(3, 5) as n;
select is(pg_temp.used(), '5', 'from five on it is');
select pg_temp.asks('stranger');
select is(pg_temp.refusal(format('select public.withdraw_slips(%L)', (select batch ->> 'batch' from made where point = 'counter'))), 'PT403 not_allowed', 'another organisation withdraws nothing');
select pg_temp.asks('officer');
select public.withdraw_slips((select (batch ->> 'batch')::uuid from made where point = 'counter'));
select is(pg_temp.fate('counter', pg_temp.code('counter', 10)), 'PT404 unknown_code', 'codes of a withdrawn batch are worth nothing');
select is(pg_temp.used(), '5', 'and how many were used is still known');
update private.slip_batches set expires_on = private.today() - 31 where id = (select (batch ->> 'batch')::uuid from made where point = 'returns');
select is((public.tidy_slips() ->> 'dropped')::int, 3, 'thirty days after they expired codes are dropped');

-- Paper ------------------------------------------------------------------------------------------------------
update public.service_points set offers_paper = true where id = pg_temp.id('counter');
create temp table before as select count(*) as answers from public.responses;
select is(pg_temp.refusal(format('select public.open_paper_batch(%L, %L, %L)', pg_temp.id('returns'), private.today(), 'morning')), 'PT422 no_paper_here', 'paper is keyed where paper is offered');
select is(pg_temp.refusal(format('select public.open_paper_batch(%L, %L, %L)', pg_temp.id('counter'), private.today() + 1, 'morning')), 'PT422 impossible_date', 'not for tomorrow');
create temp table batch as select (public.open_paper_batch(pg_temp.id('counter'), (private.today() - 2)::text, 'morning') ->> 'id')::uuid as id;
create function pg_temp.sheet(p_ratings jsonb default '[4, 4, 5, 4, 0, 4]') returns jsonb language sql as $$
  select jsonb_build_object('moment', 'return', 'procedure_group_id', null, 'pressed_by', null, 'ratings', p_ratings, 'facts', '{"F1": [2]}'::jsonb, 'comment', 'Tốt')
$$;
select is(pg_temp.refusal(format('select public.key_paper_sheet(%L, 1, %L)', id, pg_temp.sheet('[null, null, null, null, null, null]'))), 'PT422 no_rating', 'a blank sheet is refused while it is in the hand') from batch;
select public.key_paper_sheet(id, n, pg_temp.sheet()) from batch, generate_series(1, 6) as n order by n;
select is(pg_temp.refusal(format('select public.key_paper_sheet(%L, 6, %L)', id, pg_temp.sheet())), 'PT409 paper_batch_moved_on', 'a sheet sent twice is kept once') from batch;
select is((public.undo_paper_sheet(id) ->> 'number')::int, 6, 'the last sheet can be taken out') from batch;
select pg_temp.asks('second');
select is(pg_temp.refusal(format('select public.key_paper_sheet(%L, 6, %L)', id, pg_temp.sheet())), 'PT409 paper_other_person', 'one person keys a batch') from batch;
select pg_temp.asks('officer');
select public.close_paper_batch(id) from batch;
select is(pg_temp.refusal(format('select public.key_paper_again(%L, 1, %L)', id, pg_temp.sheet())), 'PT409 paper_same_person', 'nobody checks himself') from batch;
select pg_temp.asks('second');
select public.key_paper_again(id, n, pg_temp.sheet(case when n = 3 then '[1, 4, 5, 4, 0, 4]' else '[4, 4, 5, 4, 0, 4]' end::jsonb)) from batch, generate_series(1, 5) as n order by n;
select is(pg_temp.refusal(format('select public.submit_paper_batch(%L)', id)), 'PT409 paper_unsettled', 'what differs has to be settled first') from batch;
select public.settle_paper_sheet(id, 3, pg_temp.sheet('[1, 4, 5, 4, 0, 4]')) from batch;
select public.submit_paper_batch(id) from batch;
select is((select payload ->> 'batch_id' from public.jobs where kind = 'paper_batch'), (select id::text from batch), 'a checked batch waits for the worker');
select is(public.record_paper_batch(id), '{"recorded": 5}', 'which records it') from batch;
select public.record_paper_batch(id) from batch;
select is((select string_agg(distinct concat_ws(' ', s.pool, s.channel, r.date = private.today() - 2, r.is_morning), ';') || ' ' || count(*) from public.responses as r join private.strata as s on s.id = r.stratum_id where s.channel = 'paper'),
  'open paper t t 5', 'once, with the day and half-day of the sheets');
select is((select count(*)::int from private.paper_sheets), 0, 'and what was keyed is gone');

-- What was possible when a sheet was keyed may not be when it is recorded.
create temp table field as select procedure_group_id as id, position from public.service_point_groups where service_point_id = pg_temp.id('counter') order by position limit 1;
create function pg_temp.is_served(p_yes boolean) returns void language plpgsql as $$
begin
  delete from public.service_point_groups where service_point_id = pg_temp.id('counter') and procedure_group_id = (select id from field);
  if p_yes then
    insert into public.service_point_groups (service_point_id, procedure_group_id, position) select pg_temp.id('counter'), id, position from field;
  end if;
end $$;
select isnt((select id from field), null, 'the counter serves a field');
select pg_temp.asks('officer');
create temp table second_batch as select (public.open_paper_batch(pg_temp.id('counter'), private.today()::text, 'morning') ->> 'id')::uuid as id;
create function pg_temp.paper_state() returns text language sql as $$ select public.read_paper_batch((select id from second_batch)) ->> 'state' $$;
select public.key_paper_sheet(id, 1, pg_temp.sheet()) from second_batch;
select public.key_paper_sheet(b.id, 2, pg_temp.sheet() || jsonb_build_object('procedure_group_id', f.id)) from second_batch as b, field as f;
select public.close_paper_batch(id) from second_batch;
select pg_temp.asks('second');
select public.key_paper_again(id, 1, pg_temp.sheet()) from second_batch;
select public.key_paper_again(b.id, 2, pg_temp.sheet() || jsonb_build_object('procedure_group_id', f.id)) from second_batch as b, field as f;
select public.submit_paper_batch(id) from second_batch;
select is(pg_temp.paper_state(), 'queued', 'a batch waits for the worker');
select pg_temp.is_served(false);
select is((select public.record_paper_batch(id) from second_batch), '{"recorded": 0}', 'who records none of it when the field of a sheet is served no more');
select is(pg_temp.paper_state(), 'refused', 'and the batch says so');
select is((select public.read_paper_batch(id) -> 'refused' from second_batch), '[{"number": 2, "key": "unknown_procedure_group"}]', 'which sheet, and why');
select is((select count(*)::int from private.paper_sheets as s join second_batch as b on b.id = s.batch_id), 2, 'nothing that was keyed is lost');
select is(pg_temp.refusal(format('select public.settle_paper_sheet(%L, 2, %L)', (select id from second_batch), pg_temp.sheet() || jsonb_build_object('procedure_group_id', (select id from field)))), 'PT404 unknown_procedure_group', 'it cannot be mended with what is refused');
select public.submit_paper_batch(id) from second_batch;
select is(pg_temp.paper_state(), 'refused', 'nor handed over again as it is');
select pg_temp.asks('stranger');
select is(pg_temp.refusal(format('select public.settle_paper_sheet(%L, 2, %L)', (select id from second_batch), pg_temp.sheet())), 'PT403 not_allowed', 'nor mended by another organisation');
select pg_temp.asks('second');
select public.settle_paper_sheet(id, 2, pg_temp.sheet()) from second_batch;
select is((select public.read_paper_batch(id) -> 'refused' from second_batch), '[]', 'somebody looks at the paper and mends it');
select public.submit_paper_batch(id) from second_batch;
select is((select public.record_paper_batch(id) from second_batch), '{"recorded": 2}', 'and then the whole batch is recorded');
select is(pg_temp.paper_state(), 'recorded', 'once');
select pg_temp.is_served(true);

select * from finish();
rollback;
