-- Recording answers: record_responses() is the inner half, submit_responses() the door for citizens.

create table private.release_marks (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  pool text not null,
  released_through date not null,
  received bigint not null default 0,
  primary key (organisation_id, pool)
);
comment on table private.release_marks is
  'Up to which day the release rule has been applied; a response recorded late is counted on the first day after it';
comment on column private.release_marks.received is 'Responses up to that day, so that no page adds up all days';
alter table private.release_marks enable row level security;
revoke all on private.release_marks from public, anon, authenticated;
grant select on private.release_marks to service_role;

create function private.organisation_lock(p_organisation uuid)
returns bigint
language sql
immutable
set search_path = ''
as $$ select ('x' || substr(md5('release ' || p_organisation), 1, 16))::bit(64)::bigint $$;
comment on function private.organisation_lock is
  'Advisory lock between recording (shared) and release or rebuild (exclusive): no day is released while an answer for it is on its way';

create function private.first_problem(p_items jsonb)
returns text
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  today date := private.today();
begin
  return (with item as (
    select e.n, p.service_point_id, p.version_id, p.procedure_group_id, p.moment, p.language, p.pressed_by,
           p.ratings, p.facts, p.comment, p.date, p.half_day, p.pool, p.channel, p.accepts_closed
    from jsonb_array_elements(p_items) with ordinality as e (value, n)
    cross join lateral jsonb_to_record(e.value) as p (
      service_point_id uuid, version_id uuid, procedure_group_id uuid, moment text, language text, pressed_by text,
      ratings jsonb, facts jsonb, comment text, date date, half_day text, pool text, channel text, accepts_closed boolean)
  ),
  judged as (
    select item.n, case
      when point.id is null then '404 unknown_point'
      when not point.is_active and not coalesce(item.accepts_closed, false) then '410 point_closed'
      when version.id is null or version.published_at is null then '404 unknown_version'
      when item.procedure_group_id is not null and not exists (
        select from public.service_point_groups as g
        where g.service_point_id = point.id and g.procedure_group_id = item.procedure_group_id
      ) then '404 unknown_procedure_group'
      when item.language is null or item.language not in ('vi', 'zh', 'en')
        or item.pressed_by not in ('self', 'helped', 'staff')
        or item.pool is null or item.pool not in ('verified', 'open', 'imported')
        or item.channel is null or item.channel not in ('qr', 'kiosk', 'link', 'paper', 'import')
        or item.half_day is null or item.half_day not in ('morning', 'afternoon')
        then '422 malformed'
      when item.date is null or item.date > today or item.date < '2000-01-01' then '422 impossible_date'
      when item.moment not in ('receive', 'return', 'other')
        or (point.moment <> 'both' and item.moment is distinct from point.moment) then '422 impossible_moment'
      when item.ratings is null or jsonb_typeof(item.ratings) <> 'array'
        or jsonb_array_length(item.ratings) <> (select count(*) from private.version_items as i where i.version_id = version.id)
        then '422 impossible_rating'
      when exists (
        select from jsonb_array_elements(item.ratings) with ordinality as r (value, position)
        join private.version_items as i on i.version_id = version.id and i.position = r.position
        where not (jsonb_typeof(r.value) = 'null'
          or (jsonb_typeof(r.value) = 'number' and r.value #>> '{}' in ('1', '2', '3', '4', '5'))
          or (jsonb_typeof(r.value) = 'number' and r.value #>> '{}' = '0' and i.zero is not null))
      ) then '422 impossible_rating'
      when exists (
        select from jsonb_array_elements(item.ratings) with ordinality as r (value, position)
        join private.version_items as i on i.version_id = version.id and i.position = r.position
        where i.asked_when = 'return' and item.moment in ('receive', 'other') and r.value #>> '{}' in ('1', '2', '3', '4', '5')
      ) then '422 impossible_moment'
      when not exists (
        select from jsonb_array_elements(item.ratings) as r (value) where r.value #>> '{}' in ('1', '2', '3', '4', '5')
      ) then '422 no_rating'
      when item.facts is not null and jsonb_typeof(item.facts) not in ('object', 'null') then '422 impossible_fact'
      when jsonb_typeof(item.facts) = 'object' and exists (
        select from jsonb_each(item.facts) as f (code, chosen)
        left join private.version_facts as asked on asked.version_id = version.id and asked.code = f.code
        where asked.code is null or jsonb_typeof(f.chosen) <> 'array'
          or case when jsonb_typeof(f.chosen) = 'array' then
            jsonb_array_length(f.chosen) not between 1 and asked.most
            or exists (
              select from jsonb_array_elements(f.chosen) as c (value)
              where jsonb_typeof(c.value) <> 'number' or c.value #>> '{}' !~ '^[1-9][0-9]?$' or (c.value #>> '{}')::integer > asked.choices)
            or (select count(distinct c.value) from jsonb_array_elements(f.chosen) as c (value)) <> jsonb_array_length(f.chosen)
          else false end
      ) then '422 impossible_fact'
      when char_length(item.comment) > 2000 then '413 comment_too_long'
    end as problem
    from item
    left join public.service_points as point on point.id = item.service_point_id
    left join public.questionnaire_versions as version on version.id = item.version_id
      and version.questionnaire_id in (select q.id from public.questionnaires as q where q.organisation_id = point.organisation_id)
  )
  select judged.problem from judged where judged.problem is not null order by judged.n limit 1);
end
$$;
comment on function private.first_problem is
  'What is wrong with the first bad item of a batch, as "<status> <key>", or null: the same rules for citizens, imports and keyed paper forms';

create type private.parsed_item as (
  organisation_id uuid,
  service_point_id uuid,
  receiving_unit_id uuid,
  deciding_unit_id uuid,
  procedure_group_id uuid,
  moment text,
  version_id uuid,
  pool text,
  channel text,
  pressed_by text,
  language text,
  date date,
  is_morning boolean,
  ratings smallint[],
  facts jsonb,
  comment text
);
comment on type private.parsed_item is 'One checked answer with the units it counts for';

create function private.parsed_items(p_items jsonb)
returns private.parsed_item[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return (select array_agg(row(
    point.organisation_id, point.id, point.unit_id,
    coalesce(chosen.deciding_unit_id, point.default_deciding_unit_id), chosen.id,
    p.moment, p.version_id, p.pool, p.channel, p.pressed_by, p.language, p.date, p.half_day = 'morning',
    array(select (r.value #>> '{}')::smallint from jsonb_array_elements(p.ratings) with ordinality as r (value, n) order by r.n),
    case when jsonb_typeof(p.facts) = 'object' and p.facts <> '{}' then p.facts end,
    nullif(btrim(normalize(p.comment, nfc), E' \t\r\n'), '')
  )::private.parsed_item order by e.n)
  from jsonb_array_elements(p_items) with ordinality as e (value, n)
  cross join lateral jsonb_to_record(e.value) as p (
    service_point_id uuid, version_id uuid, procedure_group_id uuid, moment text, language text, pressed_by text,
    ratings jsonb, facts jsonb, comment text, date date, half_day text, pool text, channel text)
  join public.service_points as point on point.id = p.service_point_id
  -- Who has only one group to choose from is not asked.
  left join lateral (
    select g.id, g.deciding_unit_id
    from public.service_point_groups as served
    join public.procedure_groups as g on g.id = served.procedure_group_id
    where served.service_point_id = point.id
      and (g.id = p.procedure_group_id
        or (p.procedure_group_id is null
          and (select count(*) from public.service_point_groups as s where s.service_point_id = point.id) = 1))
  ) as chosen on true);
end
$$;

create function private.record_batch(p_items jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  problem text := private.first_problem(p_items);
  items private.parsed_item[];
  organisation uuid;
  new_responses public.responses[];
  new_comments public.response_comments[];
begin
  if problem is not null then
    perform private.fail(split_part(problem, ' ', 1), split_part(problem, ' ', 2), 'an answer of this batch cannot be recorded');
  end if;
  items := private.parsed_items(p_items);

  for organisation in select distinct i.organisation_id from unnest(items) as i order by 1 loop
    perform pg_advisory_xact_lock_shared(private.organisation_lock(organisation));
  end loop;

  -- Strata that do not exist yet are looked up first: a conflicting insert would burn a number each time.
  insert into private.strata (
    organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, procedure_group_id,
    moment, version_id, pool, channel, pressed_by, language)
  select distinct i.organisation_id, i.service_point_id, i.receiving_unit_id, i.deciding_unit_id, i.procedure_group_id,
    i.moment, i.version_id, i.pool, i.channel, i.pressed_by, i.language
  from unnest(items) as i
  where not exists (
    select from private.strata as s
    where s.service_point_id = i.service_point_id and s.receiving_unit_id = i.receiving_unit_id
      and s.deciding_unit_id = i.deciding_unit_id and s.procedure_group_id is not distinct from i.procedure_group_id
      and s.moment is not distinct from i.moment and s.version_id = i.version_id and s.pool = i.pool
      and s.channel = i.channel and s.pressed_by is not distinct from i.pressed_by and s.language = i.language
  )
  order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
  on conflict do nothing;

  with item as materialized (
    select gen_random_uuid() as id, s.id as stratum_id, s.service_point_id, s.pool, i.date,
           greatest(i.date, mark.released_through + 1) as counted_on, i.is_morning, i.ratings, i.facts, i.comment
    from unnest(items) as i
    join private.strata as s
      on s.service_point_id = i.service_point_id and s.receiving_unit_id = i.receiving_unit_id
      and s.deciding_unit_id = i.deciding_unit_id and s.procedure_group_id is not distinct from i.procedure_group_id
      and s.moment is not distinct from i.moment and s.version_id = i.version_id and s.pool = i.pool
      and s.channel = i.channel and s.pressed_by is not distinct from i.pressed_by and s.language = i.language
    left join private.release_marks as mark on mark.organisation_id = s.organisation_id and mark.pool = s.pool
  )
  select
    array_agg(row(item.id, item.stratum_id, item.date, item.counted_on, item.is_morning, item.ratings, item.facts, null)::public.responses
      order by item.id),
    array_agg(row(item.id, item.service_point_id, item.pool, item.counted_on, item.comment, 'unread', null)::public.response_comments
      order by item.id) filter (where item.comment is not null)
  into new_responses, new_comments
  from item;

  -- In the order of the random ids: neither the place in the table nor the transaction tells the order of arrival.
  insert into public.responses select * from unnest(new_responses);
  insert into public.response_comments select * from unnest(new_comments);
  perform private.add_tallies(new_responses);
  return cardinality(new_responses);
end
$$;
comment on function private.record_batch is 'Checks, stores and tallies a batch of answers in the caller''s transaction; p_items as in record_responses()';

create function public.record_responses(batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  items jsonb;
begin
  items := private.unwrapped(batch) -> 'items';
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) = 0 then
    perform private.fail('422', 'malformed', 'batch must be {"items": [...]}');
  end if;
  return jsonb_build_object('recorded', private.record_batch(
    (select jsonb_agg(item || '{"accepts_closed": true}') from jsonb_array_elements(items) as item)));
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this batch has the wrong form');
end
$$;
comment on function public.record_responses is
  'Records answers that carry their own date: demo data, imports of past answers, keyed paper forms. Jobs of the worker only: no ticket is asked for, a closed point is accepted';
grant execute on function public.record_responses(jsonb) to service_role;

-- The door ---------------------------------------------------------------------------------------

create function private.ticket_problem(p_ticket text, p_service_point text, p_version text, p_key bytea)
returns text
language plpgsql
stable
set search_path = ''
as $$
declare
  parts text[] := string_to_array(p_ticket, '.');
  expected text;
  age double precision;
begin
  if p_service_point is null or p_version is null or cardinality(parts) is distinct from 3 then
    return 'ticket_invalid';
  end if;
  -- The signature comes first: what it covers was written by us, so its time is a number.
  expected := rtrim(translate(encode(extensions.hmac(
    convert_to(concat_ws('|', 'lang-nghe ticket 1', parts[1], p_service_point, p_version, parts[2]), 'UTF8'),
    p_key, 'sha256'), 'base64'), '+/', '-_'), '=');
  if expected is distinct from parts[3] then
    return 'ticket_invalid';
  end if;
  age := extract(epoch from now()) - parts[2]::bigint;
  if age > 86400 or age < -300 then
    return 'ticket_stale';
  end if;
  return null;
end
$$;
comment on function private.ticket_problem is
  'Why a ticket is refused, or null: signature over nonce, point, version and time of issue; 24 hours at most. The twin of src/lib/survey/ticket.ts';

create function public.submit_responses(batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- The shape of a batch never changes: planning these queries anew cost more than running them.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  key bytea := (select s.value from private.secrets as s where s.name = 'ticket');
  items jsonb;
  today date := private.today();
  half_day text := case when private.is_morning() then 'morning' else 'afternoon' end;
  problem text;
  fresh bytea[];
  accepted jsonb;
  results jsonb;
begin
  items := private.unwrapped(batch) -> 'items';
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) not between 1 and 500 then
    perform private.fail('422', 'malformed', 'batch must be {"items": [...]} with 1 to 500 items');
  end if;
  if key is null then
    perform private.fail('503', 'no_ticket_key', 'this installation has no ticket key yet: run npm run migrate');
  end if;

  -- This function is reachable with the public key: it trusts nobody and checks every ticket again.
  select min(private.ticket_problem(item ->> 'ticket', item ->> 'service_point_id', item ->> 'version_id', key)) into problem
  from jsonb_array_elements(items) as item;
  if problem is not null then
    perform private.fail('409', problem, 'the ticket of this form is not valid');
  end if;

  -- Spent in the order of the hash, so that the order of arrival is nowhere; a hash already there stays spent.
  with offered as (
    select distinct sha256(convert_to(item ->> 'ticket', 'UTF8')) as hash,
      (to_timestamp(split_part(item ->> 'ticket', '.', 2)::bigint) at time zone 'Asia/Ho_Chi_Minh')::date as day
    from jsonb_array_elements(items) as item
  ),
  spent as (
    insert into private.spent_tickets (day, hash)
    select day, hash from offered order by day, hash
    on conflict do nothing
    returning hash
  )
  select array_agg(hash) into fresh from spent;

  with posted as (
    select item, n, sha256(convert_to(item ->> 'ticket', 'UTF8')) as hash
    from jsonb_array_elements(items) with ordinality as e (item, n)
  ),
  judged as (
    select item, n, hash = any (fresh) and row_number() over (partition by hash order by n) = 1 as counts from posted
  )
  select
    jsonb_agg(j.item || jsonb_build_object(
      'date', today, 'half_day', half_day,
      'pool', 'open', 'accepts_closed', false,
      'channel', (select case point.kind when 'counter' then 'qr' else point.kind end
                  from public.service_points as point where point.id = (j.item ->> 'service_point_id')::uuid)
    ) order by j.n) filter (where j.counts),
    jsonb_agg(case when coalesce(j.counts, false) then 'recorded' else 'again' end order by j.n)
  into accepted, results
  from judged as j;

  if accepted is not null then
    perform private.record_batch(accepted);
  end if;
  return jsonb_build_object('results', results);
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this batch has the wrong form');
end
$$;
comment on function public.submit_responses is
  'The only way an anonymous person writes: each item carries a signed ticket that counts once. All or nothing: one bad item fails the batch, the app halves it. Open to anon on purpose (splinter lint 0028)';
grant execute on function public.submit_responses(jsonb) to anon, authenticated, service_role;

create view private.kept_strata as
select s.id, coalesce(kept.raw_kept_from, '-infinity') as kept_from
from private.strata as s left join private.retention as kept on kept.organisation_id = s.organisation_id;
comment on view private.kept_strata is 'Strata with the day from which their organisation still has raw responses';
revoke all on private.kept_strata from public, anon, authenticated;
grant select on private.kept_strata to service_role;

-- Dates come as text: Supabase Lite answers 500 when a date argument is anything but a string.
create function public.rebuild_tallies(p_from text, p_to text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  organisation uuid;
  first_day date := p_from::date;
  last_day date := p_to::date;
  this_day date;
  recounted bigint := 0;
  of_day public.responses[];
begin
  for organisation in select id from public.organisations order by 1 loop
    perform pg_advisory_xact_lock(private.organisation_lock(organisation));
  end loop;
  delete from private.rating_counts as t using private.kept_strata as s
  where t.stratum_id = s.id and t.day between first_day and last_day and t.day >= s.kept_from;
  delete from private.person_sums as t using private.kept_strata as s
  where t.stratum_id = s.id and t.day between first_day and last_day and t.day >= s.kept_from;
  delete from private.fact_counts as t using private.kept_strata as s
  where t.stratum_id = s.id and t.day between first_day and last_day and t.day >= s.kept_from;
  delete from private.item_sums as t using private.kept_strata as s
  where t.stratum_id = s.id and t.day between first_day and last_day and t.day >= s.kept_from;
  delete from private.response_counts as t
  using public.service_points as point
  left join private.retention as kept on kept.organisation_id = point.organisation_id
  where t.service_point_id = point.id and t.day between first_day and last_day and t.day >= coalesce(kept.raw_kept_from, '-infinity');
  for this_day in
    select distinct counted_on from public.responses where counted_on between first_day and last_day order by 1
  loop
    of_day := array(
      select r from public.responses as r join private.kept_strata as s on s.id = r.stratum_id
      where r.counted_on = this_day and this_day >= s.kept_from);
    perform private.add_tallies(of_day);
    recounted := recounted + cardinality(of_day);
  end loop;
  return jsonb_build_object('from', first_day, 'to', last_day, 'responses', recounted);
end
$$;
comment on function public.rebuild_tallies is
  'Recounts the daily tallies of a range of days from raw responses; days whose raw responses were already deleted are left alone';
grant execute on function public.rebuild_tallies(text, text) to service_role;
