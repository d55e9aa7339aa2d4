-- Open data: what GET /api/v1/scores, /api/v1/publications and /api/v1/hashes read. Published, shown cells of
-- measures and items only; answers to optional questions (facts) stay on the pages of the office.
--
-- The daily hash. Each publication has a digest: SHA-256 of its lines exactly as GET /api/v1/scores gives them as CSV,
-- without the header (docs/open-data.md); the worker computes it once, when it is new. Each day's hash covers the hash
-- of the day before and the digests of everything published: whoever noted one hash down can prove later that nothing
-- published by then was changed.

create table private.open_digests (
  publication_id uuid primary key,
  house uuid not null,
  period text not null,
  revision integer not null,
  published_on date not null,
  lines integer not null check (lines >= 0),
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  hashed_on date,
  removed_on date
);
comment on table private.open_digests is
  'Digest of the open data of each publication, and from which day on the daily hash covers it. No foreign key: what was hashed stays hashed when an organisation leaves; it holds ids and digests, no figure and no person';
comment on column private.open_digests.removed_on is 'From this day on the daily hash leaves it out, because its organisation has left';
alter table private.open_digests enable row level security;
revoke all on private.open_digests from public, anon, authenticated;
grant select on private.open_digests to service_role;

create table private.day_hashes (
  day date primary key,
  previous text not null check (previous ~ '^[0-9a-f]{64}$'),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  publications integer not null
);
comment on table private.day_hashes is 'The chain of daily hashes over everything published; the first names sixty-four zeros as the one before';
alter table private.day_hashes enable row level security;
revoke all on private.day_hashes from public, anon, authenticated;
grant select on private.day_hashes to service_role;

create function private.refuse_hash_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  -- Only a day that is not known yet may be filled in.
  if tg_table_name = 'open_digests' and tg_op = 'UPDATE' then
    if to_jsonb(new) - 'hashed_on' - 'removed_on' = to_jsonb(old) - 'hashed_on' - 'removed_on'
      and (old.hashed_on is null or new.hashed_on = old.hashed_on) and (old.removed_on is null or new.removed_on = old.removed_on)
    then
      return new;
    end if;
  end if;
  perform private.fail('403', 'published_is_frozen', 'what was hashed stays');
  return null;
end
$$;
create trigger open_digests_stay before update or delete on private.open_digests for each row execute function private.refuse_hash_change();
create trigger day_hashes_stay before update or delete on private.day_hashes for each row execute function private.refuse_hash_change();

-- Reading --------------------------------------------------------------------------------------------------

create function public.open_publications(p_organisation uuid default null, p_period text default null, p_unit uuid default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  if p_organisation is not null and not exists (select from public.organisations as o where o.id = p_organisation) then
    perform private.fail('404', 'unknown_organisation', 'there is no such organisation');
  elsif p_unit is not null and not exists (select from public.units as u where u.id = p_unit) then
    perform private.fail('404', 'unknown_unit', 'there is no such unit');
  end if;
  return (
    select coalesce(jsonb_agg(private.publication_card(p) || jsonb_build_object(
        'organisation_id', p.organisation_id, 'organisation', p.names ->> 'vi', 'is_demo', o.is_demo,
        'digest', d.digest, 'lines', d.lines, 'hashed_on', d.hashed_on)
      order by p.organisation_id, p.starts_on, p.ends_on, p.revision), '[]')
    from private.published_periods as p
    join public.organisations as o on o.id = p.organisation_id
    left join private.open_digests as d on d.publication_id = p.id
    where (p_organisation is null or p.organisation_id = p_organisation)
      and (p_period is null or p.period = p_period)
      and (p_unit is null or exists (select from private.published_units as u where u.publication_id = p.id and u.unit_id = p_unit)));
end
$$;
comment on function public.open_publications is
  'Publications of everybody or of one organisation, period or unit, oldest first, each with the digest of its open data: PT404 unknown_organisation, unknown_unit. Open to anon on purpose';
grant execute on function public.open_publications(uuid, text, uuid) to anon, authenticated, service_role;

create function public.open_figures(p_query jsonb, p_limit integer default 1000)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_query);
  many integer := least(greatest(coalesce(p_limit, 1000), 1), 5000);
  wanted_unit uuid;
  wanted text[];
  after_unit uuid := '00000000-0000-0000-0000-000000000000';
  after_subject text := '';
  publication uuid;
  part jsonb;
  cells jsonb := '[]';
begin
  if jsonb_typeof(asked -> 'publications') is distinct from 'array' or coalesce(jsonb_typeof(asked -> 'subjects'), 'null') not in ('array', 'null') then
    perform private.fail('422', 'malformed', 'p_query is {"publications": [ids], "unit", "subjects": [names], "after": {"unit", "subject"}}');
  end if;
  wanted_unit := (asked ->> 'unit')::uuid;
  if jsonb_typeof(asked -> 'subjects') = 'array' then
    wanted := array(select jsonb_array_elements_text(asked -> 'subjects'));
  end if;
  after_unit := coalesce((asked #>> '{after,unit}')::uuid, after_unit);
  after_subject := coalesce(asked #>> '{after,subject}', after_subject);
  for publication in select value::uuid from jsonb_array_elements_text(asked -> 'publications') loop
    -- Of a cell that is not shown nothing leaves, not even that it is hidden; of a point nothing is ever published.
    select jsonb_agg(jsonb_build_array(publication, f.unit_id, u.names ->> 'vi', f.subject, f.persons,
        f.s1, f.s2::text, f.s3, f.s4::text, f.s5) order by f.unit_id, f.subject)
    into part
    from (
      select f.* from private.published_figures as f
      where f.publication_id = publication and f.is_shown and (f.unit_id, f.subject) > (after_unit, after_subject)
        and (f.subject like 'measure:%' or f.subject like 'item:%')
        and (wanted_unit is null or f.unit_id = wanted_unit) and (wanted is null or f.subject = any (wanted))
      order by f.unit_id, f.subject
      limit many - jsonb_array_length(cells)
    ) as f
    join private.published_units as u on u.publication_id = publication and u.unit_id = f.unit_id;
    cells := cells || coalesce(part, '[]');
    exit when jsonb_array_length(cells) >= many;
    after_unit := '00000000-0000-0000-0000-000000000000';
    after_subject := '';
  end loop;
  return jsonb_build_object('cells', cells, 'full', jsonb_array_length(cells) >= many);
exception
  when invalid_text_representation then
    perform private.fail('422', 'malformed', 'an id is written as a uuid');
end
$$;
comment on function public.open_figures is
  'Shown cells of these publications, in their order, by unit and subject, at most p_limit (1 to 5,000) after "after": publication, unit, its name, subject, persons, s1 to s5 (measure: top2 sum, squares, mean sum, squares; item: n1 to n5); "full" when there may be more. PT422 malformed. Open to anon on purpose';
grant execute on function public.open_figures(jsonb, integer) to anon, authenticated, service_role;

create function public.open_hashes()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'days', (
      select coalesce(jsonb_agg(jsonb_build_object('day', h.day, 'previous', h.previous, 'hash', h.hash, 'publications', h.publications) order by h.day), '[]')
      from private.day_hashes as h),
    'publications', (
      select coalesce(jsonb_agg(jsonb_build_object('id', d.publication_id, 'organisation_id', d.house, 'period', d.period, 'revision', d.revision,
        'published_on', d.published_on, 'lines', d.lines, 'digest', d.digest, 'hashed_on', d.hashed_on, 'removed_on', d.removed_on)
        order by d.publication_id), '[]')
      from private.open_digests as d))
$$;
comment on function public.open_hashes is 'The chain of daily hashes and the digests that they cover. Open to anon on purpose';
grant execute on function public.open_hashes() to anon, authenticated, service_role;

-- The worker -----------------------------------------------------------------------------------------------

create function public.undigested_publications()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', p.id) order by p.published_at, p.id), '[]')
  from (
    select p.* from private.published_periods as p
    where not exists (select from private.open_digests as d where d.publication_id = p.id)
    order by p.published_at, p.id limit 200
  ) as p
$$;
comment on function public.undigested_publications is 'Publications whose open data has no digest yet, the first 200';
grant execute on function public.undigested_publications() to service_role;

create function public.put_open_digest(p_publication uuid, p_lines integer, p_digest text)
returns void
language sql
security definer
set search_path = ''
as $$
  insert into private.open_digests (publication_id, house, period, revision, published_on, lines, digest)
  select p.id, p.organisation_id, p.period, p.revision, (p.published_at at time zone 'Asia/Ho_Chi_Minh')::date, p_lines, p_digest
  from private.published_periods as p where p.id = p_publication
  on conflict (publication_id) do nothing
$$;
comment on function public.put_open_digest is 'Keeps the digest of a publication''s open data; the first one stands';
grant execute on function public.put_open_digest(uuid, integer, text) to service_role;

create function private.day_hash(p_day date, p_previous text)
returns table (hash text, publications integer)
language sql
stable
set search_path = ''
as $$
  select encode(sha256(convert_to(p_previous || E'\n' || p_day || E'\n'
      || coalesce(string_agg(d.publication_id || ' ' || d.digest || E'\n', '' order by d.publication_id), ''), 'UTF8')), 'hex'),
    count(*)::integer
  from private.open_digests as d
  where d.hashed_on <= p_day and (d.removed_on is null or d.removed_on > p_day)
$$;
comment on function private.day_hash is
  'Hash of a day: SHA-256 of the hash before, the day and "id digest" of each publication it covers in the order of ids, each on a line of its own';

create function public.hash_day()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  today date := private.today();
  before text;
  made record;
begin
  perform pg_advisory_xact_lock(hashtextextended('hash_day', 0));
  -- Once a day, and not while something published has no digest yet: what is published later waits for tomorrow.
  if exists (select from private.day_hashes as h where h.day >= today)
    or not exists (select from private.open_digests)
    or exists (select from private.published_periods as p where not exists (select from private.open_digests as d where d.publication_id = p.id))
  then
    return jsonb_build_object('hashed', null);
  end if;
  update private.open_digests as d set removed_on = today
  where d.removed_on is null and not exists (select from private.published_periods as p where p.id = d.publication_id);
  update private.open_digests as d set hashed_on = today where d.hashed_on is null;
  select h.hash into before from private.day_hashes as h order by h.day desc limit 1;
  before := coalesce(before, repeat('0', 64));
  select * into made from private.day_hash(today, before);
  insert into private.day_hashes (day, previous, hash, publications) values (today, before, made.hash, made.publications);
  return jsonb_build_object('hashed', today, 'publications', made.publications);
end
$$;
comment on function public.hash_day is 'Makes today''s hash when there is none and every publication has its digest';
grant execute on function public.hash_day() to service_role;
