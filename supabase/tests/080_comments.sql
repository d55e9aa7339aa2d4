-- Comments: nobody reads one before it is released and masked; filters never leave one to four; what is filed can not be
-- subtracted; the words as written are for a leader with a reason; administrators, auditors and strangers read nothing.

begin;
select plan(72);
\ir support/fixture.sql

create function pg_temp.person(p_name text) returns uuid language sql immutable as $$
  select ('20000000-0000-4000-8000-' || lpad(array_position(array['officer', 'analyst', 'leader', 'administrator', 'auditor', 'small_officer', 'small_leader', 'foreign'], p_name)::text, 12, '0'))::uuid
$$;
create function pg_temp.is_asked_by(p_name text) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_name is null then '' else jsonb_build_object(
    'sub', pg_temp.person(p_name), 'role', 'authenticated')::text end, true)
$$;
insert into public.organisations (id, names, phone, email) values ('30000000-0000-4000-8000-000000000001', '{"vi": "Cơ quan khác"}', '0', 'a@b.vn');
insert into public.people (id, name, email) select pg_temp.person(n), n, n || '@example.vn'
from unnest(array['officer', 'analyst', 'leader', 'administrator', 'auditor', 'small_officer', 'small_leader', 'foreign']) as n;
insert into public.members (person_id, organisation_id, unit_id, role)
select pg_temp.person(n), pg_temp.id('root'), pg_temp.id('one_stop'), n from unnest(array['officer', 'analyst', 'leader', 'administrator', 'auditor']) as n
union all select pg_temp.person('small_officer'), pg_temp.id('root'), pg_temp.id('small'), 'officer'
union all select pg_temp.person('small_leader'), pg_temp.id('root'), pg_temp.id('small'), 'leader'
union all select pg_temp.person('foreign'), '30000000-0000-4000-8000-000000000001', '30000000-0000-4000-8000-000000000001', 'leader';

-- What the worker does, without its rules: the text as it is, numbers of ten digits hidden.
create function pg_temp.mask_all() returns void language plpgsql as $$
declare
  waiting jsonb;
begin
  loop
    waiting := public.comments_to_mask(1, 3);
    exit when waiting = '[]';
    perform public.keep_masked_comments(1, jsonb_build_object('items', (
      select jsonb_agg(jsonb_build_object('id', w ->> 'id', 'masked', regexp_replace(w ->> 'body', '\d{10}', '⟦phone⟧', 'g'),
        'insulting', w ->> 'body' ~ 'ngu', 'theme', case when w ->> 'body' ~ 'chờ' then 'waiting' else 'other' end,
        'phrases', jsonb_build_array('cho lau|chờ lâu'))) from jsonb_array_elements(waiting) as w)));
  end loop;
  perform public.file_comments();
end
$$;
-- p_count answers of a day with the same comment and S0.
create function pg_temp.say(p_point text, p_day date, p_count integer, p_overall integer, p_text text default 'Phải chờ lâu')
returns void language sql as $$
  select pg_temp.record(p_point, p_day, p_count, format('[4, 4, null, 4, 0, %s]', p_overall)::jsonb, jsonb_build_object('comment', p_text))
$$;
create function pg_temp.list(p_filter jsonb default null, p_unit text default 'one_stop') returns jsonb language sql as $$
  select public.list_comments(pg_temp.id(p_unit), p_filter)
$$;
-- "shown 6", "few 0"
create function pg_temp.seen(p_filter jsonb default null, p_unit text default 'one_stop') returns text language sql as $$
  select l ->> 'state' || ' ' || jsonb_array_length(l -> 'comments') from pg_temp.list(p_filter, p_unit) as l
$$;

-- Released and masked -----------------------------------------------------------------------------------
select pg_temp.say('counter', '2026-03-02', 5, 5, 'Cán bộ tốt, gọi 0912345678');
select pg_temp.say('counter', '2026-03-02', 1, 1, 'Phải chờ lâu');
select pg_temp.is_asked_by('officer');
select is(pg_temp.seen(), 'nothing 0', 'before its release no comment is read');
select is(public.comments_to_mask(1, 100), '[]', 'nor masked');
select public.release_figures('2026-03-03');
select is((select count(*)::integer from public.jobs where kind = 'mask_comments'), 1, 'a release asks the worker to mask');
select is(pg_temp.seen(), 'nothing 0', 'released but not masked, it is not read either');
select pg_temp.mask_all();
select is(pg_temp.seen(), 'shown 6', 'released and masked, all six are');
select is(public.comments_to_mask(1, 100), '[]', 'and no work is left');
select is((select array[public.keep_masked_comments(1, again.batch), public.keep_masked_comments(1, again.batch)] || (select count(*)::integer from private.comments)
  from (select jsonb_build_object('items', jsonb_agg(jsonb_build_object('id', response_id, 'masked', masked, 'insulting', false, 'theme', theme, 'phrases', to_jsonb(phrases)))) as batch from private.comments) as again),
  array[6, 6, 6], 'a batch that is kept again, as after a kill, adds nothing');
select is(jsonb_array_length(public.comments_to_mask(2, 100)), 6, 'newer rules mask them again');
select is_empty($$select from private.comments where masked ~ '0912345678' or folded ~ '0912345678'$$, 'what was masked is nowhere but in the words as written');
select is((select array_agg(distinct state order by state) from public.response_comments), array['masked', 'shown'], 'each says whether something was hidden');
select is((select array_agg(k order by k) from jsonb_object_keys(pg_temp.list() -> 'comments' -> 0) as k),
  array['id', 'insulting', 'month', 'read', 'tags', 'text', 'theme', 'unit'], 'no counter, no language, no day, no level, no id of the response');
select is_empty($$select from private.comments as c join public.responses as r on r.id = c.id$$, 'the id of a comment is not that of its response');
select is(pg_temp.list() -> 'months', '["2026-03"]', 'the month is that of the release');

-- One to four ---------------------------------------------------------------------------------------------
select is(pg_temp.seen('{"band": 3}'), 'few 0', 'five of six with one level: the sixth would follow, so none is shown');
select is(pg_temp.seen('{"band": 1}'), 'few 0', 'nor the one');
select is(pg_temp.seen('{"month": "2026-03"}'), 'shown 6', 'a month of six is shown');
select is(pg_temp.seen('{"theme": "waiting"}'), 'few 0', 'a theme of one is not');
select is(pg_temp.seen('{"theme": "other"}'), 'shown 5', 'one of five is');
select is(pg_temp.seen('{"theme": "papers"}'), 'none 0', 'and none at all is said as it is');
select is(pg_temp.seen('{"month": "2026-02"}'), 'few 0', 'of a month none and few are not told apart');
select is(pg_temp.seen('{"search": "can bo"}'), 'shown 5', '"can bo" finds "Cán bộ"');
select is(pg_temp.seen('{"search": "CHỜ LÂU"}'), 'few 0', 'a search that finds one shows none');
select is(pg_temp.seen('{"search": "can bo", "month": "2026-03", "theme": "other"}'), 'shown 5', 'search and filters go together');
select is(pg_temp.seen('{"search": "an bo"}'), 'none 0', 'words are found whole');
select is(pg_temp.seen('{"search": "?!"}'), 'none 0', 'and signs are none');
select is(private.search_tokens(private.search_text('Chờ lâu, 排队。')), array['cho', 'lau', '排', '队', 'cho lau', 'lau 排', '排 队'], 'a Chinese sign is a word');
select is(pg_temp.seen('{"search": "100%"}'), 'none 0', 'wildcards are taken by the letter');
select is(pg_temp.seen('{"search": "phone"}'), 'none 0', 'the names of what was hidden are not searched');
select is(pg_temp.seen('{"unit": "00000000-0000-4000-8000-000000000005"}'), 'few 0', 'a unit without five is not shown');
select is((select c ->> 'id' from jsonb_array_elements(pg_temp.list() -> 'comments') as c limit 1), (pg_temp.list() -> 'comments' -> 0 ->> 'id'), 'the order is the same every time');

-- Blocks: what is told of a comment is told of five at once --------------------------------------------------
select pg_temp.say('counter', '2026-03-04', 3, 1, 'Giấy tờ rườm rà');
select pg_temp.say('counter', '2026-03-04', 2, 5, 'Giấy tờ rườm rà');
select public.release_figures('2026-03-05');
select pg_temp.mask_all();
select is(pg_temp.seen(), 'shown 11', 'the next block of five is there');
select is(pg_temp.seen('{"band": 3}'), 'few 0', 'seven and four: still none');
select pg_temp.say('counter', '2026-03-06', 5, 1, 'Giấy tờ rườm rà');
select public.release_figures('2026-03-09');
select pg_temp.mask_all();
select is(pg_temp.seen('{"band": 3}'), 'shown 7', 'with nine below, the seven can be shown');
select is(pg_temp.seen('{"band": 1}'), 'shown 9', 'and the nine');
select is(pg_temp.seen('{"band": 2}'), 'few 0', 'a band of none does not say that it is none');
select is(pg_temp.seen('{"band": 1, "theme": "waiting"}'), 'few 0', 'one in a band and theme is not shown');
select pg_temp.say('small_counter', '2026-03-10', 3, 2, 'Ghế hỏng');
select pg_temp.record('small_counter', '2026-03-10', 2);
select public.release_figures('2026-03-11');
select pg_temp.mask_all();
select is(pg_temp.seen(), 'shown 19', 'three comments of five answers are read by all above');
select pg_temp.is_asked_by('small_officer');
select is(pg_temp.seen(null, 'small'), 'shown 3', 'and in their unit');
select is(pg_temp.seen('{"month": "2026-03"}', 'small'), 'few 0', 'but have no month until five have gathered');
select is(pg_temp.list(null, 'small') -> 'comments' -> 0 ->> 'month', null, 'nor show one');
select pg_temp.is_asked_by('officer');
select is(pg_temp.seen('{"month": "2026-03"}'), 'shown 16', 'so the month of the whole counts without them');
select is_empty($$select unit_id, shelf, coalesce(known_band, -1) from private.comments where shelf < 'infinity' group by 1, 2, 3 having count(*) < 5$$,
  'whatever unit, month and band are asked for: nobody or at least five');

-- Insults, paging, read marks, tags -----------------------------------------------------------------------
select pg_temp.say('counter', '2026-03-12', 20, 4, 'ngu quá');
select public.release_figures('2026-03-13');
select pg_temp.mask_all();
create temp table page as select public.list_comments(pg_temp.id('one_stop')) as l;
select is((select jsonb_array_length(l -> 'comments') from page), 25, 'twenty-five at once');
create temp table page_2 as select public.list_comments(pg_temp.id('one_stop'), null, l -> 'next') as l from page;
select is((select count(distinct c ->> 'id')::integer from (select * from page union all select * from page_2) as p, jsonb_array_elements(l -> 'comments') as c), 39, 'and the rest on the next page, none twice');
select is((select count(*)::integer from (select * from page union all select * from page_2) as p, jsonb_array_elements(l -> 'comments') as c where (c ->> 'insulting')::boolean), 20, 'insults are marked and there');
create temp table few as select id from private.comments where theme = 'waiting' and shelf < 'infinity' limit 1;
select is(public.mark_comments(pg_temp.id('one_stop'), (select jsonb_build_object('items', jsonb_agg(id)) from (select id from private.comments where masked ~ 'rườm rà' limit 10) as c)), 10, 'ten are marked as read');
select is(pg_temp.seen('{"read": "yes"}'), 'shown 10', 'and found so');
select pg_temp.is_asked_by('analyst');
select is(pg_temp.seen('{"read": "yes"}'), 'none 0', 'by the one who read them only');
select isnt(public.put_tag(pg_temp.id('one_stop'), 'Chờ lâu'), null, 'an analyst adds a tag');
select is(pg_temp.refusal(format('select public.put_tag(%L, %L)', pg_temp.id('one_stop'), 'cho LAU')), 'PT409 tag_exists', 'which is the same without diacritics');
select lives_ok(format('select public.tag_comment(%L, %L)', (select id from few), (select jsonb_build_object('items', jsonb_agg(id)) from private.tags)), 'and tags a comment');
select is(pg_temp.seen(jsonb_build_object('tag', (select id from private.tags))), 'few 0', 'a tag on one comment shows none');
select is(public.comment_themes(pg_temp.id('one_stop'), '2026-03') -> 'terms' -> 0 ->> 'term', 'chờ lâu', 'phrases are counted as they were written');
select is_empty($$select from private.comment_terms where comments < 5$$, 'over five comments at least');

-- Unmasking --------------------------------------------------------------------------------------------------
create temp table secret as select id from private.comments where masked ~ '⟦phone⟧' limit 1;
select is(pg_temp.refusal(format('select public.unmask_comment(%L, %L)', (select id from secret), 'Cần gọi lại cho người dân')), 'PT403 not_allowed', 'an analyst does not unmask');
select pg_temp.is_asked_by('leader');
select is(pg_temp.refusal(format('select public.unmask_comment(%L, %L)', (select id from secret), 'vì')), 'PT422 impossible_reason', 'nor a leader without a reason');
select is(public.unmask_comment((select id from secret), 'Cần gọi lại cho người dân') ->> 'text', 'Cán bộ tốt, gọi 0912345678', 'a leader with one does');
select results_eq($$select actor_id, action, record_type, record_id, changes from public.audit_log where action = 'unmask'$$,
  $$select pg_temp.person('leader'), 'unmask', 'comments', id::text, '{"reason": "Cần gọi lại cho người dân"}'::jsonb from secret$$, 'who, which and why is logged, the words are not');
select pg_temp.is_asked_by('small_leader');
select is(pg_temp.refusal(format('select public.unmask_comment(%L, %L)', (select id from secret), 'Cần gọi lại cho người dân')), 'PT403 not_allowed', 'the leader of another unit does not');

-- Who reads nothing --------------------------------------------------------------------------------------------
create temp table asked (who text, refusals text[]);
do $$
declare
  of_who text;
begin
  foreach of_who in array array['administrator', 'auditor', 'foreign', 'small_officer'] loop
    perform pg_temp.is_asked_by(of_who);
    insert into asked select of_who, array[
      pg_temp.refusal(format('select public.list_comments(%L)', pg_temp.id('one_stop'))),
      pg_temp.refusal(format('select public.read_comment(%L)', (select id from secret))),
      pg_temp.refusal(format('select public.unmask_comment(%L, %L)', (select id from secret), 'Cần gọi lại cho người dân')),
      pg_temp.refusal(format('select public.comment_themes(%L)', pg_temp.id('one_stop'))),
      pg_temp.refusal(format('select public.list_notes(%L)', pg_temp.id('one_stop')))];
  end loop;
end
$$;
select is_empty($$select * from asked where refusals <> array_fill('PT403 not_allowed'::text, array[5])$$, 'administrator, auditor, foreigners and people of a unit below read none of it');
select pg_temp.is_asked_by(null);
select is(pg_temp.refusal(format('select public.read_comment(%L)', (select id from secret))), 'PT401 not_signed_in', 'nor does nobody');

-- Notes ---------------------------------------------------------------------------------------------------------
select pg_temp.is_asked_by('officer');
create temp table note as select public.put_done_note(pg_temp.id('one_stop'), '{"text": "Đã thêm ghế", "done_on": "2026-03-10", "subject": "A2"}') as id;
select is(public.public_notes(pg_temp.id('one_stop')), '[]', 'a note is not public');
select is(pg_temp.refusal(format('select public.publish_done_note(%L, 1)', (select id from note))), 'PT403 not_allowed', 'until a leader publishes it');
select pg_temp.is_asked_by('leader');
select public.publish_done_note((select id from note), 1);
select is(public.public_notes(pg_temp.id('root')) -> 0 ->> 'text', 'Đã thêm ghế', 'then everybody reads it');
select public.put_done_note(pg_temp.id('one_stop'), '{"text": "Đã thêm 20 ghế", "done_on": "2026-03-10"}', (select id from note), 2);
select is(public.public_notes(pg_temp.id('one_stop')), '[]', 'and a changed one waits again');
select is(pg_temp.refusal(format('select public.put_done_note(%L, %L, %L, 1)', pg_temp.id('one_stop'), '{"text": "Khác", "done_on": "2026-03-10"}', (select id from note))), 'PT409 changed_meanwhile', 'who began from an older state is told');
select is(pg_temp.refusal(format('select public.put_improvement(%L, %L)', pg_temp.id('one_stop'), jsonb_build_object('title', 'Thêm ghế', 'owner', pg_temp.person('foreign')))), 'PT422 unknown_owner', 'only a member sees to something');

-- Rare words are looked up in their index, frequent ones met on the walk: both find the same -------------------------
select pg_temp.say('returns', '2026-03-16', 6, 4, 'Mong có thêm ghế mây');
select pg_temp.say('returns', '2026-05-04', 700, 4, 'Mong có thêm ghế đá');
select public.release_figures('2026-05-05');
select pg_temp.mask_all();
select pg_temp.is_asked_by('officer');
select is(pg_temp.seen('{"search": "them ghe may"}'), 'shown 6', 'six among hundreds of newer ones are found');
select is(pg_temp.seen('{"search": "them ghe", "month": "2026-04"}'), 'shown 6', 'as on the walk');

-- Neither rare nor frequent: looked up month by month.
select pg_temp.say('returns', '2026-06-01', 400, 4, 'Quầy hồ tiêu');
select pg_temp.say('returns', '2026-06-20', 20, 4, 'Quầy hồ tiêu');
select pg_temp.say('returns', '2026-07-20', 300, 4, 'Loa rè');
select public.release_figures('2026-07-21');
select pg_temp.mask_all();
create temp table first_page as select public.list_comments(pg_temp.id('one_stop'), '{"search": "ho tieu"}') as l;
select is((select array_agg(distinct c ->> 'month' order by c ->> 'month') from first_page, jsonb_array_elements(l -> 'comments') as c), array['2026-06', '2026-07'], 'words that are neither are found month by month, newest first');
create temp table second_page as select public.list_comments(pg_temp.id('one_stop'), '{"search": "ho tieu"}', l -> 'next') as l from first_page;
select is((select count(distinct c ->> 'id')::integer from (select * from first_page union all select * from second_page) as p, jsonb_array_elements(l -> 'comments') as c), 50, 'page after page, none twice');
select is((select array_agg(f.id order by f.shelf desc, f.id desc) from private.find_comments(pg_temp.id('one_stop'), '{"search": "ho tieu"}', null, null, 1000) as f),
  (select array_agg(c.id order by c.shelf desc, c.id desc) from private.comments as c where c.masked = 'Quầy hồ tiêu'), 'all of them, in the order of the list');

select * from finish();
rollback;
