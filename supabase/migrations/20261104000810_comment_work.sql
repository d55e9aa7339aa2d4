-- What is done with comments: tags, the themes of a month, "Việc cần sửa" and "Chúng tôi đã làm".

create function public.tag_comment(p_comment uuid, p_tags jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  c private.comments := private.readable_comment(p_comment, array['officer', 'analyst', 'leader']);
  wanted uuid[];
  changed jsonb;
begin
  wanted := array(
    select g.id from private.tags as g
    where g.organisation_id = c.organisation_id
      and g.id in (select e::uuid from jsonb_array_elements_text(private.unwrapped(p_tags) -> 'items') as e));
  with gone as (
    delete from private.comment_tags where comment_id = p_comment and tag_id <> all (wanted) returning tag_id
  ), added as (
    insert into private.comment_tags (comment_id, tag_id) select p_comment, w from unnest(wanted) as w
    on conflict do nothing returning tag_id
  )
  select jsonb_strip_nulls(jsonb_build_object(
    'added', (select jsonb_agg(g.name) from added as a join private.tags as g on g.id = a.tag_id),
    'removed', (select jsonb_agg(g.name) from gone as a join private.tags as g on g.id = a.tag_id)))
  into changed;
  if changed <> '{}' then
    perform private.audit_write(c.organisation_id, c.unit_id, 'tag', 'comments', c.id::text, changed);
  end if;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'p_tags must be {"items": [ids]}');
end
$$;
comment on function public.tag_comment is 'Gives a comment exactly these tags of its organisation';
grant execute on function public.tag_comment(uuid, jsonb) to authenticated;

create function public.list_tags(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name, 'revision', g.revision,
      'used', exists (select from private.comment_tags as t where t.tag_id = g.id)) order by g.name)
    from private.tags as g
    where g.organisation_id = (select u.organisation_id from public.units as u where u.id = p_unit)), '[]');
end
$$;
comment on function public.list_tags is 'The tags of the organisation that p_unit belongs to';
grant execute on function public.list_tags(uuid) to authenticated;

create function public.put_tag(p_unit uuid, p_name text, p_tag uuid default null, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  kept private.tags;
  plain text := btrim(regexp_replace(p_name, '\s+', ' ', 'g'));
  made uuid;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  if coalesce(char_length(plain), 0) not between 1 and 40 then
    perform private.fail('422', 'impossible_name', 'a tag has 1 to 40 characters');
  end if;
  if exists (select from private.tags as g where g.organisation_id = house and g.folded = private.folded(plain) and g.id is distinct from p_tag) then
    perform private.fail('409', 'tag_exists', 'there is a tag of this name');
  end if;
  if p_tag is null then
    insert into private.tags (organisation_id, name) values (house, plain) returning id into made;
    return made;
  end if;
  select * into kept from private.tags where id = p_tag and organisation_id = house for update;
  if not found then
    perform private.fail('404', 'unknown_tag', 'there is no such tag');
  end if;
  perform private.require_revision(p_seen, kept.revision, jsonb_build_object('name', kept.name, 'revision', kept.revision));
  update private.tags set name = plain where id = p_tag;
  return p_tag;
exception
  when unique_violation then
    perform private.fail('409', 'tag_exists', 'there is a tag of this name');
end
$$;
comment on function public.put_tag is 'Adds a tag to the organisation''s list or renames one; PT409 tag_exists where only diacritics or case differ';
grant execute on function public.put_tag(uuid, text, uuid, integer) to authenticated;

create function public.delete_tag(p_unit uuid, p_tag uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['leader']);
  delete from private.tags as g where g.id = p_tag and g.organisation_id = (select u.organisation_id from public.units as u where u.id = p_unit);
  if not found then
    perform private.fail('404', 'unknown_tag', 'there is no such tag');
  end if;
end
$$;
comment on function public.delete_tag is 'Removes a tag from the list and from all comments; a leader only';
grant execute on function public.delete_tag(uuid, uuid) to authenticated;

create function public.comment_themes(p_unit uuid, p_month text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  of_month date;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  -- A month that has just begun says little: the newest of which something can be said.
  of_month := coalesce((p_month || '-01')::date, (select max(t.month) from private.comment_terms as t where t.unit_id = p_unit and t.month in (select private.comment_months(p_unit))),
    (select max(m) from private.comment_months(p_unit) as m));
  return (
    with said as materialized (
      select c.id, c.theme from private.comments as c
      join public.unit_tree as t on t.descendant_id = c.unit_id and t.ancestor_id = p_unit and t.valid_to is null
      where c.shelf = of_month
    )
    select jsonb_build_object(
      'month', to_char(of_month, 'YYYY-MM'),
      'comments', (select count(*) from said),
      'themes', coalesce((
        select jsonb_agg(jsonb_build_object('theme', s.theme, 'comments', s.n) order by s.n desc, s.theme)
        from (select theme, count(*) as n from said group by 1 having count(*) >= 5) as s), '[]'),
      'tags', coalesce((
        select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'comments', s.n) order by s.n desc, s.name)
        from (
          select g.id, g.name, count(*) as n from said
          join private.comment_tags as t on t.comment_id = said.id join private.tags as g on g.id = t.tag_id
          group by 1, 2 having count(*) >= 5
        ) as s), '[]'),
      'terms', coalesce((
        select jsonb_agg(jsonb_build_object('term', s.shown, 'comments', s.comments) order by s.comments desc, s.shown)
        from (select t.shown, t.comments from private.comment_terms as t where t.unit_id = p_unit and t.month = of_month
              -- "thời gian" says nothing beside "thời gian chờ".
              and not exists (
                select from private.comment_terms as more
                where more.unit_id = p_unit and more.month = of_month and more.term <> t.term
                  and strpos(more.term, t.term) > 0 and more.comments >= 0.8 * t.comments)
              order by t.comments desc, t.shown limit 20) as s), '[]')));
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a month is written as 2026-11');
end
$$;
comment on function public.comment_themes is
  'What the comments of a month (default: the newest of which something can be said) are about: themes, tags and phrases that at least five of them share';
grant execute on function public.comment_themes(uuid, text) to authenticated;

-- Notes -------------------------------------------------------------------------------------------------------

create table private.improvements (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  title text not null check (char_length(title) between 1 and 120),
  what text not null default '' check (char_length(what) <= 2000),
  owner_id uuid references public.people (id) on delete set null,
  due_on date,
  state text not null default 'open' check (state in ('open', 'doing', 'done', 'dropped')),
  subject text check (subject ~ '^([A-ES]|[A-ES][0-9]{1,2})$'),
  comment_ids uuid[] not null default '{}',
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
comment on table private.improvements is 'Việc cần sửa: what is to be mended, who sees to it and until when; may name comments, a dimension or an item';
create index improvements_unit_id_idx on private.improvements (unit_id, state);
create index improvements_organisation_id_idx on private.improvements (organisation_id);
create index improvements_owner_id_idx on private.improvements (owner_id);
alter table private.improvements enable row level security;
revoke all on private.improvements from public, anon, authenticated;
grant select on private.improvements to service_role;
create trigger improvements_revision before update on private.improvements for each row execute function private.next_revision();
create trigger improvements_audit after insert or update or delete on private.improvements
  for each row execute function private.audit('unit_id', 'title', 'what');

create table private.done_notes (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  improvement_id uuid references private.improvements (id) on delete set null,
  text text not null check (char_length(text) between 1 and 500),
  done_on date not null,
  subject text check (subject ~ '^([A-ES]|[A-ES][0-9]{1,2})$'),
  published_at timestamptz,
  published_by uuid references public.people (id) on delete set null,
  created_at timestamptz not null default now(),
  revision integer not null default 1
);
comment on table private.done_notes is 'Chúng tôi đã làm: what was mended; everybody reads it once a leader has published it';
create index done_notes_unit_id_idx on private.done_notes (unit_id, done_on desc);
create index done_notes_organisation_id_idx on private.done_notes (organisation_id);
create index done_notes_improvement_id_idx on private.done_notes (improvement_id);
create index done_notes_published_by_idx on private.done_notes (published_by);
alter table private.done_notes enable row level security;
revoke all on private.done_notes from public, anon, authenticated;
grant select on private.done_notes to service_role;
create trigger done_notes_revision before update on private.done_notes for each row execute function private.next_revision();
create trigger done_notes_audit after insert or update or delete on private.done_notes
  for each row execute function private.audit('unit_id');

create function private.improvement_card(i private.improvements)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('id', i.id, 'title', i.title, 'what', i.what, 'due_on', i.due_on, 'state', i.state, 'subject', i.subject,
    'revision', i.revision, 'is_late', i.due_on < private.today() and i.state in ('open', 'doing'),
    'owner', (select jsonb_build_object('id', p.id, 'name', p.name) from public.people as p where p.id = i.owner_id),
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = i.unit_id),
    'comments', (select coalesce(jsonb_agg(c.id), '[]') from private.comments as c where c.id = any (i.comment_ids)))
$$;
comment on function private.improvement_card is 'A "Việc cần sửa" as its page shows it';

create function private.done_card(d private.done_notes)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('id', d.id, 'text', d.text, 'done_on', d.done_on, 'subject', d.subject, 'revision', d.revision,
    'improvement_id', d.improvement_id, 'published', d.published_at is not null,
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = d.unit_id))
$$;
comment on function private.done_card is 'A "Chúng tôi đã làm" as its page shows it';

create function public.list_notes(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  return jsonb_build_object(
    'improvements', coalesce((
      select jsonb_agg(private.improvement_card(i) order by i.state in ('done', 'dropped'), i.due_on nulls last, i.created_at)
      from private.improvements as i
      where i.id in (
        select n.id from private.improvements as n
        join public.unit_tree as t on t.descendant_id = n.unit_id and t.ancestor_id = p_unit and t.valid_to is null
        order by n.state in ('done', 'dropped'), n.created_at desc limit 200)), '[]'),
    'done', coalesce((
      select jsonb_agg(private.done_card(d) order by d.done_on desc, d.created_at desc)
      from private.done_notes as d
      where d.id in (
        select n.id from private.done_notes as n
        join public.unit_tree as t on t.descendant_id = n.unit_id and t.ancestor_id = p_unit and t.valid_to is null
        order by n.done_on desc limit 200)), '[]'));
end
$$;
comment on function public.list_notes is 'The notes of a subtree: what is to be mended (open ones first, by date) and what was done';
grant execute on function public.list_notes(uuid) to authenticated;

create function public.note_choices(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  return jsonb_build_object(
    'units', private.unit_choices(p_unit),
    -- Whoever reads comments somewhere above or in the subtree can see to something there.
    'owners', coalesce((
      select jsonb_agg(jsonb_build_object('id', o.id, 'name', o.name) order by o.name)
      from (
        select distinct p.id, p.name from public.members as m
        join public.people as p on p.id = m.person_id
        where m.ended_at is null and m.role in ('officer', 'analyst', 'leader')
          and m.unit_id in (
            select t.descendant_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null
            union select t.ancestor_id from public.unit_tree as t where t.descendant_id = p_unit and t.valid_to is null)
        limit 500
      ) as o), '[]'));
end
$$;
comment on function public.note_choices is 'Units and colleagues that a note of a subtree can name';
grant execute on function public.note_choices(uuid) to authenticated;

create function private.note_subject(p_subject text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_subject !~ '^([A-ES]|[A-ES][0-9]{1,2})$' then
    perform private.fail('422', 'malformed', 'this is no dimension or item');
  end if;
  return p_subject;
end
$$;
comment on function private.note_subject is 'A dimension or item that a note is about, or PT422 malformed';

create function public.put_improvement(p_unit uuid, p_values jsonb, p_note uuid default null, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_values);
  kept private.improvements;
  wanted_owner uuid := nullif(given ->> 'owner', '')::uuid;
  made uuid;
begin
  perform private.require_role(p_unit, array['officer', 'leader']);
  if coalesce(char_length(btrim(given ->> 'title')), 0) not between 1 and 120 or char_length(given ->> 'what') > 2000 then
    perform private.fail('422', 'impossible_text', 'a title of 1 to 120 characters, and at most 2,000 below it');
  end if;
  if given ->> 'state' not in ('open', 'doing', 'done', 'dropped') then
    perform private.fail('422', 'malformed', 'this is no state of a note');
  end if;
  if wanted_owner is not null and not exists (
    select from public.members as m where m.person_id = wanted_owner and m.ended_at is null and m.role in ('officer', 'analyst', 'leader')
      and m.organisation_id = (select u.organisation_id from public.units as u where u.id = p_unit)
      and (exists (select from public.unit_tree as t where t.ancestor_id = m.unit_id and t.descendant_id = p_unit and t.valid_to is null)
        or exists (select from public.unit_tree as t where t.ancestor_id = p_unit and t.descendant_id = m.unit_id and t.valid_to is null))) then
    perform private.fail('422', 'unknown_owner', 'this person is no member of the unit');
  end if;
  if p_note is null then
    insert into private.improvements (organisation_id, unit_id, title, what, owner_id, due_on, state, subject, comment_ids)
    select u.organisation_id, u.id, btrim(given ->> 'title'), coalesce(btrim(given ->> 'what'), ''), wanted_owner,
      nullif(given ->> 'due_on', '')::date, coalesce(given ->> 'state', 'open'), private.note_subject(nullif(given ->> 'subject', '')),
      -- Only comments that the caller may read.
      array(select c.id from private.comments as c
            where c.id in (select e::uuid from jsonb_array_elements_text(coalesce(given -> 'comments', '[]')) as e limit 20)
              and private.has_role(c.unit_id, array['officer', 'analyst', 'leader']))
    from public.units as u where u.id = p_unit
    returning id into made;
    return made;
  end if;
  select * into kept from private.improvements where id = p_note for update;
  if not found then
    perform private.fail('404', 'unknown_note', 'there is no such note');
  end if;
  perform private.require_role(kept.unit_id, array['officer', 'leader']);
  perform private.require_revision(p_seen, kept.revision, private.improvement_card(kept));
  update private.improvements set unit_id = p_unit, title = btrim(given ->> 'title'), what = coalesce(btrim(given ->> 'what'), ''),
    owner_id = wanted_owner, due_on = nullif(given ->> 'due_on', '')::date, state = coalesce(given ->> 'state', kept.state),
    subject = private.note_subject(nullif(given ->> 'subject', ''))
  where id = p_note;
  return p_note;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this note has the wrong form');
end
$$;
comment on function public.put_improvement is
  'Adds or changes a "Việc cần sửa": {title, what, owner, due_on, state, subject, comments}; an officer or leader of its unit';
grant execute on function public.put_improvement(uuid, jsonb, uuid, integer) to authenticated;

create function public.read_improvement(p_note uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  kept private.improvements;
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  select * into kept from private.improvements where id = p_note;
  if not found then
    perform private.fail('404', 'unknown_note', 'there is no such note');
  end if;
  perform private.require_role(kept.unit_id, array['officer', 'analyst', 'leader']);
  return private.improvement_card(kept);
end
$$;
comment on function public.read_improvement is 'One "Việc cần sửa"';
grant execute on function public.read_improvement(uuid) to authenticated;

create function public.put_done_note(p_unit uuid, p_values jsonb, p_note uuid default null, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_values);
  kept private.done_notes;
  wanted_day date := nullif(given ->> 'done_on', '')::date;
  made uuid;
begin
  perform private.require_role(p_unit, array['officer', 'leader']);
  if coalesce(char_length(btrim(given ->> 'text')), 0) not between 1 and 500 then
    perform private.fail('422', 'impossible_text', 'a note has 1 to 500 characters');
  end if;
  if wanted_day is null or wanted_day > private.today() then
    perform private.fail('422', 'impossible_date', 'what was done has a day that is not in the future');
  end if;
  if p_note is null then
    insert into private.done_notes (organisation_id, unit_id, text, done_on, subject, improvement_id)
    select u.organisation_id, u.id, btrim(given ->> 'text'), wanted_day, private.note_subject(nullif(given ->> 'subject', '')),
      (select i.id from private.improvements as i
       where i.id = nullif(given ->> 'improvement', '')::uuid and private.has_role(i.unit_id, array['officer', 'leader']))
    from public.units as u where u.id = p_unit
    returning id into made;
    return made;
  end if;
  select * into kept from private.done_notes where id = p_note for update;
  if not found then
    perform private.fail('404', 'unknown_note', 'there is no such note');
  end if;
  perform private.require_role(kept.unit_id, array['officer', 'leader']);
  perform private.require_revision(p_seen, kept.revision, private.done_card(kept));
  -- What is public was approved as it stands: a changed text waits for a leader again.
  update private.done_notes set unit_id = p_unit, text = btrim(given ->> 'text'), done_on = wanted_day,
    subject = private.note_subject(nullif(given ->> 'subject', '')), published_at = null, published_by = null
  where id = p_note;
  return p_note;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this note has the wrong form');
end
$$;
comment on function public.put_done_note is
  'Adds or changes a "Chúng tôi đã làm": {text, done_on, subject, improvement}; an officer or leader of its unit. A changed one is public again only when a leader publishes it';
grant execute on function public.put_done_note(uuid, jsonb, uuid, integer) to authenticated;

create function public.read_done_note(p_note uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  kept private.done_notes;
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  select * into kept from private.done_notes where id = p_note;
  if not found then
    perform private.fail('404', 'unknown_note', 'there is no such note');
  end if;
  perform private.require_role(kept.unit_id, array['officer', 'analyst', 'leader']);
  return private.done_card(kept) || jsonb_build_object('may_publish', private.has_role(kept.unit_id, array['leader']));
end
$$;
comment on function public.read_done_note is 'One "Chúng tôi đã làm" and whether the caller may publish it';
grant execute on function public.read_done_note(uuid) to authenticated;

create function public.publish_done_note(p_note uuid, p_seen integer, p_published boolean default true)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept private.done_notes;
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  select * into kept from private.done_notes where id = p_note for update;
  if not found then
    perform private.fail('404', 'unknown_note', 'there is no such note');
  end if;
  perform private.require_role(kept.unit_id, array['leader']);
  perform private.require_revision(p_seen, kept.revision, private.done_card(kept));
  update private.done_notes set published_at = case when p_published then now() end, published_by = case when p_published then private.me() end
  where id = p_note;
end
$$;
comment on function public.publish_done_note is 'Shows a "Chúng tôi đã làm" to everybody as the leader has just read it, or takes it back';
grant execute on function public.publish_done_note(uuid, integer, boolean) to authenticated;

create function public.public_notes(p_unit uuid, p_from text default null, p_to text default null)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('text', d.text, 'done_on', d.done_on, 'subject', d.subject) order by d.done_on desc, d.id), '[]')
  from (
    select n.* from private.done_notes as n
    join public.unit_tree as t on t.descendant_id = n.unit_id and t.ancestor_id = p_unit and t.valid_to is null
    where n.published_at is not null and n.done_on between coalesce(private.checked_day(p_from, 'from'), '-infinity') and coalesce(private.checked_day(p_to, 'to'), 'infinity')
    order by n.done_on desc, n.id limit 20
  ) as d
$$;
comment on function public.public_notes is '"Chúng tôi đã làm": the twenty newest published notes of a unit and all below it, or those done between two days';
grant execute on function public.public_notes(uuid, text, text) to anon, authenticated;
