-- Comments as they are read: masked by the worker after their release, filed in blocks of at least five, found without
-- diacritics. The words as they were written stay in response_comments; nobody reads those but by unmask_comment().
--
-- What may be filtered by. Everything that a filter selects by is either in the text that the reader sees anyway
-- (theme, tag, words, read or not) or one of three things that are not: unit, month, level. These three are given to a
-- comment only together with at least four others of its unit ("filing"): the month when five of a unit have gathered,
-- the level when five of a unit and month share it and the rest is none or at least five. Every filter is therefore a
-- union of blocks of at least five, and no two of them, nor the whole list, can be subtracted down to fewer.

create function private.search_text(p_text text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$
  select ' ' || btrim(regexp_replace(
    -- A Chinese sign is a word of its own.
    regexp_replace(private.folded(regexp_replace(p_text, '⟦[a-z]+⟧', ' ', 'g')), '([\u4e00-\u9fff])', ' \1 ', 'g'),
    '[\s[:punct:]，。！？；：、“”‘’（）《》…–—·]+', ' ', 'g')) || ' '
$$;
comment on function private.search_text is
  'A text as the search in comments sees it: folded syllables between single spaces, one in front and one behind; what was masked is no word';

-- plpgsql keeps its plan: the index calls this for every comment.
create function private.search_tokens(p_search_text text)
returns text[]
language plpgsql
immutable
parallel safe
set search_path = ''
as $$
declare
  words text[] := string_to_array(nullif(btrim(p_search_text), ''), ' ');
begin
  return coalesce(words || array(select words[i] || ' ' || words[i + 1] from generate_series(1, cardinality(words) - 1) as i), '{}');
end
$$;
comment on function private.search_tokens is
  'The syllables of a search text and each with the next: what its index holds. Words of two syllables are then looked up as one';

create function private.shelf_mark(p_shelf date, p_digit text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$ select '~' || case when p_shelf < 'infinity' then (p_shelf - date '2000-01-01')::text else '' end || p_digit $$;
comment on function private.shelf_mark is
  'A month (or the shelf of what waits) as a token beside the words; with the first digit of the id, a sixteenth of it in the order of the list';

create function private.index_tokens(p_search_text text, p_shelf date, p_id uuid)
returns text[]
language sql
immutable
parallel safe
set search_path = ''
as $$
  select private.search_tokens(p_search_text)
    || array[private.shelf_mark(p_shelf, ''), private.shelf_mark(p_shelf, '-' || left(p_id::text, 1))]
$$;
comment on function private.index_tokens is
  'What the index of comments holds of one: its words, its month and its sixteenth of the month, so that the first page of a word of middling frequency is found without fetching all that have it';

create table private.comments (
  id uuid primary key default gen_random_uuid(),
  response_id uuid not null unique references public.response_comments (response_id) on delete cascade,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  released_month date not null,
  band smallint not null check (band between 0 and 3),
  masked text not null,
  folded text not null generated always as (private.search_text(masked)) stored,
  is_insulting boolean not null,
  theme text not null check (theme in (
    'waiting', 'papers', 'attitude', 'skill', 'openness', 'promptness', 'facilities', 'online', 'replies', 'praise', 'other')),
  phrases text[] not null default '{}',
  rules smallint not null,
  shelf date not null default 'infinity',
  known_band smallint check (known_band between 0 and 3)
);
comment on table private.comments is
  'Released comments as members read them: masked text under an id of its own. Its random id is the order within a month';
comment on column private.comments.band is 'S0 of the response: 1 levels 1–2, 2 level 3, 3 levels 4–5, 0 not rated; read by file_comments() only';
comment on column private.comments.shelf is 'The month under which it is filed with at least four others of its unit; infinity while it waits for them';
comment on column private.comments.known_band is 'The band once at least five of its unit and month share it and the rest is none or at least five';
comment on column private.comments.phrases is 'What it says in two or three syllables, "folded|as written"; counted over at least five comments';
comment on column private.comments.rules is 'The version of the masking rules that made it (src/lib/feedback/comments/masking.ts)';
create index comments_of_organisation_idx on private.comments (organisation_id, shelf desc, id desc);
create index comments_of_unit_idx on private.comments (unit_id, shelf desc, id desc);
create index comments_unfiled_idx on private.comments (unit_id, released_month) where shelf = 'infinity';
create index comments_rules_idx on private.comments (rules);
create index comments_words_idx on private.comments using gin (private.index_tokens(folded, shelf, id)) with (fastupdate = off);
alter table private.comments enable row level security;
revoke all on private.comments from public, anon, authenticated;
grant select on private.comments to service_role;
create index response_comments_unmasked_idx on public.response_comments (response_id) where released_month is not null and state = 'unread';

create table private.comment_terms (
  unit_id uuid not null references public.units (id) on delete cascade,
  month date not null,
  term text not null,
  shown text not null,
  comments integer not null check (comments >= 5),
  primary key (unit_id, month, term)
);
comment on table private.comment_terms is
  'What the comments of a unit with all below it say in a month: phrases that at least five of them hold, counted by the worker';
alter table private.comment_terms enable row level security;
revoke all on private.comment_terms from public, anon, authenticated;
grant select on private.comment_terms to service_role;

create table private.tags (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 40),
  folded text not null generated always as (private.folded(name)) stored,
  revision integer not null default 1,
  unique (organisation_id, folded)
);
comment on table private.tags is 'Nhãn: the organisation''s own list; two names that differ in diacritics only are one';
alter table private.tags enable row level security;
revoke all on private.tags from public, anon, authenticated;
grant select on private.tags to service_role;
create trigger tags_revision before update on private.tags for each row execute function private.next_revision();
create trigger tags_audit after insert or update or delete on private.tags for each row execute function private.audit('');

create table private.comment_tags (
  comment_id uuid not null references private.comments (id) on delete cascade,
  tag_id uuid not null references private.tags (id) on delete cascade,
  primary key (comment_id, tag_id)
);
comment on table private.comment_tags is 'Which comment carries which tag';
create index comment_tags_tag_id_idx on private.comment_tags (tag_id);
alter table private.comment_tags enable row level security;
revoke all on private.comment_tags from public, anon, authenticated;
grant select on private.comment_tags to service_role;

create table private.comment_reads (
  person_id uuid not null references public.people (id) on delete cascade,
  comment_id uuid not null references private.comments (id) on delete cascade,
  primary key (person_id, comment_id)
);
comment on table private.comment_reads is 'What a person has marked as read; nobody else sees it';
create index comment_reads_comment_id_idx on private.comment_reads (comment_id);
alter table private.comment_reads enable row level security;
revoke all on private.comment_reads from public, anon, authenticated;
grant select on private.comment_reads to service_role;

-- Masking: the worker's part -------------------------------------------------------------------------------

create function private.ask_for_masking()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (select from fresh where released_month is not null and state = 'unread')
    and not exists (select from public.jobs where kind = 'mask_comments' and state = 'waiting') then
    insert into public.jobs (kind) values ('mask_comments');
  end if;
  return null;
end
$$;
create trigger response_comments_are_masked after update on public.response_comments
  referencing new table as fresh for each statement execute function private.ask_for_masking();

create function public.comments_to_mask(p_rules integer, p_limit integer default 500)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  with wanted as (
    (select c.response_id, c.body from public.response_comments as c
     where c.released_month is not null and c.state = 'unread' order by c.response_id limit p_limit)
    union all
    (select c.response_id, c.body from private.comments as old join public.response_comments as c on c.response_id = old.response_id
     where old.rules < p_rules limit p_limit)
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', w.response_id, 'body', w.body)), '[]')
  from (select * from wanted limit p_limit) as w
$$;
comment on function public.comments_to_mask is 'Released comments that nobody can read yet, or that older rules have masked; the worker only';
grant execute on function public.comments_to_mask(integer, integer) to service_role;

create function public.keep_masked_comments(p_rules integer, batch jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  items jsonb := private.unwrapped(batch) -> 'items';
  kept integer;
begin
  insert into private.comments as c (response_id, organisation_id, unit_id, released_month, band, masked, is_insulting, theme, phrases, rules)
  select r.id, s.organisation_id, s.receiving_unit_id, said.released_month,
    case when overall.rating between 1 and 2 then 1 when overall.rating = 3 then 2 when overall.rating between 4 and 5 then 3 else 0 end,
    i.masked, i.insulting, i.theme, i.phrases, p_rules
  from jsonb_to_recordset(items) as i (id uuid, masked text, insulting boolean, theme text, phrases text[])
  join public.response_comments as said on said.response_id = i.id and said.released_month is not null
  join public.responses as r on r.id = i.id
  join private.strata as s on s.id = r.stratum_id
  left join private.version_items as s0 on s0.version_id = s.version_id and s0.code = 'S0'
  cross join lateral (select r.ratings[s0.position] as rating) as overall
  order by r.id
  on conflict (response_id) do update set
    masked = excluded.masked, is_insulting = excluded.is_insulting, theme = excluded.theme, phrases = excluded.phrases, rules = excluded.rules;
  get diagnostics kept = row_count;
  update public.response_comments as said
  set state = case when i.insulting then 'collapsed' when i.masked ~ '⟦[a-z]+⟧' then 'masked' else 'shown' end
  from jsonb_to_recordset(items) as i (id uuid, masked text, insulting boolean)
  where said.response_id = i.id and said.released_month is not null;
  return kept;
end
$$;
comment on function public.keep_masked_comments is
  'Keeps {"items": [{id, masked, insulting, theme, phrases}]} as members will read them; the same batch twice does no harm. The worker only';
grant execute on function public.keep_masked_comments(integer, jsonb) to service_role;

create function private.give_bands(p_unit uuid, p_shelf date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  chosen smallint[];
  rest bigint;
begin
  with waiting as (
    select c.band, count(*) as n from private.comments as c
    where c.unit_id = p_unit and c.shelf = p_shelf and c.known_band is null group by c.band
  )
  select array_agg(w.band order by w.n desc, w.band) filter (where w.n >= 5), coalesce(sum(w.n) filter (where w.n < 5), 0)
  into chosen, rest from waiting as w;
  -- What is left without a band must be nobody or at least five: otherwise the smallest band stays back with it.
  while rest between 1 and 4 and cardinality(chosen) > 0 loop
    rest := rest + (select count(*) from private.comments as c
      where c.unit_id = p_unit and c.shelf = p_shelf and c.known_band is null and c.band = chosen[cardinality(chosen)]);
    chosen := chosen[:cardinality(chosen) - 1];
  end loop;
  update private.comments as c set known_band = c.band
  where c.unit_id = p_unit and c.shelf = p_shelf and c.known_band is null and c.band = any (chosen);
end
$$;
comment on function private.give_bands is 'Gives the comments of a unit and month their band, five at least at once and never leaving one to four behind';

create function private.count_terms(p_unit uuid, p_month date)
returns void
language sql
security definer
set search_path = ''
as $$
  delete from private.comment_terms where unit_id = p_unit and month = p_month;
  insert into private.comment_terms (unit_id, month, term, shown, comments)
  select p_unit, p_month, split_part(said, '|', 1), mode() within group (order by split_part(said, '|', 2)), count(distinct c.id)
  from public.unit_tree as t
  join private.comments as c on c.unit_id = t.descendant_id and c.shelf = p_month
  cross join lateral unnest(c.phrases) as said
  where t.ancestor_id = p_unit and t.valid_to is null
  group by 3
  having count(distinct c.id) >= 5
  order by count(distinct c.id) desc
  limit 200
$$;
comment on function private.count_terms is 'Counts the phrases of a unit and month anew';

create function public.file_comments()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  of_unit uuid;
  of_month record;
  gathered uuid[];
  filed integer := 0;
  touched jsonb := '{}';
  pair record;
begin
  perform pg_advisory_xact_lock(hashtextextended('file_comments', 0));
  for of_unit in select distinct c.unit_id from private.comments as c where c.shelf = 'infinity' loop
    gathered := '{}';
    for of_month in
      select c.released_month, array_agg(c.id) as ids from private.comments as c
      where c.unit_id = of_unit and c.shelf = 'infinity' group by 1 order by 1
    loop
      -- What does not make five in its month is carried into the next, as figures are.
      gathered := gathered || of_month.ids;
      continue when cardinality(gathered) < 5;
      update private.comments set shelf = of_month.released_month where id = any (gathered);
      filed := filed + cardinality(gathered);
      gathered := '{}';
      touched := touched || jsonb_build_object(of_unit || ' ' || of_month.released_month, true);
    end loop;
  end loop;
  for pair in select split_part(k, ' ', 1)::uuid as unit_id, split_part(k, ' ', 2)::date as month from jsonb_object_keys(touched) as k loop
    perform private.give_bands(pair.unit_id, pair.month);
  end loop;
  perform private.count_terms(above.ancestor_id, above.month)
  from (
    select distinct t.ancestor_id, split_part(k, ' ', 2)::date as month
    from jsonb_object_keys(touched) as k
    join public.unit_tree as t on t.descendant_id = split_part(k, ' ', 1)::uuid and t.valid_to is null
  ) as above;
  return jsonb_build_object('filed', filed);
end
$$;
comment on function public.file_comments is
  'Files masked comments by month and band in blocks of at least five per unit and counts the phrases of what changed; the worker only';
grant execute on function public.file_comments() to service_role;

-- Reading ------------------------------------------------------------------------------------------------------

create function private.find_comments(p_unit uuid, p_filter jsonb, p_after_shelf date, p_after_id uuid, p_limit integer)
returns table (id uuid, shelf date)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  at_unit uuid := coalesce((p_filter ->> 'unit')::uuid, p_unit);
  house uuid := (select u.organisation_id from public.units as u where u.id = at_unit);
  units uuid[] := array(select t.descendant_id from public.unit_tree as t where t.ancestor_id = at_unit and t.valid_to is null);
  all_units integer := (select count(*) from public.units as u where u.organisation_id = house);
  words text := private.search_text(p_filter ->> 'search');
  tokens text[];
  fits text := 'true';
  contains text := '';
  walk text;
  source text;
  frequent boolean := true;
  shelves date[];
  of_shelf date;
  sixteenth integer;
  is_rest boolean;
  added integer;
  given integer := 0;
begin
  if p_filter ? 'unit' then fits := fits || $q$ and c.shelf < 'infinity'$q$; end if;
  if p_filter ? 'month' then fits := fits || ' and c.shelf = $3'; end if;
  if p_filter ? 'band' then fits := fits || ' and c.known_band = $4'; end if;
  if p_filter ? 'theme' then fits := fits || ' and c.theme = $5'; end if;
  if p_filter ? 'tag' then
    fits := fits || ' and exists (select from private.comment_tags as g where g.comment_id = c.id and g.tag_id = $6)';
  end if;
  if p_filter ? 'read' then
    fits := fits || case when p_filter ->> 'read' = 'yes' then ' and' else ' and not' end
      || ' exists (select from private.comment_reads as d where d.comment_id = c.id and d.person_id = $8)';
  end if;
  if p_after_shelf is not null then fits := fits || ' and (c.shelf, c.id) < ($9, $10)'; end if;
  -- In the walk the words are looked for without their index, so that the order's own index is used.
  if words is not null then contains := case when btrim(words) = '' then ' and false' else ' and strpos(c.folded, $11) > 0' end; end if;

  -- Newest month first. A few units of many: the first of each, merged; otherwise the organisation's index.
  walk := case
    when at_unit = house then 'select c.id, c.shelf, c.folded from private.comments as c where c.organisation_id = $1 and %s order by c.shelf desc, c.id desc limit %s'
    when cardinality(units) = 1 then 'select c.id, c.shelf, c.folded from private.comments as c where c.unit_id = ($2::uuid[])[1] and %s order by c.shelf desc, c.id desc limit %s'
    when cardinality(units) * cardinality(units) <= greatest(all_units, 16) then
      'select c.id, c.shelf, c.folded from unnest($2) as of_unit cross join lateral (
         select c.id, c.shelf, c.folded from private.comments as c where c.unit_id = of_unit and %s order by c.shelf desc, c.id desc limit %s
       ) as c order by c.shelf desc, c.id desc limit %2$s'
    else 'select c.id, c.shelf, c.folded from private.comments as c where c.organisation_id = $1 and c.unit_id = any ($2) and %s order by c.shelf desc, c.id desc limit %s'
    end;
  if btrim(words) <> '' then
    -- Frequent words are met soon on the walk; rare ones are looked up. A sample of what is newest tells which.
    execute format('select count(*) >= 3 from (select from (%s) as newest where strpos(newest.folded, $11) > 0 limit 3) as met', format(walk, 'true', '150'))
    into frequent
    using house, units, null::date, null::smallint, null::text, null::uuid, null::text[], null::uuid, null::date, null::uuid, words;
  end if;
  if frequent then
    return query execute format('select f.id, f.shelf from (%s) as f', format(walk, fits || contains, '$12'))
    using house, units, (p_filter ->> 'month')::date, (p_filter ->> 'band')::smallint, p_filter ->> 'theme', (p_filter ->> 'tag')::uuid,
      null::text[], private.me(), p_after_shelf, p_after_id, words, p_limit;
    return;
  end if;

  -- Of several syllables each with the next, of one the syllable.
  tokens := private.search_tokens(words);
  if cardinality(tokens) > 1 then tokens := array(select t from unnest(tokens) as t where strpos(t, ' ') > 0); end if;
  source := format('with c as materialized (
      select c.id, c.shelf, c.organisation_id, c.unit_id, c.known_band, c.theme from private.comments as c
      where private.index_tokens(c.folded, c.shelf, c.id) @> $7 and strpos(c.folded, $11) > 0 and left(c.id::text, 1) <= $13)
    select c.id, c.shelf from c where c.organisation_id = $1 and c.unit_id = any ($2) and %s order by c.shelf desc, c.id desc limit $12', fits);
  -- A few are fetched at once; of many, one month after the other until there are enough. Whether they are many, a
  -- sixteenth of the newest month tells at once, or else a count of all up to 300.
  shelves := array(
    select m from (select 'infinity'::date as m union all select private.comment_months(at_unit)) as months
    where m <= coalesce(p_after_shelf, 'infinity') and (not p_filter ? 'month' or m = (p_filter ->> 'month')::date) order by m desc);
  if (select count(*) from (
      select from private.comments as c
      where private.index_tokens(c.folded, c.shelf, c.id) @> (tokens || private.shelf_mark((select max(m) from unnest(shelves) as m where m < 'infinity'), '-f')) limit 10) as early) < 10
    and (select count(*) from (
      select from private.comments as c where private.index_tokens(c.folded, c.shelf, c.id) @> tokens limit 300) as early) < 300 then
    shelves := array[null::date];
  end if;
  -- A month is looked through by sixteenths, as the list is ordered, until one of them holds only a few.
  foreach of_shelf in array shelves loop
    sixteenth := 15;
    is_rest := of_shelf is null;
    while sixteenth >= 0 and given < p_limit loop
      return query execute source
      using house, units, (p_filter ->> 'month')::date, (p_filter ->> 'band')::smallint, p_filter ->> 'theme', (p_filter ->> 'tag')::uuid,
        case when of_shelf is null then tokens
          else tokens || private.shelf_mark(of_shelf, case when is_rest then '' else '-' || to_hex(sixteenth) end) end,
        private.me(), p_after_shelf, p_after_id, words, p_limit - given, to_hex(sixteenth);
      get diagnostics added = row_count;
      given := given + added;
      sixteenth := case when is_rest then -1 else sixteenth - 1 end;
      is_rest := added < 10;
    end loop;
  end loop;
end
$$;
comment on function private.find_comments is
  'Ids of the comments that fit a filter, in the order of the list, at most p_limit after a place in it; asks for no rights';

create function private.comment_card(c private.comments, p_names_unit boolean)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'id', c.id, 'text', c.masked, 'insulting', c.is_insulting, 'theme', c.theme,
    'month', case when c.shelf < 'infinity' then to_char(c.shelf, 'YYYY-MM') end,
    'unit', case when p_names_unit and c.shelf < 'infinity' then (
      select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = c.unit_id) end,
    'tags', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name)
      from private.comment_tags as t join private.tags as g on g.id = t.tag_id where t.comment_id = c.id), '[]'),
    'read', exists (select from private.comment_reads as d where d.comment_id = c.id and d.person_id = private.me()))
$$;
comment on function private.comment_card is 'What a member sees of a comment: no counter, language, day or level; unit and month once it is filed';

create function private.comment_months(p_unit uuid)
returns setof date
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  units uuid[] := array(select t.descendant_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null);
begin
  if p_unit = house or cardinality(units) > 100 then
    return query
      with recursive step as (
        (select c.shelf from private.comments as c where c.organisation_id = house and c.shelf < 'infinity' order by c.shelf desc limit 1)
        union all
        select (select c.shelf from private.comments as c where c.organisation_id = house and c.shelf < s.shelf order by c.shelf desc limit 1)
        from step as s where s.shelf is not null
      )
      select s.shelf from step as s where s.shelf is not null;
  else
    return query
      with recursive step as (
        select u as unit_id, (select c.shelf from private.comments as c where c.unit_id = u and c.shelf < 'infinity' order by c.shelf desc limit 1) as shelf
        from unnest(units) as u
        union all
        select s.unit_id, (select c.shelf from private.comments as c where c.unit_id = s.unit_id and c.shelf < s.shelf order by c.shelf desc limit 1)
        from step as s where s.shelf is not null
      )
      select distinct s.shelf from step as s where s.shelf is not null order by 1 desc;
  end if;
end
$$;
comment on function private.comment_months is 'The months under which comments of a subtree are filed, newest first; jumps from month to month in the index';

create function private.unit_choices(p_unit uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  -- Nobody looks through thousands in a list: of a very large subtree the units just below.
  select case when (select count(*) from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null) <= 400
    then (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place), '[]')
      from private.units_in_order(p_unit) as t join public.units as u on u.id = t.unit_id)
    else (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.depth, u.sort, u.names ->> 'vi'), '[]')
      from public.unit_tree as t join public.units as u on u.id = t.descendant_id
      where t.ancestor_id = p_unit and t.valid_to is null and t.depth <= 1) end
$$;
comment on function private.unit_choices is 'Units of a subtree to choose from, p_unit first';

create function private.checked_filter(p_unit uuid, p_filter jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  filter jsonb := jsonb_strip_nulls(coalesce(private.unwrapped(p_filter), '{}'));
begin
  if filter ->> 'unit' = p_unit::text then filter := filter - 'unit'; end if;
  if filter ? 'month' and filter ->> 'month' !~ '^20\d\d-(0[1-9]|1[0-2])$'
    or filter ? 'band' and filter ->> 'band' !~ '^[1-3]$'
    or filter ? 'read' and filter ->> 'read' not in ('yes', 'no')
    or char_length(filter ->> 'search') > 100 then
    perform private.fail('422', 'malformed', 'this is not a filter of comments');
  end if;
  if filter ? 'month' then filter := filter || jsonb_build_object('month', filter ->> 'month' || '-01'); end if;
  if filter ? 'unit' and not exists (
    select from public.unit_tree as t
    where t.ancestor_id = p_unit and t.descendant_id = (filter ->> 'unit')::uuid and t.valid_to is null) then
    perform private.fail('404', 'unknown_unit', 'there is no such unit below');
  end if;
  if btrim(filter ->> 'search') = '' then filter := filter - 'search'; end if;
  return filter;
end
$$;
comment on function private.checked_filter is 'A filter as find_comments() takes it, or PT422 malformed, PT404 unknown_unit';

create function public.list_comments(p_unit uuid, p_filter jsonb default null, p_after jsonb default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  filter jsonb;
  after jsonb := private.unwrapped(p_after);
  found_ids uuid[];
  shelves date[];
  enough integer;
  state text := 'shown';
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  filter := private.checked_filter(p_unit, p_filter);
  select array_agg(f.id order by f.shelf desc, f.id desc), array_agg(f.shelf order by f.shelf desc, f.id desc) into found_ids, shelves
  from private.find_comments(p_unit, filter, case when after ->> 'month' = '' then 'infinity' else (after ->> 'month' || '-01')::date end, (after ->> 'id')::uuid, 26) as f;
  enough := cardinality(found_ids);
  if after is not null and filter <> '{}' then
    -- The place to go on from is the caller's word: whether enough are found counts from the beginning.
    select count(*) into enough from private.find_comments(p_unit, filter, null, null, 5);
  end if;
  if filter = '{}' then
    state := case when cardinality(found_ids) > 0 or after is not null then 'shown' else 'nothing' end;
  elsif coalesce(enough, 0) < 5 then
    -- None at all is said only where it can be read in the list anyway: not of units, months and levels.
    state := case when coalesce(enough, 0) = 0
      and (select count(*) from private.find_comments(p_unit, filter - array['search', 'theme', 'tag', 'read'], null, null, 1)) > 0
      then 'none' else 'few' end;
    found_ids := '{}';
  end if;
  return jsonb_build_object(
    'state', state,
    'comments', coalesce((
      select jsonb_agg(private.comment_card(c, below.several) order by c.shelf desc, c.id desc)
      from private.comments as c,
        (select count(*) > 1 as several from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null) as below
      where c.id = any (found_ids[:25])), '[]'),
    'next', case when cardinality(found_ids) > 25 then jsonb_build_object(
      'month', case when shelves[25] = 'infinity' then '' else to_char(shelves[25], 'YYYY-MM') end, 'id', found_ids[25]) end,
    'months', (select coalesce(jsonb_agg(to_char(m, 'YYYY-MM') order by m desc), '[]') from private.comment_months(p_unit) as m),
    'units', private.unit_choices(p_unit),
    'tags', (
      select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
      from private.tags as g where g.organisation_id = (select u.organisation_id from public.units as u where u.id = p_unit)));
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'this is not a filter of comments');
end
$$;
comment on function public.list_comments is
  'Twenty-five released and masked comments of a subtree, by month and shuffled within it; a filter that leaves one to four shows none (state few)';
grant execute on function public.list_comments(uuid, jsonb, jsonb) to authenticated;

create function private.readable_comment(p_comment uuid, p_roles text[])
returns private.comments
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  found_comment private.comments;
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  select * into found_comment from private.comments where id = p_comment;
  if not found then
    perform private.fail('404', 'unknown_comment', 'there is no such comment');
  end if;
  perform private.require_role(found_comment.unit_id, p_roles);
  return found_comment;
end
$$;
comment on function private.readable_comment is 'A comment that the caller may read with one of p_roles: PT401, PT403 or PT404 otherwise';

create function public.read_comment(p_comment uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  c private.comments := private.readable_comment(p_comment, array['officer', 'analyst', 'leader']);
begin
  return private.comment_card(c, true) || jsonb_build_object(
    'may_unmask', private.has_role(c.unit_id, array['leader']),
    'may_note', private.has_role(c.unit_id, array['officer', 'leader']),
    'all_tags', (
      select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]')
      from private.tags as g where g.organisation_id = c.organisation_id));
end
$$;
comment on function public.read_comment is 'One comment as the list shows it, with all tags to choose from and whether the caller may unmask it';
grant execute on function public.read_comment(uuid) to authenticated;

create function public.unmask_comment(p_comment uuid, p_reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  c private.comments := private.readable_comment(p_comment, array['leader']);
  reason text := btrim(p_reason);
begin
  if coalesce(char_length(reason), 0) not between 10 and 500 then
    perform private.fail('422', 'impossible_reason', 'a reason of 10 to 500 characters is needed');
  end if;
  perform private.audit_write(c.organisation_id, c.unit_id, 'unmask', 'comments', c.id::text, jsonb_build_object('reason', reason));
  return jsonb_build_object('text', (select said.body from public.response_comments as said where said.response_id = c.response_id));
end
$$;
comment on function public.unmask_comment is
  'The words of one comment as they were written, for a leader of its unit who gives a reason; who, which and why are logged, the words are not';
grant execute on function public.unmask_comment(uuid, text) to authenticated;

create function public.mark_comments(p_unit uuid, p_comments jsonb, p_read boolean default true)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  ids uuid[] := array(select e::uuid from jsonb_array_elements_text(private.unwrapped(p_comments) -> 'items') as e limit 100);
  marked integer;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  if p_read then
    insert into private.comment_reads (person_id, comment_id)
    select private.me(), c.id from private.comments as c
    join public.unit_tree as t on t.descendant_id = c.unit_id and t.ancestor_id = p_unit and t.valid_to is null
    where c.id = any (ids)
    on conflict do nothing;
  else
    delete from private.comment_reads where person_id = private.me() and comment_id = any (ids);
  end if;
  get diagnostics marked = row_count;
  return marked;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'p_comments must be {"items": [ids]}');
end
$$;
comment on function public.mark_comments is 'Marks comments of a subtree as read, or as unread again, for the caller alone; resolves to how many changed';
grant execute on function public.mark_comments(uuid, jsonb, boolean) to authenticated;
