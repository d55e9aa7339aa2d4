-- The door for citizens: tickets, every refusal with its status and key, all or nothing, frozen versions.

begin;
\ir support/fixture.sql
select plan(61);
create function pg_temp.rows() returns text language sql as $$
  select concat_ws(' ', (select count(*) from public.responses), (select count(*) from public.response_comments),
    (select count(*) from private.spent_tickets), (select coalesce(sum(responses), 0) from private.response_counts))
$$;
-- A complete item; the ticket is for its own point unless p_more says otherwise.
create function pg_temp.item(p_point text, p_more jsonb default '{}', p_ratings jsonb default '[4, 4, null, 4, 0, 4]') returns jsonb language sql as $$
  select pg_temp.answer(p_point, p_ratings, jsonb_build_object('ticket', pg_temp.ticket(p_point)) || p_more)
$$;
create function pg_temp.fate(p_more jsonb, p_ratings jsonb default '[4, 4, null, 4, 0, 4]', p_point text default 'counter') returns text language sql as $$
  select pg_temp.refusal(format('select pg_temp.submit(%L::jsonb)', pg_temp.item(p_point, p_more, p_ratings)))
$$;

-- One answer
select is(pg_temp.submit(pg_temp.item('counter', '{"comment": "  Tốt  ", "facts": {"F1": [2], "I1": [1, 4]}, "pressed_by": "self"}')),
  '["recorded"]', 'a good answer is recorded');
select is(pg_temp.rows(), '1 1 1 1', 'it is one response with its comment, one spent ticket, and counts once');
select results_eq(
  'select r.date, r.counted_on, r.is_morning, s.pool, s.channel from public.responses as r join private.strata as s on s.id = r.stratum_id',
  $$values (private.today(), private.today(), private.is_morning(), 'open', 'qr')$$,
  'date, half-day, pool and channel are the database''s and not the caller''s');
select is((select body from public.response_comments), 'Tốt', 'a comment loses the blanks around it');
select is(
  pg_temp.submit(pg_temp.item('returns', '{"date": "2020-01-01", "pool": "verified", "channel": "paper", "accepts_closed": true}')),
  '["recorded"]', 'a date or pool sent along is not an error');
select is(
  (select r.date || ' ' || s.pool || ' ' || s.channel from public.responses as r join private.strata as s on s.id = r.stratum_id
   where s.service_point_id = pg_temp.id('returns')), private.today() || ' open kiosk', 'but counts for nothing');
select is((select deciding_unit_id from private.strata where service_point_id = pg_temp.id('returns')), pg_temp.id('division_b'),
  'a point with one procedure group counts for the unit that decides it');
select is((select deciding_unit_id from private.strata where service_point_id = pg_temp.id('counter')), pg_temp.id('division_a'),
  'without a chosen group the point''s default decides');

-- Tickets
create temp table used as select pg_temp.item('counter') as item;
select is((select pg_temp.submit(item) from used), '["recorded"]', 'a ticket counts');
select is((select pg_temp.submit(item) from used), '["again"]', 'posted again it is thanked and does not count');
select is((select pg_temp.submit(item || '{"ratings": [1, 1, 1, 1, 1, 1]}') from used), '["again"]', 'other answers under the same ticket neither');
select is(pg_temp.rows(), '3 1 3 3', 'three answers are there by now');
create temp table twin as select pg_temp.item('counter') as item;
select is((select pg_temp.submit(item, item, pg_temp.item('counter'), item) from twin), '["recorded", "again", "recorded", "again"]',
  'the same ticket several times in one batch counts once, in its order');
select is(pg_temp.rows(), '5 1 5 5', 'and adds one answer');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', p_key => 'other key'))), 'PT409 ticket_invalid', 'a forged signature is refused');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('returns'))), 'PT409 ticket_invalid', 'a ticket of another point is refused');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', p_version => 'form'))), 'PT409 ticket_invalid', 'a ticket of another version is refused');
select is(pg_temp.fate('{"ticket": "nonsense"}'), 'PT409 ticket_invalid', 'a malformed ticket is refused');
select is(pg_temp.fate('{"ticket": null}'), 'PT409 ticket_invalid', 'an answer without a ticket is refused');
select is(pg_temp.fate('{"ticket": 5}'), 'PT409 ticket_invalid', 'a ticket that is a number is refused');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', now() - interval '24 hours 1 second'))), 'PT409 ticket_stale', 'after 24 hours a ticket is stale');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', now() - interval '23 hours 59 minutes'))), 'fine', 'just before it is not');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', now() + interval '6 minutes'))), 'PT409 ticket_stale', 'a ticket from the future is refused');
select is(pg_temp.fate(jsonb_build_object('ticket', pg_temp.ticket('counter', now() + interval '4 minutes'))), 'fine', 'a clock that is four minutes ahead is not punished');
select is((select count(*)::text from private.spent_tickets where day = (now() at time zone 'Asia/Ho_Chi_Minh')::date + 8), '0', 'no ticket lies in a day far ahead');

-- Refusals
select is(pg_temp.fate('{}', '[null, null, null, null, null, null]'), 'PT422 no_rating', 'a form without any rating is refused');
select is(pg_temp.fate('{}', '[null, 0, 0, 0, 0, null]'), 'PT422 no_rating', 'a form with nothing but reasons is refused');
select is(pg_temp.fate('{}', '[6, 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'there is no level 6');
select is(pg_temp.fate('{}', '[-1, 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'nor -1');
select is(pg_temp.fate('{}', '[4.5, 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'nor 4.5');
select is(pg_temp.fate('{}', '["4", 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'a level is a number, not a text');
select is(pg_temp.fate('{}', '[0, 4, null, 4, 0, 4]'), 'PT422 impossible_rating', 'an item without a reason has no 0');
select is(pg_temp.fate('{}', '[4, 4, null, 4, 0]'), 'PT422 impossible_rating', 'a missing item is refused');
select is(pg_temp.fate('{}', '[4, 4, null, 4, 0, 4, 4]'), 'PT422 impossible_rating', 'an item too many is refused');
select is(pg_temp.fate('{}', '{"S0": 4}'), 'PT422 impossible_rating', 'ratings are a list');
select is(pg_temp.fate('{"moment": "receive"}', '[4, 4, 3, 4, 0, 4]'), 'PT422 impossible_moment', 'who handed in has no result to rate');
select is(pg_temp.fate('{"moment": "return"}', '[4, 4, 3, 4, 0, 4]'), 'fine', 'who received one has');
select is(pg_temp.fate('{"moment": "yesterday"}'), 'PT422 impossible_moment', 'there is no such moment');
select is(pg_temp.fate('{"moment": "receive"}', p_point => 'returns'), 'PT422 impossible_moment', 'a point for results has no other moment');
select is(pg_temp.fate('{"facts": {"F1": [4]}}'), 'PT422 impossible_fact', 'a choice that is not offered is refused');
select is(pg_temp.fate('{"facts": {"F1": [1, 2]}}'), 'PT422 impossible_fact', 'two choices where one is asked are refused');
select is(pg_temp.fate('{"facts": {"I1": [1, 2, 3]}}'), 'fine', 'three where three may be chosen are not');
select is(pg_temp.fate('{"facts": {"I1": [1, 1]}}'), 'PT422 impossible_fact', 'the same choice twice is refused');
select is(pg_temp.fate('{"facts": {"I1": []}}'), 'PT422 impossible_fact', 'an empty choice is refused');
select is(pg_temp.fate('{"facts": {"F2": [1]}}'), 'PT422 impossible_fact', 'a question that the version does not ask is refused');
select is(pg_temp.fate('{"facts": {"H1": [1]}}'), 'PT422 impossible_fact', 'who pressed is not among the facts');
select is(pg_temp.fate('{"facts": [1]}'), 'PT422 impossible_fact', 'facts are an object');
select is(pg_temp.fate(jsonb_build_object('comment', repeat('ý', 2001))), 'PT413 comment_too_long', 'a comment of 2001 characters is too long');
select is(pg_temp.fate(jsonb_build_object('comment', repeat('ý', 2000))), 'fine', 'one of 2000 is not');
select is(pg_temp.fate('{"language": "fr"}'), 'PT422 malformed', 'a language that no form has is refused');
select is(pg_temp.fate('{"pressed_by": "me"}'), 'PT422 malformed', 'a stranger who pressed is refused');
select is(pg_temp.fate('{}', p_point => 'closed'), 'PT410 point_closed', 'a closed point takes no answers');
select is(pg_temp.fate(jsonb_build_object('procedure_group_id', pg_temp.id('group_a')), p_point => 'returns'), 'PT404 unknown_procedure_group', 'a group that the point does not serve is refused');
select is(pg_temp.refusal($$select public.submit_responses('[]')$$), 'PT422 malformed', 'a batch is an object');
select is(pg_temp.refusal($$select public.submit_responses('{"items": []}')$$), 'PT422 malformed', 'an empty batch is refused');
select is(pg_temp.refusal($$select public.submit_responses('"{\"items\": []}"')$$), 'PT422 malformed', 'so is one that arrives as a string');

-- All or nothing
create temp table before as select pg_temp.rows() as rows;
select is(pg_temp.refusal(format('select pg_temp.submit(%L::jsonb, %L::jsonb, %L::jsonb)',
  pg_temp.item('counter', '{"comment": "mất"}'), pg_temp.item('counter', '{}', '[9, 4, null, 4, 0, 4]'), pg_temp.item('returns'))),
  'PT422 impossible_rating', 'one bad answer fails its batch');
select is(pg_temp.rows(), (select rows from before), 'and nothing of the batch is written, not even a spent ticket');

-- Versions
select is(pg_temp.refusal(format($$update public.questionnaire_versions set definition = '{"items": []}' where id = %L$$, pg_temp.id('version'))),
  'PT409 version_frozen', 'a published version is frozen');
insert into public.questionnaire_versions (id, questionnaire_id, number, definition)
values ('00000000-0000-4000-8000-00000000aaaa', pg_temp.id('form'), 2, '{"items": [{"code": "S0", "measure": "S0", "when": "always", "zero": null}]}');
select is(pg_temp.refusal(format($$select public.record_responses(jsonb_build_object('items', jsonb_build_array(%L::jsonb)))$$,
  pg_temp.answer('counter', '[4]', '{"version_id": "00000000-0000-4000-8000-00000000aaaa", "date": "2026-01-05", "half_day": "morning", "pool": "open", "channel": "qr"}'))),
  'PT404 unknown_version', 'a version that is not published takes no answers');
select is(pg_temp.refusal($$select pg_temp.record('counter', private.today() + 1, 1)$$), 'PT422 impossible_date', 'nobody answers tomorrow');

select * from finish();
rollback;
