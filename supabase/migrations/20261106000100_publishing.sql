-- Publishing: a leader publishes a closed period, and what the public then reads is a frozen copy of exactly the cells
-- that may be shown. A correction makes a new revision beside the old one; nothing published is ever taken back.
--
-- What other areas read (20261106000110_published_reading.sql; all open to everybody, all by page or whole):
--   public.published_list(organisation)                    every publication: id, period, revision, dates, reason, digest
--   public.published_frame(publication)                    its units with names, kind, rates; item texts; pools, versions
--   public.published_cells(publication, after, limit)      its cells, limit at a time, next page by "next" (null: the end)
--   public.public_results / public.public_unit_results     the pages, by organisation or unit, period and revision
-- Ids of publications, units and subjects never change. A cell looks as it does everywhere (private.public_cell).
--
-- Why revisions are safe to subtract: a released line only ever changes by at least 5 persons (release and exclusion
-- rules), so two copies of one figure differ by blocks. What could still be found is one person's counter, when units
-- are shown at one time that were hidden at another. Therefore figures are judged together with everything that was
-- ever published over the same months, before anybody sees them (private.cover_lone_counters, part of every refresh).

create table private.published_periods (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  period text not null,
  starts_on date not null,
  ends_on date not null,
  revision integer not null check (revision >= 1),
  published_at timestamptz not null default now(),
  published_by uuid references public.people (id) on delete set null,
  reason text check ((revision = 1) = (reason is null) and length(reason) <= 500),
  figures integer not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  names jsonb not null check (private.are_texts(names)),
  method text not null,
  pools text[] not null,
  versions jsonb not null,
  item_texts jsonb not null,
  unique (organisation_id, period, revision)
);
comment on table private.published_periods is
  'Kỳ đã công bố: one revision of one closed period. Frozen: it is never changed or taken back, only followed by a revision with a reason';
comment on column private.published_periods.figures is 'How many cells it shows';
comment on column private.published_periods.digest is
  'SHA-256 of the lines of private.published_line() of its cells and units, in the order of unit and subject: equal digests, equal figures';
comment on column private.published_periods.published_by is 'Empty for the demo, which publishes by itself. The public reads the organisation, never the person';
create index published_periods_published_by_idx on private.published_periods (published_by);

create table private.published_units (
  publication_id uuid not null references private.published_periods (id) on delete cascade,
  unit_id uuid not null,
  parent_id uuid,
  names jsonb not null,
  kind text not null,
  depth integer not null,
  place integer not null,
  receives boolean not null,
  decides boolean not null,
  excluded bigint not null,
  answered bigint,
  served bigint,
  primary key (publication_id, unit_id)
);
comment on table private.published_units is
  'The units of a publication as they were called and placed when it was published, with their response rate and the answers left out after review';

create table private.published_figures (
  publication_id uuid not null references private.published_periods (id) on delete cascade,
  unit_id uuid not null,
  subject text not null,
  is_shown boolean not null,
  persons integer,
  others integer,
  s1 bigint, s2 bigint, s3 bigint, s4 bigint, s5 bigint, s6 bigint,
  choices jsonb,
  primary key (publication_id, unit_id, subject),
  check (is_shown = (persons is not null) and (is_shown or coalesce(others, s1, s2, s3, s4, s5, s6) is null and choices is null))
);
comment on table private.published_figures is
  'The cells of a publication, copied from private.figures: of a hidden one nothing but that it is hidden';
comment on column private.published_figures.others is
  'Of persons, those at points staffed by more than one person when it was published; told to nobody; npm run recount compares it';

do $$
declare
  name text;
begin
  foreach name in array array['published_periods', 'published_units', 'published_figures'] loop
    execute format('alter table private.%I enable row level security', name);
    execute format('revoke all on private.%I from public, anon, authenticated', name);
    execute format('grant select on private.%I to service_role', name);
  end loop;
end
$$;

create function private.refuse_published_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid;
begin
  if tg_op = 'TRUNCATE' then
    perform private.fail('403', 'published_is_frozen', 'what was published stays');
  end if;
  if tg_table_name = 'published_periods' then
    house := old.organisation_id;
  else
    select p.organisation_id into house from private.published_periods as p where p.id = old.publication_id;
  end if;
  -- It goes only with its whole organisation, and forgets a person whose account goes.
  if tg_op = 'DELETE' then
    if house is null or not exists (select from public.organisations as o where o.id = house)
      or exists (select from private.leaving_organisations as l where l.organisation_id = house)
    then
      return old;
    end if;
  elsif tg_table_name = 'published_periods' then
    if to_jsonb(new) - 'published_by' = to_jsonb(old) - 'published_by' and new.published_by is null then
      return new;
    end if;
  end if;
  perform private.fail('403', 'published_is_frozen', 'what was published stays');
  return null;
end
$$;
do $$
declare
  name text;
begin
  foreach name in array array['published_periods', 'published_units', 'published_figures'] loop
    execute format('create trigger %I before update or delete on private.%I for each row execute function private.refuse_published_change()', name || '_stay', name);
    execute format('create trigger %I before truncate on private.%I for each statement execute function private.refuse_published_change()', name || '_are_not_emptied', name);
  end loop;
end
$$;
create trigger published_periods_audit after insert or update or delete on private.published_periods
  for each row execute function private.audit('organisation_id');

-- What would be published ---------------------------------------------------------------------------------

create function private.published_line(p_unit uuid, p_subject text, p_persons integer, p_sums bigint[], p_choices jsonb)
returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws('|', p_unit, p_subject, coalesce(p_persons::text, 'hidden'),
    array_to_string(p_sums, ',', '-'), coalesce(p_choices::text, '-'))
$$;
comment on function private.published_line is
  'One cell as the digest of a publication covers it: unit|subject|persons or "hidden"|s1,…,s6|choices, "-" for what there is not';

create function private.publication_cells(p_organisation uuid, p_period text)
returns void
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  scheme text := (select o.scheme from public.organisations as o where o.id = p_organisation);
  asked record;
begin
  select * into asked from private.period(p_period);
  drop table if exists pg_temp.to_publish;
  drop table if exists pg_temp.units_to_publish;
  create temp table to_publish on commit drop as
  select f.unit_id, f.subject, f.is_shown, f.persons, f.others,
    f.s1::bigint as s1, f.s2::bigint as s2, f.s3::bigint as s3, f.s4::bigint as s4, f.s5::bigint as s5, f.s6::bigint as s6,
    case when f.subject like 'fact:%' then (
      select coalesce(jsonb_object_agg(split_part(c.subject, ':', 3), c.persons), '{}')
      from private.figures as c
      where c.organisation_id = p_organisation and c.period = p_period and c.unit_id = f.unit_id and c.cross_kind = 'none'
        and c.subject like 'choice:' || substr(f.subject, 6) || ':%') end as choices
  from private.figures as f
  -- F2 (asked for money beyond the rules) is for the leader, not for the street.
  where f.organisation_id = p_organisation and f.period = p_period and f.cross_kind = 'none'
    and f.subject ~ '^(measure|item|fact):' and f.subject <> 'fact:F2';
  -- Ethnic groups are told once: a later count of the same people would differ by single persons of a small group.
  update pg_temp.to_publish as c
  set is_shown = false
  where c.is_shown and private.is_sensitive(c.subject) and exists (
    select from private.published_periods as p
    join private.published_figures as f on f.publication_id = p.id and f.unit_id = c.unit_id and f.subject = c.subject and f.is_shown
    where p.organisation_id = p_organisation and p.period = p_period and f.choices is distinct from c.choices);
  update pg_temp.to_publish as c
  set persons = null, others = null, s1 = null, s2 = null, s3 = null, s4 = null, s5 = null, s6 = null, choices = null
  where not c.is_shown;

  create temp table units_to_publish on commit drop as
  select u.*, private.excluded_in(u.unit_id, p_period) as excluded, r.answered, r.served
  from (
    select (entry ->> 'id')::uuid as unit_id, (entry ->> 'parent_id')::uuid as parent_id, entry -> 'names' as names, entry ->> 'kind' as kind,
      (entry ->> 'depth')::integer as depth, (entry ->> 'order')::integer as place,
      (entry ->> 'receives')::boolean as receives, (entry ->> 'decides')::boolean as decides
    from jsonb_array_elements(private.unit_list(p_organisation,
      private.month_end(scheme, asked.last_label), private.month_start(scheme, asked.first_label))) as entry
  ) as u
  left join private.response_rates(p_organisation, p_period) as r on r.unit_id = u.unit_id
    and exists (select from pg_temp.to_publish as c where c.unit_id = u.unit_id and c.subject = 'measure:S0' and c.is_shown);
end
$$;
comment on function private.publication_cells is
  'Puts what a publication of this period would hold now into the temporary tables to_publish and units_to_publish';

create function private.published_cells_of(p_organisation uuid, p_year integer)
returns table (subject text, period text, unit_id uuid)
language sql
stable
set search_path = ''
as $$
  select distinct f.subject, p.period, f.unit_id
  from private.published_periods as p
  join private.year_periods(p_year) as y on y.code = p.period
  join private.published_figures as f on f.publication_id = p.id and f.is_shown
  where p.organisation_id = p_organisation
$$;
comment on function private.published_cells_of is 'Figures of a reporting year that any publication ever showed, in whatever revision';

create function private.publication_digest()
returns text
language plpgsql
set search_path = ''
as $$
begin
  return (
    select encode(sha256(convert_to(coalesce(string_agg(line.words, E'\n' order by line.unit_id, line.subject collate "C"), ''), 'UTF8')), 'hex')
    from (
      select c.unit_id, c.subject, private.published_line(c.unit_id, c.subject, c.persons, array[c.s1, c.s2, c.s3, c.s4, c.s5, c.s6], c.choices) as words
      from pg_temp.to_publish as c
      union all
      select u.unit_id, 'unit', private.published_line(u.unit_id, 'unit', null, array[u.excluded, u.answered, u.served], null)
      from pg_temp.units_to_publish as u
    ) as line);
end
$$;
comment on function private.publication_digest is 'Digest of what publication_cells() has put together: figures, rates and answers left out, no names or texts';

create function private.latest_publication(p_organisation uuid, p_period text)
returns private.published_periods
language sql
stable
set search_path = ''
as $$
  select p from private.published_periods as p
  where p.organisation_id = p_organisation and p.period = p_period
  order by p.revision desc limit 1
$$;

create function private.require_publishable(p_organisation uuid, p_period text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  asked record;
begin
  select * into asked from private.period(p_period);
  if not private.is_closed(p_organisation, asked.last_label) then
    perform private.fail('409', 'period_running', 'a period is published when its last day has been released');
  elsif not exists (
    select from private.figures as f where f.organisation_id = p_organisation and f.period = p_period and f.cross_kind = 'none' and f.unit_id = p_organisation
  ) then
    perform private.fail('422', 'unknown_period', 'there are no answers in this period');
  end if;
end
$$;
comment on function private.require_publishable is 'PT409 period_running, PT422 unknown_period unless the period is closed and holds released answers';

-- Publishing ------------------------------------------------------------------------------------------------

create function private.publish(p_organisation uuid, p_period text, p_reason text, p_seen text)
returns jsonb
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  house public.organisations;
  before private.published_periods;
  made private.published_periods;
  asked record;
  given text := nullif(btrim(p_reason), '');
begin
  -- One publication after the other; and no release in the middle of one, while answers may come in as always.
  perform pg_advisory_xact_lock(hashtextextended('publish ' || p_organisation, 0));
  perform pg_advisory_xact_lock_shared(private.organisation_lock(p_organisation));
  select * into house from public.organisations where id = p_organisation;
  select * into asked from private.period(p_period);
  perform private.require_publishable(p_organisation, p_period);
  before := private.latest_publication(p_organisation, p_period);
  perform private.publication_cells(p_organisation, p_period);
  made.digest := private.publication_digest();
  if p_seen is not null and p_seen <> coalesce(before.revision, 0) || ':' || made.digest then
    perform private.fail('409', 'changed_meanwhile', 'what would be published has changed since it was looked at');
  elsif made.digest = before.digest then
    perform private.fail('409', 'nothing_changed', 'no figure has changed since this period was published');
  elsif before.id is not null and given is null then
    perform private.fail('422', 'reason_missing', 'a revision needs a reason');
  elsif length(given) > 500 then
    perform private.fail('422', 'text_too_long', 'the reason is longer than 500 characters');
  end if;
  made.id := gen_random_uuid();
  made.revision := coalesce(before.revision, 0) + 1;
  made.reason := case when before.id is not null then given end;
  select coalesce(array_agg(distinct s.pool), '{}'), coalesce(jsonb_agg(distinct jsonb_build_object(
      'id', v.id, 'number', v.number, 'names', q.names)), '[]')
  into made.pools, made.versions
  from private.strata as s
  join public.questionnaire_versions as v on v.id = s.version_id
  join public.questionnaires as q on q.id = v.questionnaire_id
  where s.organisation_id = p_organisation and s.pool <> 'imported' and exists (
    select from private.rating_months as m where m.stratum_id = s.id and m.month between asked.first_label and asked.last_label);
  insert into private.published_periods (
    id, organisation_id, period, starts_on, ends_on, revision, published_by, reason, figures, digest, names, method, pools, versions, item_texts)
  values (made.id, p_organisation, p_period, private.month_start(house.scheme, asked.first_label), private.month_end(house.scheme, asked.last_label),
    made.revision, private.me(), made.reason, (select count(*) from pg_temp.to_publish as c where c.is_shown), made.digest, house.names,
    private.method_version(), made.pools, made.versions, private.item_texts(p_organisation));
  insert into private.published_units (publication_id, unit_id, parent_id, names, kind, depth, place, receives, decides, excluded, answered, served)
  select made.id, u.unit_id, u.parent_id, u.names, u.kind, u.depth, u.place, u.receives, u.decides, u.excluded, u.answered, u.served
  from pg_temp.units_to_publish as u;
  insert into private.published_figures (publication_id, unit_id, subject, is_shown, persons, others, s1, s2, s3, s4, s5, s6, choices)
  select made.id, c.unit_id, c.subject, c.is_shown, c.persons, c.others, c.s1, c.s2, c.s3, c.s4, c.s5, c.s6, c.choices
  from pg_temp.to_publish as c;
  return jsonb_build_object('id', made.id, 'period', p_period, 'revision', made.revision);
end
$$;
comment on function private.publish is
  'Publishes a closed period, or a revision of it. PT409 period_running, changed_meanwhile (p_seen: revision and digest that were looked at), nothing_changed; PT422 unknown_period, reason_missing';

create function private.method_version()
returns text
language sql
immutable
set search_path = ''
as $$ select '1' $$;
comment on function private.method_version is
  'Version of the rules of docs/scoring.md that figures are published under; raised with every change of a formula';

create function public.publish_period(p_organisation uuid, p_period text, p_seen text, p_reason text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_house_role(p_organisation, array['leader']);
  return private.publish(p_organisation, p_period, p_reason, coalesce(p_seen, ''));
end
$$;
comment on function public.publish_period is
  'A leader of the whole organisation publishes what preview_publication() showed ("seen"): PT403 not_allowed, PT409 period_running, changed_meanwhile, nothing_changed; PT422 unknown_period, reason_missing';
grant execute on function public.publish_period(uuid, text, text, text) to authenticated;

create function public.publish_demo()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  due record;
  made integer := 0;
begin
  for due in
    select o.id, l.code
    from public.organisations as o
    cross join lateral private.listed_periods(o.id) as l
    where o.is_demo and l.is_closed
      and not exists (select from private.published_periods as p where p.organisation_id = o.id and p.period = l.code)
      and not exists (select from private.leaving_organisations as leaving where leaving.organisation_id = o.id)
    order by o.id, l.ends_on, l.months
  loop
    perform private.publish(due.id, due.code, null, null);
    made := made + 1;
  end loop;
  return jsonb_build_object('published', made);
end
$$;
comment on function public.publish_demo is 'The demo publishes its newly closed periods by itself, the shorter first; corrections are left to its leader';
grant execute on function public.publish_demo() to service_role;
