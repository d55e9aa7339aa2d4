-- Making questionnaires: start, edit a draft, publish, choose. These functions are reachable without our pages:
-- whatever they let through must be countable (private.version_items), readable by the citizen's form
-- (src/lib/questionnaire/version.ts) and mean the same as before under the same code.
-- A questionnaire belongs to the organisation: administrators of its root make them, those below choose.

alter table public.questionnaire_versions add column readers jsonb not null default '{}' check (jsonb_typeof(readers) = 'object');
comment on column public.questionnaire_versions.readers is
  'Who read a translation and on which day, {"zh": {"by": …, "on": …}}; for the office only, therefore not in the definition';

create table private.item_audio (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  media_type text not null check (media_type in ('audio/ogg', 'audio/mpeg', 'audio/mp4')),
  content bytea not null check (octet_length(content) between 1 and 204800),
  created_at timestamptz not null default now()
);
comment on table private.item_audio is
  'Recordings of questions, read aloud by the office: named by the definition of a version as /audio/<id>, never changed';
create index item_audio_organisation_id_idx on private.item_audio (organisation_id);
alter table private.item_audio enable row level security;
revoke all on private.item_audio from public, anon, authenticated;
grant select, insert, update, delete on private.item_audio to service_role;

-- What a definition must be ------------------------------------------------------------------------------

create function private.is_text(p_value jsonb, p_most integer)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_typeof(p_value) = 'string' and btrim(p_value #>> '{}') <> '' and char_length(p_value #>> '{}') <= p_most, false)
$$;
comment on function private.is_text is 'Whether a JSON value is a text of 1 to p_most characters';

create function private.is_localised(p_value jsonb, p_most integer)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_typeof(p_value) = 'object' and private.is_text(p_value -> 'vi', p_most)
    and (jsonb_typeof(coalesce(p_value -> 'zh', 'null')) = 'null' or private.is_text(p_value -> 'zh', p_most))
    and (jsonb_typeof(coalesce(p_value -> 'en', 'null')) = 'null' or private.is_text(p_value -> 'en', p_most)), false)
$$;
comment on function private.is_localised is 'A text per language: Vietnamese always, zh and en where they exist';

create function private.are_wordings(p_value jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_typeof(p_value) = 'object' and p_value ? 'vi' and not exists (
    select from jsonb_each(case when jsonb_typeof(p_value) = 'object' then p_value else '{}' end) as said (language, words)
    where said.language not in ('vi', 'zh', 'en') or jsonb_typeof(said.words) <> 'object'
      or not private.is_text(said.words -> 'text', 300)
      or (said.words ? 'help' and not private.is_text(said.words -> 'help', 300))), false)
$$;
comment on function private.are_wordings is 'The words of an item per language, {"vi": {"text", "help"?}, "zh"?, "en"?}';

create function private.item_fault(p_item jsonb, p_organisation uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when jsonb_typeof(p_item) is distinct from 'object' or not private.is_text(p_item -> 'code', 3)
      or p_item ->> 'code' !~ '^(S0|[A-E](0|[1-9][0-9]?))$' then 'code'
    -- The letter of the code says which dimension: attribution and the series are told by it.
    when p_item ->> 'dimension' is distinct from
      '{"S": "overall", "A": "access", "B": "procedure", "C": "conduct", "D": "result", "E": "complaints"}'::jsonb ->> left(p_item ->> 'code', 1)
      then 'dimension'
    when not p_item ? 'measure' or (p_item ->> 'measure' is distinct from (case
        when p_item ->> 'code' = 'S0' or p_item ->> 'code' ~ '^[B-E]0$' then p_item ->> 'code'
        when p_item ->> 'code' ~ '^[A-E][1-9]' then left(p_item ->> 'code', 1) end)
      and (p_item ->> 'measure' is not null or p_item ->> 'code' = 'S0')) then 'measure'
    when coalesce(p_item ->> 'when', '') not in ('always', 'return', 'filed') then 'when'
    when not p_item ? 'zero' or coalesce(p_item ->> 'zero', 'unknown') not in ('result_pending', 'no_fee', 'unknown', 'not_filed')
      or (p_item ->> 'zero' is not distinct from 'result_pending') <> (p_item ->> 'when' = 'return')
      or (p_item ->> 'when' = 'filed' and p_item ->> 'zero' is distinct from 'not_filed')
      or (p_item ->> 'zero' is not distinct from 'not_filed' and p_item ->> 'dimension' <> 'complaints')
      or (p_item ->> 'code' = 'S0' and (p_item ->> 'zero' is not null or p_item ->> 'when' <> 'always')) then 'zero'
    when not private.are_wordings(p_item -> 'texts') or (p_item ? 'gateTexts' and not private.are_wordings(p_item -> 'gateTexts')) then 'text'
    when jsonb_typeof(p_item -> 'audio') is distinct from 'object' or not p_item -> 'audio' ?& array['vi', 'zh', 'en']
      or exists (
        select from jsonb_each(case when jsonb_typeof(p_item -> 'audio') = 'object' then p_item -> 'audio' else '{}' end) as spoken (language, address)
        where jsonb_typeof(spoken.address) <> 'null' and not exists (
          select from private.item_audio as a where a.organisation_id = p_organisation and spoken.address = to_jsonb('/audio/' || a.id)))
      then 'audio'
  end
$$;
comment on function private.item_fault is 'What is wrong with one item of a definition, or null';

create function private.fact_fault(p_fact jsonb)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  code text := p_fact ->> 'code';
  -- Choices and how many may be taken of the questions whose answers are counted or read by name.
  known jsonb := '{"F1": [3, 1], "F2": [3, 1], "I1": [10, 3], "O1": [2, 1], "H1": [3, 1]}';
begin
  if jsonb_typeof(p_fact) is distinct from 'object' or coalesce(code, '') !~ '^(F1|F2|I1|O1|H1|P[1-5]|Q[1-9])$'
    or not private.is_localised(p_fact -> 'text', 300)
    or (p_fact ? 'note' and not private.is_localised(p_fact -> 'note', 400))
    or jsonb_typeof(p_fact -> 'choices') is distinct from 'array' or coalesce(p_fact -> 'max', 'null') not in ('1', '3') then
    return 'fact';
  end if;
  if jsonb_array_length(p_fact -> 'choices') not between 2 and 12
    or (p_fact ->> 'max')::integer > jsonb_array_length(p_fact -> 'choices')
    or exists (select from jsonb_array_elements(p_fact -> 'choices') as choice where not private.is_localised(choice, 120))
    or (known ? code and known -> code <> jsonb_build_array(jsonb_array_length(p_fact -> 'choices'), p_fact -> 'max')) then
    return 'fact';
  end if;
  -- P5 asks for the ethnic group: sensitive data (Law 91/2025), so only with a reason that somebody wrote down.
  if code = 'P5' and not coalesce(private.is_text(p_fact -> 'reason', 1000) and char_length(btrim(p_fact ->> 'reason')) >= 20, false) then
    return 'reason';
  end if;
  if code <> 'P5' and private.folded(p_fact::text) ~ 'dan toc|民族|ethnic' then
    return 'ethnicity';
  end if;
  return null;
end
$$;
comment on function private.fact_fault is 'What is wrong with one optional question, or null; who belongs to which people is asked as P5 or not at all';

create function private.definition_fault(p_definition jsonb, p_organisation uuid)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  fault jsonb;
begin
  if jsonb_typeof(p_definition) is distinct from 'object' or octet_length(p_definition::text) > 200000
    or not private.is_text(p_definition -> 'form', 41) or p_definition ->> 'form' !~ '^[a-z][a-z0-9-]{0,40}$'
    or coalesce(p_definition ->> 'series', '') not in ('quick', 'items')
    or coalesce(p_definition -> 'seconds', 'null') not in ('30', '60', '120')
    or jsonb_typeof(p_definition -> 'asksMoment') is distinct from 'boolean'
    or jsonb_typeof(p_definition -> 'asksFiled') is distinct from 'boolean'
    or jsonb_typeof(p_definition -> 'blocks') is distinct from 'array'
    or jsonb_typeof(p_definition -> 'items') is distinct from 'array'
    or jsonb_typeof(p_definition -> 'facts') is distinct from 'array'
    or jsonb_typeof(p_definition -> 'unchecked') is distinct from 'array' then
    return '{"why": "malformed"}';
  end if;
  if jsonb_array_length(p_definition -> 'items') > 40 or jsonb_array_length(p_definition -> 'facts') > 12 then
    return '{"why": "too_many"}';
  end if;
  if exists (select from jsonb_array_elements(p_definition -> 'unchecked') as u where u not in ('"zh"', '"en"'))
    or exists (
      select from jsonb_array_elements(p_definition -> 'blocks') as b
      where jsonb_typeof(b) <> 'object' or coalesce(b ->> 'code', '') !~ '^[A-E]$' or not private.is_localised(b -> 'title', 120)
        or (b ? 'note' and not private.is_localised(b -> 'note', 400))) then
    return '{"why": "malformed"}';
  end if;
  select jsonb_build_object('why', private.item_fault(item, p_organisation), 'code', coalesce(item ->> 'code', '')) into fault
  from jsonb_array_elements(p_definition -> 'items') with ordinality as e (item, n)
  where private.item_fault(item, p_organisation) is not null
  order by n limit 1;
  if fault is not null then
    return fault;
  end if;
  select jsonb_build_object('why', private.fact_fault(fact), 'code', coalesce(fact ->> 'code', '')) into fault
  from jsonb_array_elements(p_definition -> 'facts') with ordinality as e (fact, n)
  where private.fact_fault(fact) is not null
  order by n limit 1;
  if fault is not null then
    return fault;
  end if;

  select jsonb_build_object('why', 'duplicate', 'code', code) into fault
  from (
    select item ->> 'code' as code from jsonb_array_elements(p_definition -> 'items') as item
    union all
    select fact ->> 'code' from jsonb_array_elements(p_definition -> 'facts') as fact
  ) as codes
  group by code having count(*) > 1
  order by code limit 1;
  if fault is not null then
    return fault;
  end if;
  if not exists (select from jsonb_array_elements(p_definition -> 'items') as item where item ->> 'code' = 'S0') then
    return '{"why": "no_overall"}';
  end if;

  -- A code keeps its meaning in the whole organisation: its figures are one series.
  select jsonb_build_object('why', 'reused', 'code', item ->> 'code') into fault
  from public.questionnaires as q
  join public.questionnaire_versions as v on v.questionnaire_id = q.id and v.published_at is not null
  cross join lateral jsonb_array_elements(v.definition -> 'items') as earlier
  join jsonb_array_elements(p_definition -> 'items') as item on item ->> 'code' = earlier ->> 'code'
  where q.organisation_id = p_organisation
    and ((earlier ? 'dimension' and earlier ->> 'dimension' is distinct from item ->> 'dimension')
      or earlier ->> 'zero' is distinct from item ->> 'zero')
  order by item ->> 'code' limit 1;
  if fault is not null then
    return fault;
  end if;
  select jsonb_build_object('why', 'reused', 'code', fact ->> 'code') into fault
  from public.questionnaires as q
  join public.questionnaire_versions as v on v.questionnaire_id = q.id and v.published_at is not null
  cross join lateral jsonb_array_elements(coalesce(v.definition -> 'facts', '[]')) as earlier
  join jsonb_array_elements(p_definition -> 'facts') as fact on fact ->> 'code' = earlier ->> 'code'
  where q.organisation_id = p_organisation
    and (jsonb_array_length(earlier -> 'choices') <> jsonb_array_length(fact -> 'choices') or earlier -> 'max' <> fact -> 'max')
  order by fact ->> 'code' limit 1;
  return fault;
end
$$;
comment on function private.definition_fault is
  'Why a definition cannot be used, {"why", "code"?}, or null: unknown or doubled codes, no S0, what cannot be counted, a code that meant something else before';

create function private.require_definition(p_definition jsonb, p_organisation uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  fault jsonb := private.definition_fault(p_definition, p_organisation);
begin
  if fault is not null then
    perform private.fail('422', 'impossible_definition', 'this definition cannot be counted', fault::text);
  end if;
end
$$;
comment on function private.require_definition is 'PT422 impossible_definition with the reason as JSON in its details';

-- Reading --------------------------------------------------------------------------------------------------

create function private.require_author(p_organisation uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_role(p_organisation, array['administrator']);
end
$$;
comment on function private.require_author is 'Questionnaires are made by administrators of the whole organisation: its figures depend on them';

create function private.questionnaire_card(q public.questionnaires)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', q.id, 'code', q.code, 'names', q.names, 'revision', q.revision,
    'versions', coalesce((
      select jsonb_agg(jsonb_build_object('id', v.id, 'number', v.number,
        'published_on', to_char(v.published_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD'),
        'items', jsonb_array_length(v.definition -> 'items')) order by v.number desc)
      from public.questionnaire_versions as v where v.questionnaire_id = q.id), '[]'))
$$;
comment on function private.questionnaire_card is 'A questionnaire with its versions, newest first; a draft has no published_on';

create function public.read_questionnaires(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  perform private.require_role(p_unit, array['administrator']);
  return (
    with below as materialized (
      select t.descendant_id as unit_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null
    )
    select jsonb_build_object(
      'organisation_id', house,
      'may_make', private.has_role(house, array['administrator']),
      'here', private.questionnaire_in_force(p_unit),
      'questionnaires', coalesce(jsonb_agg(private.questionnaire_card(q) || jsonb_build_object(
        'points', (
          select count(*) from public.service_points as p
          join public.questionnaire_versions as v on v.id = p.version_id and v.questionnaire_id = q.id
          where p.is_active and p.unit_id in (select unit_id from below)),
        'chosen_at', (
          select coalesce(jsonb_agg(s.names order by s.names ->> 'vi'), '[]') from (
            select u.names from public.units as u
            where u.questionnaire_id = q.id and u.valid_to is null and u.id in (select unit_id from below)
            order by u.names ->> 'vi' limit 5) as s),
        'chosen_units', (
          select count(*) from public.units as u
          where u.questionnaire_id = q.id and u.valid_to is null and u.id in (select unit_id from below)),
        'chosen_points', (
          select count(*) from public.service_points as p
          where p.questionnaire_id = q.id and p.is_active and p.unit_id in (select unit_id from below))
        ) order by q.names ->> 'vi'), '[]'))
    from public.questionnaires as q where q.organisation_id = house);
end
$$;
comment on function public.read_questionnaires is
  'The questionnaires of the organisation, their versions and where in the subtree of p_unit they are in force; for administrators';
grant execute on function public.read_questionnaires(uuid) to authenticated;

create function private.questionnaire_of(p_questionnaire uuid)
returns public.questionnaires
language plpgsql
stable
set search_path = ''
as $$
declare
  found_one public.questionnaires;
begin
  select * into found_one from public.questionnaires where id = p_questionnaire;
  if not found then
    perform private.fail('404', 'unknown_questionnaire', 'there is no such questionnaire');
  end if;
  perform private.require_author(found_one.organisation_id);
  return found_one;
end
$$;
comment on function private.questionnaire_of is 'The questionnaire, for those who may change it: PT404 unknown_questionnaire, PT403 not_allowed';

create function private.version_of(p_version uuid)
returns public.questionnaire_versions
language plpgsql
stable
set search_path = ''
as $$
declare
  found_one public.questionnaire_versions;
begin
  select * into found_one from public.questionnaire_versions where id = p_version;
  if not found then
    perform private.fail('404', 'unknown_version', 'there is no such version');
  end if;
  perform private.questionnaire_of(found_one.questionnaire_id);
  return found_one;
end
$$;
comment on function private.version_of is 'The version, for those who may change it: PT404 unknown_version, PT403 not_allowed';

create function private.draft_of(p_version uuid, p_revision integer)
returns public.questionnaire_versions
language plpgsql
set search_path = ''
as $$
declare
  draft public.questionnaire_versions := private.version_of(p_version);
begin
  -- Locked, so that two who save at once are one after the other and the second is told.
  select * into draft from public.questionnaire_versions where id = p_version for update;
  if draft.published_at is not null then
    perform private.fail('409', 'version_frozen', 'a published version is never changed: make a new one');
  end if;
  perform private.require_revision(p_revision, draft.revision, jsonb_build_object('revision', draft.revision));
  return draft;
end
$$;
comment on function private.draft_of is 'A draft, locked for a change that began from p_revision: PT409 version_frozen or changed_meanwhile';

create function public.read_questionnaire(p_questionnaire uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.questionnaires := private.questionnaire_of(p_questionnaire);
begin
  return private.questionnaire_card(here) || jsonb_build_object(
    'points', (
      select count(*) from public.service_points as p
      join public.questionnaire_versions as v on v.id = p.version_id and v.questionnaire_id = here.id
      where p.is_active),
    'chosen_units', (select count(*) from public.units as u where u.questionnaire_id = here.id and u.valid_to is null));
end
$$;
comment on function public.read_questionnaire is 'One questionnaire with its versions and how many points ask it; for administrators of the organisation';
grant execute on function public.read_questionnaire(uuid) to authenticated;

create function public.read_version(p_version uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.questionnaire_versions := private.version_of(p_version);
  owner public.questionnaires;
begin
  select * into owner from public.questionnaires where id = here.questionnaire_id;
  return jsonb_build_object(
    'id', here.id, 'number', here.number, 'revision', here.revision, 'definition', here.definition, 'readers', here.readers,
    'published_on', to_char(here.published_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD'),
    'questionnaire', jsonb_build_object('id', owner.id, 'code', owner.code, 'names', owner.names),
    'before', (
      select jsonb_build_object('number', v.number, 'definition', v.definition)
      from public.questionnaire_versions as v
      where v.questionnaire_id = here.questionnaire_id and v.published_at is not null and v.number < here.number
      order by v.number desc limit 1),
    -- Codes that have a meaning already, with it: the editor offers others for new questions.
    'known_items', (
      select coalesce(jsonb_object_agg(k.code, k.zero), '{}') from (
        select distinct on (item ->> 'code') item ->> 'code' as code, item ->> 'zero' as zero
        from public.questionnaires as q
        join public.questionnaire_versions as v on v.questionnaire_id = q.id and v.published_at is not null
        cross join lateral jsonb_array_elements(v.definition -> 'items') as item
        where q.organisation_id = owner.organisation_id
        order by item ->> 'code') as k),
    'known_facts', (
      select coalesce(jsonb_object_agg(k.code, k.fact), '{}') from (
        select distinct on (fact ->> 'code') fact ->> 'code' as code, fact
        from public.questionnaires as q
        join public.questionnaire_versions as v on v.questionnaire_id = q.id and v.published_at is not null
        cross join lateral jsonb_array_elements(coalesce(v.definition -> 'facts', '[]')) as fact
        where q.organisation_id = owner.organisation_id and fact ->> 'code' ~ '^[PQ]'
        order by fact ->> 'code', v.published_at desc) as k),
    'points', (
      select count(*) from public.service_points as p
      join public.questionnaire_versions as v on v.id = p.version_id and v.questionnaire_id = owner.id where p.is_active));
end
$$;
comment on function public.read_version is
  'One version as the editor needs it, with the published one before it and the codes that the organisation has used; for administrators of the organisation';
grant execute on function public.read_version(uuid) to authenticated;

-- Writing --------------------------------------------------------------------------------------------------

create function private.require_names(p_names jsonb)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
  if not private.is_localised(p_names, 120) then
    perform private.fail('422', 'impossible_text', 'a name has 1 to 120 characters, in Vietnamese at least');
  end if;
end
$$;
comment on function private.require_names is 'PT422 impossible_text unless it is a name per language';

create function public.start_questionnaire(p_unit uuid, p_names jsonb, p_definition jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  named jsonb := private.unwrapped(p_names);
  definition jsonb := private.unwrapped(p_definition);
  wanted text := left(definition ->> 'form', 36);
  slug text := wanted;
  n integer := 1;
  made uuid;
  draft uuid;
begin
  perform private.require_author(house);
  perform private.require_names(named);
  perform private.require_definition(definition, house);
  perform from public.organisations where id = house for update;
  while exists (select from public.questionnaires as q where q.organisation_id = house and q.code = slug) loop
    n := n + 1;
    slug := wanted || '-' || n;
  end loop;
  insert into public.questionnaires (organisation_id, code, names) values (house, slug, named) returning id into made;
  insert into public.questionnaire_versions (questionnaire_id, number, definition)
  values (made, 1, definition || jsonb_build_object('form', slug)) returning id into draft;
  return jsonb_build_object('questionnaire_id', made, 'version_id', draft);
end
$$;
comment on function public.start_questionnaire is
  'A new questionnaire of the organisation of p_unit with its first draft; its code is that of the definition, numbered where taken';
grant execute on function public.start_questionnaire(uuid, jsonb, jsonb) to authenticated;

create function public.start_version(p_questionnaire uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.questionnaires := private.questionnaire_of(p_questionnaire);
  newest public.questionnaire_versions;
  draft uuid;
begin
  perform from public.questionnaires where id = here.id for update;
  select * into newest from public.questionnaire_versions where questionnaire_id = here.id order by number desc limit 1;
  if newest.published_at is null then
    return jsonb_build_object('version_id', newest.id);
  end if;
  insert into public.questionnaire_versions (questionnaire_id, number, definition, readers)
  values (here.id, newest.number + 1, newest.definition, newest.readers) returning id into draft;
  return jsonb_build_object('version_id', draft);
end
$$;
comment on function public.start_version is 'The draft of the next version, a copy of the last one; the one there is when there is one already';
grant execute on function public.start_version(uuid) to authenticated;

create function public.rename_questionnaire(p_questionnaire uuid, p_names jsonb, p_revision integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.questionnaires := private.questionnaire_of(p_questionnaire);
  named jsonb := private.unwrapped(p_names);
begin
  perform private.require_names(named);
  select * into here from public.questionnaires where id = p_questionnaire for update;
  perform private.require_revision(p_revision, here.revision, private.questionnaire_card(here));
  update public.questionnaires set names = named where id = here.id;
  return jsonb_build_object('revision', here.revision + 1);
end
$$;
comment on function public.rename_questionnaire is 'Another name for the same questionnaire: PT409 changed_meanwhile with the record as it is';
grant execute on function public.rename_questionnaire(uuid, jsonb, integer) to authenticated;

create function public.save_draft(p_version uuid, p_definition jsonb, p_revision integer, p_readers jsonb default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  draft public.questionnaire_versions := private.draft_of(p_version, p_revision);
  owner public.questionnaires;
  wanted jsonb;
  read_by jsonb := coalesce(private.unwrapped(p_readers), draft.readers);
begin
  select * into owner from public.questionnaires where id = draft.questionnaire_id;
  wanted := private.unwrapped(p_definition) || jsonb_build_object('form', owner.code);
  perform private.require_definition(wanted, owner.organisation_id);
  if exists (
    select from jsonb_each(case when jsonb_typeof(read_by) = 'object' then read_by else '{"": null}' end) as r (language, mark)
    where r.language not in ('zh', 'en') or not private.is_text(r.mark -> 'by', 120) or not private.is_text(r.mark -> 'on', 10)
  ) then
    perform private.fail('422', 'malformed', 'readers name a person and a day per language');
  end if;
  update public.questionnaire_versions set definition = wanted, readers = read_by where id = draft.id;
  -- Recordings that no version names any more.
  delete from private.item_audio as a
  where a.organisation_id = owner.organisation_id and not exists (
    select from public.questionnaires as q join public.questionnaire_versions as v on v.questionnaire_id = q.id
    where q.organisation_id = owner.organisation_id and strpos(v.definition::text, a.id::text) > 0);
  return jsonb_build_object('revision', draft.revision + 1);
end
$$;
comment on function public.save_draft is
  'Saves a draft that began from p_revision: PT422 impossible_definition, PT409 changed_meanwhile or version_frozen';
grant execute on function public.save_draft(uuid, jsonb, integer, jsonb) to authenticated;

create function public.discard_draft(p_version uuid, p_revision integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  draft public.questionnaire_versions := private.draft_of(p_version, p_revision);
begin
  delete from public.questionnaire_versions where id = draft.id;
  delete from public.questionnaires as q
  where q.id = draft.questionnaire_id
    and not exists (select from public.questionnaire_versions as v where v.questionnaire_id = q.id);
  return jsonb_build_object('questionnaire_id', (select q.id from public.questionnaires as q where q.id = draft.questionnaire_id));
end
$$;
comment on function public.discard_draft is 'Deletes a draft, and the questionnaire when nothing of it was ever published (questionnaire_id: null)';
grant execute on function public.discard_draft(uuid, integer) to authenticated;

create function public.publish_version(p_version uuid, p_revision integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  draft public.questionnaire_versions := private.draft_of(p_version, p_revision);
begin
  perform private.require_definition(draft.definition, (select q.organisation_id from public.questionnaires as q where q.id = draft.questionnaire_id));
  update public.questionnaire_versions set published_at = now() where id = draft.id;
  return jsonb_build_object('points', (select count(*) from public.service_points as p where p.version_id = draft.id and p.is_active));
end
$$;
comment on function public.publish_version is
  'Freezes a draft; where its questionnaire is in force it is asked from now on. points: how many';
grant execute on function public.publish_version(uuid, integer) to authenticated;

create function public.set_in_force(p_unit uuid, p_point uuid, p_questionnaire uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  at_unit uuid := p_unit;
begin
  if (p_unit is null) = (p_point is null) then
    perform private.fail('422', 'malformed', 'either a unit or a point');
  end if;
  if p_point is not null then
    select p.unit_id into at_unit from public.service_points as p where p.id = p_point;
  end if;
  perform private.require_role(at_unit, array['administrator']);
  if p_point is null then
    update public.units set questionnaire_id = p_questionnaire where id = p_unit and questionnaire_id is distinct from p_questionnaire;
    if p_questionnaire is null and private.questionnaire_in_force(p_unit) is null then
      perform private.fail('422', 'no_questionnaire', 'nothing above this unit has chosen a questionnaire');
    end if;
  else
    update public.service_points set questionnaire_id = p_questionnaire where id = p_point and questionnaire_id is distinct from p_questionnaire;
  end if;
  return jsonb_build_object('in_force', coalesce(
    (select v.questionnaire_id from public.service_points as p join public.questionnaire_versions as v on v.id = p.version_id where p.id = p_point),
    private.questionnaire_in_force(at_unit)));
end
$$;
comment on function public.set_in_force is
  'Chooses a questionnaire for a unit and all below it, or for one point; null inherits again. PT422 no_questionnaire, questionnaire_unpublished; PT404 unknown_questionnaire';
grant execute on function public.set_in_force(uuid, uuid, uuid) to authenticated;

create function public.read_in_force(p_unit uuid, p_search text default null, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := nullif(private.folded(btrim(p_search)), '');
  here public.units;
begin
  perform private.require_role(p_unit, array['administrator']);
  select * into here from public.units where id = p_unit;
  return (
    with recursive upward as (
      select u.id, u.parent_id, u.names, u.questionnaire_id, 0 as step from public.units as u where u.id = p_unit
      union all
      select u.id, u.parent_id, u.names, u.questionnaire_id, upward.step + 1
      from upward join public.units as u on u.id = upward.parent_id
    ),
    below as materialized (
      select t.descendant_id as unit_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null
    ),
    units_found as (
      select u.id, u.names, u.questionnaire_id, u.sort from public.units as u
      where u.valid_to is null and u.id <> p_unit and case
        when wanted is null then u.parent_id = p_unit
        else u.id in (select unit_id from below) and strpos(private.folded(u.names ->> 'vi'), wanted) > 0 end
    ),
    points_found as (
      select p.id, p.labels, p.questionnaire_id, p.version_id, p.unit_id, u.names as unit_names
      from public.service_points as p join public.units as u on u.id = p.unit_id
      where p.is_active and case
        when wanted is null then p.unit_id = p_unit
        else p.unit_id in (select unit_id from below) and strpos(private.folded(p.labels ->> 'vi'), wanted) > 0 end
    )
    select jsonb_build_object(
      'unit', jsonb_build_object('id', here.id, 'names', here.names),
      'own', here.questionnaire_id,
      'in_force', private.questionnaire_in_force(here.id),
      'from', (select jsonb_build_object('id', w.id, 'names', w.names) from upward as w where w.questionnaire_id is not null order by w.step limit 1),
      'path', (
        select coalesce(jsonb_agg(jsonb_build_object('id', w.id, 'names', w.names) order by w.step desc), '[]')
        from upward as w where w.step > 0 and private.has_role(w.id, array['administrator'])),
      'questionnaires', (
        select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'names', q.names, 'number', v.number) order by q.names ->> 'vi'), '[]')
        from public.questionnaires as q join public.questionnaire_versions as v on v.id = private.newest_version(q.id)
        where q.organisation_id = here.organisation_id),
      'units_total', (select count(*) from units_found),
      'units', (
        select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'names', s.names, 'own', s.questionnaire_id,
          'in_force', private.questionnaire_in_force(s.id)) order by s.sort, s.names ->> 'vi'), '[]')
        from (select * from units_found order by sort, names ->> 'vi' offset greatest(p_offset, 0) limit 50) as s),
      'points_total', (select count(*) from points_found),
      'points', (
        select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'labels', s.labels, 'unit', s.unit_names, 'own', s.questionnaire_id,
          'in_force', v.questionnaire_id) order by s.labels ->> 'vi'), '[]')
        from (select * from points_found order by labels ->> 'vi', id offset greatest(p_offset, 0) limit 50) as s
        join public.questionnaire_versions as v on v.id = s.version_id)));
end
$$;
comment on function public.read_in_force is
  'Which questionnaire p_unit asks and where that comes from, with the units and points under it (or found in its subtree), fifty at once';
grant execute on function public.read_in_force(uuid, text, integer) to authenticated;

-- Recordings -----------------------------------------------------------------------------------------------

create function public.put_item_audio(p_version uuid, p_item text, p_language text, p_content text, p_revision integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  draft public.questionnaire_versions := private.draft_of(p_version, p_revision);
  house uuid := (select q.organisation_id from public.questionnaires as q where q.id = draft.questionnaire_id);
  sound bytea;
  kind text;
  made uuid;
  place integer := (
    select n - 1 from jsonb_array_elements(draft.definition -> 'items') with ordinality as e (item, n) where item ->> 'code' = p_item);
begin
  if place is null or p_language is null or p_language not in ('vi', 'zh', 'en') then
    perform private.fail('422', 'malformed', 'this version has no such question');
  end if;
  if p_content is not null then
    sound := decode(p_content, 'base64');
    if octet_length(sound) > 204800 then
      perform private.fail('413', 'audio_too_large', 'a recording has 200 KB at most');
    end if;
    -- By what it is, not by what it is called: Opus in Ogg, MP3, M4A.
    kind := case
      when substring(sound from 1 for 4) = '\x4f676753' then 'audio/ogg'
      when substring(sound from 1 for 3) = '\x494433'
        or (octet_length(sound) > 2 and get_byte(sound, 0) = 255 and get_byte(sound, 1) in (243, 250, 251, 242)) then 'audio/mpeg'
      when substring(sound from 5 for 4) = '\x66747970' then 'audio/mp4' end;
    if kind is null then
      perform private.fail('422', 'audio_unknown', 'a recording is Opus in Ogg, MP3 or M4A');
    end if;
    insert into private.item_audio (organisation_id, media_type, content) values (house, kind, sound) returning id into made;
  end if;
  return public.save_draft(p_version, jsonb_set(draft.definition, array['items', place::text, 'audio', p_language],
    coalesce(to_jsonb('/audio/' || made), 'null')), p_revision) || jsonb_build_object('address', '/audio/' || made);
exception
  when data_exception then
    perform private.fail('422', 'audio_unknown', 'a recording is Opus in Ogg, MP3 or M4A');
    return null;
end
$$;
comment on function public.put_item_audio is
  'A recording (base64) for an item of a draft in one language, or null to take it out: PT413 audio_too_large, PT422 audio_unknown';
grant execute on function public.put_item_audio(uuid, text, text, text, integer) to authenticated;

create function public.item_audio(p_audio uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  spoken private.item_audio;
begin
  select * into spoken from private.item_audio where id = p_audio;
  if not found then
    perform private.fail('404', 'unknown_audio', 'there is no such recording');
  end if;
  return jsonb_build_object('media_type', spoken.media_type, 'content', translate(encode(spoken.content, 'base64'), E'\n', ''));
end
$$;
comment on function public.item_audio is
  'A recording of a question by its random id, which only its questionnaire names: PT404 unknown_audio. Open to anon on purpose: citizens play it';
grant execute on function public.item_audio(uuid) to anon, authenticated, service_role;

create function private.audit_draft_gone()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.audit_write(
    (select q.organisation_id from public.questionnaires as q where q.id = old.questionnaire_id), null,
    'delete', tg_table_name, old.id::text, jsonb_build_object('number', old.number));
  return null;
end
$$;
comment on function private.audit_draft_gone is 'Trigger: a draft that is thrown away leaves a line in the log';
create trigger questionnaire_versions_audit_delete after delete on public.questionnaire_versions
  for each row execute function private.audit_draft_gone();
