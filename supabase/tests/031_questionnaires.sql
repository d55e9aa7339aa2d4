-- Making questionnaires: who may, what is refused, drafts, publishing, recordings.

begin;
\ir support/fixture.sql
select plan(68);

-- An administrator of the house, one of a unit below, an analyst.
insert into public.people (id, name, email) values
  ('00000000-0000-4000-8000-0000000000a1', 'Quản trị', 'a@b.vn'), ('00000000-0000-4000-8000-0000000000a2', 'Quản trị dưới', 'b@b.vn'),
  ('00000000-0000-4000-8000-0000000000a3', 'Tổng hợp', 'c@b.vn');
insert into public.members (person_id, organisation_id, unit_id, role) values
  ('00000000-0000-4000-8000-0000000000a1', pg_temp.id('root'), pg_temp.id('root'), 'administrator'),
  ('00000000-0000-4000-8000-0000000000a2', pg_temp.id('root'), pg_temp.id('one_stop'), 'administrator'),
  ('00000000-0000-4000-8000-0000000000a3', pg_temp.id('root'), pg_temp.id('root'), 'analyst');
create function pg_temp.as(p_who integer) returns void language sql as $$
  select set_config('request.jwt.claims', case when p_who = 0 then '' else
    format('{"sub": "00000000-0000-4000-8000-0000000000a%s", "role": "authenticated"}', p_who) end, true)
$$;

-- A definition and ways to spoil it.
create function pg_temp.item(p_code text, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('code', p_code, 'when', 'always', 'zero', null, 'measure', left(p_code, 1),
    'dimension', '{"A": "access", "B": "procedure", "C": "conduct", "D": "result", "E": "complaints"}'::jsonb ->> left(p_code, 1),
    'texts', '{"vi": {"text": "Câu hỏi"}}'::jsonb, 'audio', '{"vi": null, "zh": null, "en": null}'::jsonb) || p_more
$$;
create function pg_temp.overall() returns jsonb language sql as $$
  select pg_temp.item('S0', '{"dimension": "overall", "measure": "S0"}')
$$;
create function pg_temp.fact(p_code text, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('code', p_code, 'text', '{"vi": "Ông/Bà bao nhiêu tuổi?"}'::jsonb, 'max', 1,
    'choices', '[{"vi": "Dưới 35"}, {"vi": "Từ 35"}]'::jsonb) || p_more
$$;
create function pg_temp.form(p_items jsonb default jsonb_build_array(pg_temp.item('B7'), pg_temp.overall()), p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('form', 'rieng', 'series', 'items', 'seconds', 60, 'asksMoment', false, 'asksFiled', false,
    'blocks', '[]'::jsonb, 'items', p_items, 'facts', '[]'::jsonb, 'unchecked', '["zh", "en"]'::jsonb) || p_more
$$;
create function pg_temp.fault(p_items jsonb, p_more jsonb default '{}') returns text language sql as $$
  select concat_ws(' ', fault ->> 'why', fault ->> 'code') from private.definition_fault(pg_temp.form(p_items, p_more), pg_temp.id('root')) as fault
$$;
create function pg_temp.one(p_item jsonb) returns text language sql as $$
  select pg_temp.fault(jsonb_build_array(p_item, pg_temp.overall()))
$$;
create function pg_temp.asking(p_fact jsonb) returns text language sql as $$
  select pg_temp.fault(jsonb_build_array(pg_temp.overall()), jsonb_build_object('facts', jsonb_build_array(p_fact)))
$$;

-- What can be counted
select is(private.definition_fault(pg_temp.form(), pg_temp.id('root')), null, 'a plain definition is fine');
select is(private.definition_fault('"text"', pg_temp.id('root')) ->> 'why', 'malformed', 'something else is not');
select is(pg_temp.fault('[]'), 'no_overall', 'every form asks S0');
select is(pg_temp.fault(jsonb_build_array(pg_temp.item('B7'), pg_temp.item('B7'), pg_temp.overall())), 'duplicate B7', 'no code twice');
select is(pg_temp.fault((select jsonb_agg(pg_temp.item('B' || n)) from generate_series(1, 40) as n) || pg_temp.overall()), 'too_many', 'forty questions at most');
select is(pg_temp.fault((select jsonb_agg(pg_temp.item('B' || n)) from generate_series(10, 48) as n) || pg_temp.overall()), '', 'and forty are fine');
select is(pg_temp.one(pg_temp.item('F3')), 'code F3', 'a code of no dimension is refused');
select is(pg_temp.one(pg_temp.item('B7', '{"dimension": "kindness"}')), 'dimension B7', 'an unknown dimension is refused');
select is(pg_temp.one(pg_temp.item('B7', '{"dimension": "conduct"}')), 'dimension B7', 'and one that its letter does not say');
select is(pg_temp.one(pg_temp.item('B7', '{"measure": "X"}')), 'measure B7', 'an unknown measure is refused');
select is(pg_temp.one(pg_temp.item('B7', '{"measure": "C"}')), 'measure B7', 'and that of another dimension');
select is(pg_temp.one(pg_temp.item('B7', '{"measure": null}')), '', 'a question may stand on its own line');
select is(pg_temp.one(pg_temp.item('B0', '{"measure": "B0"}')), '', 'the quick series has its own measures');
select is(pg_temp.one(pg_temp.item('B7', '{"when": "sometimes"}')), 'when B7', 'an unknown moment is refused');
select is(pg_temp.one(pg_temp.item('B7', '{"zero": "whatever"}')), 'zero B7', 'an unknown meaning of 0 is refused');
select is(pg_temp.one(pg_temp.item('D7', '{"when": "return", "zero": "unknown"}')), 'zero D7', 'who is not asked is stored as 0, which must say so');
select is(pg_temp.one(pg_temp.item('D7', '{"when": "return", "zero": "result_pending"}')), '', 'as it does here');
select is(pg_temp.one(pg_temp.item('E7', '{"when": "filed", "zero": "unknown"}')), 'zero E7', 'the same for those who filed nothing');
select is(pg_temp.one(pg_temp.item('B7', '{"texts": {"vi": {"text": "  "}}}')), 'text B7', 'a question without Vietnamese words is refused');
select is(pg_temp.one(pg_temp.item('B7', '{"texts": {"vi": {"text": "Câu"}, "en": {"text": 5}}}')), 'text B7', 'words that are no words are refused');
select is(pg_temp.one(pg_temp.item('B7', '{"audio": {"vi": "https://elsewhere.example/a.mp3", "zh": null, "en": null}}')), 'audio B7', 'a recording elsewhere is refused');
select is(pg_temp.one('7'), 'code ', 'an item that is none is refused');

-- A code keeps its meaning (the fixture has published B2 with 0 = unknown, D1, E1, E3)
select is(pg_temp.one(pg_temp.item('B2', '{"zero": "unknown"}')), '', 'a code may come again with the same meaning');
select is(pg_temp.one(pg_temp.item('B2', '{"zero": "no_fee"}')), 'reused B2', 'but not with another meaning of 0');

-- Optional questions
select is(pg_temp.asking(pg_temp.fact('P1')), '', 'a banded question about the person is fine');
select is(pg_temp.asking(pg_temp.fact('Z1')), 'fact Z1', 'an unknown one is refused');
select is(pg_temp.asking(pg_temp.fact('F2')), 'fact F2', 'a known one keeps its choices');
select is(pg_temp.asking(pg_temp.fact('Q1', '{"max": 3}')), 'fact Q1', 'nobody can choose three of two');
select is(pg_temp.asking(pg_temp.fact('P5')), 'reason P5', 'the ethnic group is not asked without a reason');
select is(pg_temp.asking(pg_temp.fact('P5', '{"reason": "Kế hoạch dịch phiếu sang tiếng Tày, Nùng năm 2026"}')), '', 'with one it is');
select is(pg_temp.asking(pg_temp.fact('Q1', '{"text": {"vi": "Ông/Bà thuộc dân tộc nào?"}}')), 'ethnicity Q1', 'and not under another code');

-- Who may
select is(pg_temp.refusal($$select public.read_questionnaires(pg_temp.id('root'))$$), 'PT401 not_signed_in', 'nobody reads without signing in');
select pg_temp.as(3);
select is(pg_temp.refusal($$select public.read_questionnaires(pg_temp.id('root'))$$), 'PT403 not_allowed', 'an analyst makes no questionnaires');
select pg_temp.as(2);
select is(public.read_questionnaires(pg_temp.id('one_stop')) ->> 'may_make', 'false', 'an administrator of a unit reads what there is');
select is(pg_temp.refusal($$select public.start_questionnaire(pg_temp.id('one_stop'), '{"vi": "Riêng"}', pg_temp.form())$$), 'PT403 not_allowed',
  'but makes none: they are the organisation''s');
select is(pg_temp.refusal(format('select public.read_version(%L)', pg_temp.id('version'))), 'PT403 not_allowed', 'nor opens the editor');
select pg_temp.as(1);

-- Start, save, publish
create temp table started as select public.start_questionnaire(pg_temp.id('root'), '{"vi": "Phiếu riêng"}', pg_temp.form()) as s;
create temp table ids as select (s ->> 'version_id')::uuid as version, (s ->> 'questionnaire_id')::uuid as form from started;
select is(public.start_questionnaire(pg_temp.id('root'), '{"vi": "Phiếu riêng"}', pg_temp.form()) is not null, true, 'a name may come twice');
select is((select array_agg(code order by code) from public.questionnaires where code like 'rieng%'), array['rieng', 'rieng-2'], 'its code not');
select is(pg_temp.refusal($$select public.start_questionnaire(pg_temp.id('root'), '{"vi": " "}', pg_temp.form())$$), 'PT422 impossible_text', 'it has a name');
select is(pg_temp.refusal($$select public.start_questionnaire(pg_temp.id('root'), '{"vi": "x"}', pg_temp.form('[]'))$$), 'PT422 impossible_definition',
  'what cannot be counted is not even a draft');
select is((public.read_version((select version from ids)) -> 'published_on')::text, 'null', 'it starts as a draft');
select is((public.read_version((select version from ids)) #>> '{known_items,B2}'), 'unknown', 'the editor is told which codes have a meaning');
select is(pg_temp.refusal($$select public.set_in_force(pg_temp.id('small'), null, (select form from ids))$$), 'PT422 questionnaire_unpublished',
  'a draft cannot be put in force');
select is(public.save_draft((select version from ids), pg_temp.form(jsonb_build_array(pg_temp.item('B7'), pg_temp.item('C7'), pg_temp.overall())), 1) ->> 'revision', '2',
  'a draft is saved');
select is(pg_temp.refusal($$select public.save_draft((select version from ids), pg_temp.form(), 1)$$), 'PT409 changed_meanwhile',
  'who began from an older state is told');
select is(pg_temp.refusal($$select public.save_draft((select version from ids), pg_temp.form('[]'), 2)$$), 'PT422 impossible_definition', 'the check is the same');
select is((public.save_draft((select version from ids), pg_temp.form(jsonb_build_array(pg_temp.item('B7'), pg_temp.overall()), '{"form": "quick"}'), 2,
  '{"zh": {"by": "Người đọc", "on": "2026-11-20"}}') ->> 'revision'), '3', 'with who has read a translation');
select is((select definition ->> 'form' from public.questionnaire_versions where id = (select version from ids)), 'rieng', 'the form keeps its code');
select is(public.publish_version((select version from ids), 3) ->> 'points', '0', 'it is published, and asked nowhere yet');
select is(pg_temp.refusal($$select public.save_draft((select version from ids), pg_temp.form(), 4)$$), 'PT409 version_frozen', 'then it is frozen');
select is(pg_temp.refusal($$update public.questionnaire_versions set definition = '{"items": []}' where id = (select version from ids)$$), 'PT409 version_frozen',
  'for everybody');
select is(pg_temp.one(pg_temp.item('B7', '{"zero": "unknown"}')), 'reused B7', 'its new code has a meaning from now on');

-- In force
select pg_temp.as(2);
select is(pg_temp.refusal($$select public.set_in_force(pg_temp.id('root'), null, (select form from ids))$$), 'PT403 not_allowed',
  'who administers a unit chooses nothing above it');
select is((public.set_in_force(pg_temp.id('one_stop'), null, (select form from ids)) ->> 'in_force')::uuid, (select form from ids), 'but for the unit');
select is((public.set_in_force(null, pg_temp.id('counter'), null) ->> 'in_force')::uuid, (select form from ids), 'a point inherits it');
select is((select version_id from public.service_points where id = pg_temp.id('counter')), (select version from ids), 'and asks it');
select is(pg_temp.refusal($$select public.set_in_force(null, pg_temp.id('counter'), null), public.set_in_force(pg_temp.id('one_stop'), null, null)$$),
  'PT422 no_questionnaire', 'nothing is left without a questionnaire');
select is(public.read_in_force(pg_temp.id('one_stop')) #>> '{from,names,vi}', 'Bộ phận Một cửa', 'where it comes from is told');
select is(public.read_in_force(pg_temp.id('one_stop'), 'TO nho') #>> '{units,0,names,vi}', 'Tổ nhỏ', 'a unit is found without its diacritics');

-- The next version
select pg_temp.as(1);
create temp table next as select (public.start_version((select form from ids)) ->> 'version_id')::uuid as version;
select is((public.start_version((select form from ids)) ->> 'version_id')::uuid, (select version from next), 'there is one draft at a time');
select is((select definition = (select definition from public.questionnaire_versions where id = (select version from ids)) from public.questionnaire_versions
  where id = (select version from next)), true, 'it begins as a copy of the last version');

-- Recordings
select is(pg_temp.refusal($$select public.put_item_audio((select version from next), 'B7', 'vi', encode('hello', 'base64'), 1)$$), 'PT422 audio_unknown',
  'a recording is told by its content');
select is(pg_temp.refusal($$select public.put_item_audio((select version from next), 'B7', 'vi', encode(convert_to('OggS' || repeat('x', 204797), 'UTF8'), 'base64'), 1)$$),
  'PT413 audio_too_large', 'and small');
select is(public.put_item_audio((select version from next), 'B7', 'vi', encode('OggS…'::text::bytea, 'base64'), 1) ->> 'revision', '2', 'then it is kept')
;
select is(public.item_audio((select id from private.item_audio)) ->> 'media_type', 'audio/ogg', 'and can be played');
select is(public.put_item_audio((select version from next), 'B7', 'vi', null, 2) ->> 'revision', '3', 'and taken out again');
select is((select count(*) from private.item_audio)::integer, 0, 'then it is gone');
select is(public.discard_draft((select version from next), 3) ->> 'questionnaire_id', (select form::text from ids), 'a draft can be thrown away');

select * from finish();
rollback;
