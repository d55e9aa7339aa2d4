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
language plpgsql
immutable
set search_path = ''
as $$ begin return ('x' || substr(md5('release ' || p_organisation), 1, 16))::bit(64)::bigint; end $$;
comment on function private.organisation_lock is
  'Advisory lock between recording (shared) and release or rebuild (exclusive): no day is released while an answer for it is on its way';

-- The rules of a published version, ready for use: one look at a row instead of one per item of every answer.

create table private.version_rules (
  version_id uuid primary key references public.questionnaire_versions (id) on delete cascade,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  codes text[] not null,
  measures text[] not null,
  overall_at smallint,
  possible text not null,
  before_result text not null
);
comment on table private.version_rules is
  'Of a published version: codes and measures of its items in order, where S0 stands, and two patterns for the list of ratings as JSON text. Made on publishing';
comment on column private.version_rules.possible is 'Every rating is 1 to 5, null, or 0 where the item gives a reason for it';
comment on column private.version_rules.before_result is 'The same, and no level for items about a result: somebody who has none yet';
alter table private.version_rules enable row level security;
revoke all on private.version_rules from public, anon, authenticated;
grant select on private.version_rules to service_role;

create function private.make_rules()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if new.published_at is null then
    return null;
  end if;
  insert into private.version_rules (version_id, organisation_id, codes, measures, overall_at, possible, before_result)
  select new.id, (select q.organisation_id from public.questionnaires as q where q.id = new.questionnaire_id), array_agg(i.code order by i.position), array_agg(i.measure order by i.position),
    max(i.position) filter (where i.code = 'S0'),
    '^\[' || string_agg(case when i.zero is null then '([1-5]|null)' else '([0-5]|null)' end, ', ' order by i.position) || '\]$',
    '^\[' || string_agg(case
      when i.asked_when = 'return' then case when i.zero is null then 'null' else '(0|null)' end
      when i.zero is null then '([1-5]|null)' else '([0-5]|null)' end, ', ' order by i.position) || '\]$'
  from private.version_items as i
  where i.version_id = new.id
  having count(*) > 0;
  return null;
end
$$;
comment on function private.make_rules is 'Trigger: the rules of a version when it is published, after its items were written';
-- Its name comes after the trigger that writes the items.
create trigger questionnaire_versions_rules after insert or update on public.questionnaire_versions
  for each row execute function private.make_rules();

create type private.parsed_item as (
  n integer,
  problem text,
  ticket_hash bytea,
  ticket_day date,
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
  comment text,
  code text,
  is_fast boolean
);
comment on type private.parsed_item is
  'One answer as it was sent, parsed and judged: what is wrong with it ("<status> <key>") or null, and the units it counts for';

create function private.impossible_facts(p_version uuid, p_facts jsonb)
returns boolean
language sql
stable
set search_path = ''
as $$
  select case when jsonb_typeof(p_facts) <> 'object' then jsonb_typeof(p_facts) <> 'null' else exists (
    select from jsonb_each(p_facts) as f (code, chosen)
    left join private.version_facts as asked on asked.version_id = p_version and asked.code = f.code
    where asked.code is null or jsonb_typeof(f.chosen) <> 'array'
      or case when jsonb_typeof(f.chosen) = 'array' then
        jsonb_array_length(f.chosen) not between 1 and asked.most
        or exists (
          select from jsonb_array_elements(f.chosen) as c (value)
          where jsonb_typeof(c.value) <> 'number' or c.value #>> '{}' !~ '^[1-9][0-9]?$' or (c.value #>> '{}')::integer > asked.choices)
        or (select count(distinct c.value) from jsonb_array_elements(f.chosen) as c (value)) <> jsonb_array_length(f.chosen)
      else false end
  ) end
$$;
comment on function private.impossible_facts is 'Whether optional answers name a question or a choice that the version does not offer, or too many';

create function private.parsed_items(p_items jsonb, p_ticket_key bytea default null)
returns private.parsed_item[]
language plpgsql
stable
set search_path = ''
-- The shape of a batch never changes: planning this query anew cost more than running it.
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  today date := private.today();
  this_half text := case when private.is_morning() then 'morning' else 'afternoon' end;
  for_citizens boolean := p_ticket_key is not null;
  this_second bigint := extract(epoch from now());
  per_rating integer := private.threshold('seconds_per_rating');
begin
  return (
    select array_agg(row(
      e.n,
      case
        when for_citizens and private.ticket_problem(p.ticket, p.service_point_id, p.version_id, p_ticket_key) is not null
          then '409 ' || private.ticket_problem(p.ticket, p.service_point_id, p.version_id, p_ticket_key)
        when point.id is null then '404 unknown_point'
        when for_citizens and not point.is_active then '410 point_closed'
        when rule.version_id is null then '404 unknown_version'
        when p.procedure_group_id is not null and served.id is null then '404 unknown_procedure_group'
        when p.language is null or p.language not in ('vi', 'zh', 'en') or p.pressed_by not in ('self', 'helped', 'staff')
          then '422 malformed'
        when not for_citizens and (
          p.pool is null or p.pool not in ('verified', 'open', 'imported')
          or p.channel is null or p.channel not in ('qr', 'kiosk', 'link', 'paper', 'import')
          or p.half_day is null or p.half_day not in ('morning', 'afternoon')) then '422 malformed'
        when not for_citizens and (p.date is null or p.date > today or p.date < '2000-01-01') then '422 impossible_date'
        when p.moment not in ('receive', 'return', 'other')
          -- A slip is also given to somebody whose application was refused or sent back, whatever the point serves.
          or (point.moment <> 'both' and p.moment is distinct from point.moment and not (p.code is not null and p.moment = 'other'))
          then '422 impossible_moment'
        when checked.is_possible is not true then '422 impossible_rating'
        when p.moment in ('receive', 'other') and p.ratings !~ rule.before_result then '422 impossible_moment'
        when checked.rated = 0 then '422 no_rating'
        when p.facts is not null and p.facts <> '{}' and private.impossible_facts(rule.version_id, p.facts) then '422 impossible_fact'
        when char_length(p.comment) > 2000 then '413 comment_too_long'
      end,
      case when for_citizens then sha256(convert_to(p.ticket, 'UTF8')) end,
      (to_timestamp(checked.issued) at time zone 'Asia/Ho_Chi_Minh')::date,
      point.organisation_id, point.id, point.unit_id,
      coalesce(chosen.deciding_unit_id, point.default_deciding_unit_id), chosen.id,
      p.moment, p.version_id,
      case when for_citizens then 'open' else p.pool end,
      case when not for_citizens then p.channel when point.kind = 'counter' then 'qr' else point.kind end,
      p.pressed_by, p.language,
      case when for_citizens then today else p.date end,
      case when for_citizens then this_half else p.half_day end = 'morning',
      case when checked.is_possible then translate(p.ratings, '[]', '{}')::smallint[] end,
      case when jsonb_typeof(p.facts) = 'object' and p.facts <> '{}' then p.facts end,
      nullif(btrim(normalize(p.comment, nfc), E' \t\r\n'), ''),
      case when for_citizens then p.code end,
      -- A form that seems to come from the future tells nothing.
      this_second - checked.issued between 0 and per_rating * checked.rated - 1
    )::private.parsed_item order by e.n)
    from jsonb_array_elements(p_items) with ordinality as e (value, n)
    -- A list read as text is its JSON text, written in one way only: "[4, 5, null]".
    cross join lateral jsonb_to_record(e.value) as p (
      ticket text, service_point_id uuid, version_id uuid, procedure_group_id uuid, moment text, language text, pressed_by text,
      ratings text, facts jsonb, comment text, date date, half_day text, pool text, channel text,
      code text)
    left join public.service_points as point on point.id = p.service_point_id
    left join private.version_rules as rule on rule.version_id = p.version_id and rule.organisation_id = point.organisation_id
    cross join lateral (
      select p.ratings ~ rule.possible as is_possible,
        -- Ratings as JSON text hold no other digits.
        length(p.ratings) - length(translate(p.ratings, '12345', '')) as rated,
        case when for_citizens and split_part(p.ticket, '.', 2) ~ '^[0-9]{1,12}$'
          then split_part(p.ticket, '.', 2)::bigint end as issued
      -- offset 0: looked at once, however often it is named above.
      offset 0
    ) as checked
    -- Who has only one group to choose from is not asked.
    left join lateral (
      select (array_agg(g.procedure_group_id))[1] as id
      from public.service_point_groups as g
      where g.service_point_id = point.id and (p.procedure_group_id is null or g.procedure_group_id = p.procedure_group_id)
      having count(*) = 1
    ) as served on true
    left join public.procedure_groups as chosen on chosen.id = served.id);
end
$$;
comment on function private.parsed_items is
  'Every item of a batch parsed and judged by the same rules for citizens (with a ticket key: date, half-day, pool and channel are ours), imports and keyed paper forms';

create function private.fail_with(p_problem text)
returns void
language plpgsql
set search_path = ''
as $$
begin
  perform private.fail(split_part(p_problem, ' ', 1), split_part(p_problem, ' ', 2), 'an answer of this batch cannot be recorded');
end
$$;
comment on function private.fail_with is 'Raises what parsed_items() found, "<status> <key>"';

-- What the rules of docs/quality.md see while an answer is recorded: how fast it was given, whether the office is
-- closed, and how many came at the same point within minutes. Never who sent it: a whole hall may share one address.

create function private.threshold(p_name text)
returns double precision
language sql
immutable
set search_path = ''
as $$
  select case p_name
    -- fast: less than this per rated item between opening and sending the form (about 1 s per item is a common floor)
    when 'seconds_per_rating' then 1
    -- burst: more answers at one point within so many minutes; serving one person takes minutes
    when 'burst_answers' then 30
    when 'burst_minutes' then 10
    -- straight: one and the same level for at least so many rated items
    when 'straight_items' then 6
    -- pattern: the same ratings of at least so many items, so often at a point and day, when chance and the last
    -- days of the point make that less likely than this
    when 'pattern_items' then 6
    when 'pattern_answers' then 10
    when 'pattern_days' then 90
    when 'pattern_history' then 30
    when 'pattern_chance' then 1e-6
  end
$$;
comment on function private.threshold is 'Every threshold of the rules that flag answers; their sources are in docs/quality.md';

create table private.point_pace (
  service_point_id uuid not null,
  minute integer not null,
  answers integer not null,
  primary key (service_point_id, minute)
) with (fillfactor = 70);
comment on table private.point_pace is
  'How many answers came at a point in a minute (since 1970), kept for an hour at most: nothing else about them';
alter table private.point_pace enable row level security;
revoke all on private.point_pace from public, anon, authenticated;
grant select on private.point_pace to service_role;

create function private.this_minute()
returns integer
language plpgsql
stable
set search_path = ''
as $$ begin return (extract(epoch from now()) / 60)::integer; end $$;

create function private.bursting_points(p_items private.parsed_item[])
returns uuid[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return (
    select coalesce(array_agg(i.service_point_id), '{}')
    from (select service_point_id, count(*) as answers from unnest(p_items) group by 1) as i
    where i.answers + coalesce((
      select sum(p.answers) from private.point_pace as p
      where p.service_point_id = i.service_point_id
        and p.minute > private.this_minute() - private.threshold('burst_minutes')), 0) > private.threshold('burst_answers'));
end
$$;
comment on function private.bursting_points is 'Points that with these answers have more within minutes than people can be served there';

create function private.closed_offices(p_items private.parsed_item[])
returns uuid[]
language plpgsql
stable
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  return (
    select coalesce(array_agg(o.id), '{}')
    from public.organisations as o
    where o.id in (select i.organisation_id from unnest(p_items) as i)
      and ((now() at time zone 'Asia/Ho_Chi_Minh')::time not between o.opens_at and o.closes_at
        or not private.is_working_day(o.id, private.today())));
end
$$;
comment on function private.closed_offices is 'Organisations of these answers that are outside their office hours now';

create function private.note_pace(p_items private.parsed_item[])
returns void
language plpgsql
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
begin
  insert into private.point_pace as p (service_point_id, minute, answers)
  select i.service_point_id, private.this_minute(), count(*) from unnest(p_items) as i group by 1 order by 1
  on conflict (service_point_id, minute) do update set answers = p.answers + excluded.answers;
end
$$;
comment on function private.note_pace is 'Counts answers for the burst rule; last in the transaction of a batch, so that batches do not wait for each other longer than they must';

create function private.record_batch(p_items private.parsed_item[], p_bursting uuid[] default '{}', p_closed uuid[] default '{}')
returns integer
language plpgsql
security definer
set search_path = ''
set plan_cache_mode = 'force_generic_plan'
as $$
declare
  organisation uuid;
  -- Strata are looked up by these: reading all of them for every batch would cost more with every point.
  points uuid[] := array(select distinct i.service_point_id from unnest(p_items) as i);
  is_new boolean;
  new_responses public.responses[];
  new_comments public.response_comments[];
begin
  for organisation in select distinct i.organisation_id from unnest(p_items) as i order by 1 loop
    perform pg_advisory_xact_lock_shared(private.organisation_lock(organisation));
  end loop;

  loop
    select
      bool_or(item.stratum_id is null),
      array_agg(row(item.id, item.stratum_id, item.date, item.counted_on, item.is_morning, item.ratings, item.facts, item.flags)::public.responses
        order by item.id),
      array_agg(row(item.id, item.service_point_id, item.pool, item.counted_on, item.comment, 'unread', null)::public.response_comments
        order by item.id) filter (where item.comment is not null)
    into is_new, new_responses, new_comments
    from (
      select gen_random_uuid() as id, s.id as stratum_id, i.service_point_id, i.pool, i.date,
             greatest(i.date, mark.released_through + 1) as counted_on, i.is_morning, i.ratings, i.facts, i.comment,
             nullif(array_remove(array[
               case when i.is_fast then 'fast' end,
               case when i.service_point_id = any (p_bursting) then 'burst' end,
               case when i.channel = 'qr' and i.pool = 'open' and i.organisation_id = any (p_closed) then 'out_of_hours' end], null), '{}') as flags
      from unnest(p_items) as i
      left join (select * from private.strata as s where s.service_point_id = any (points) offset 0) as s
        on s.service_point_id = i.service_point_id and s.receiving_unit_id = i.receiving_unit_id
        and s.deciding_unit_id = i.deciding_unit_id and s.procedure_group_id is not distinct from i.procedure_group_id
        and s.moment is not distinct from i.moment and s.version_id = i.version_id and s.pool = i.pool
        and s.channel = i.channel and s.pressed_by is not distinct from i.pressed_by and s.language = i.language
      left join private.release_marks as mark on mark.organisation_id = i.organisation_id and mark.pool = i.pool
      offset 0
    ) as item;
    exit when not is_new;
    -- Only combinations that nobody answered in before: a conflicting insert would burn a number each time.
    insert into private.strata (
      organisation_id, service_point_id, receiving_unit_id, deciding_unit_id, procedure_group_id,
      moment, version_id, pool, channel, pressed_by, language)
    select distinct i.organisation_id, i.service_point_id, i.receiving_unit_id, i.deciding_unit_id, i.procedure_group_id,
      i.moment, i.version_id, i.pool, i.channel, i.pressed_by, i.language
    from unnest(p_items) as i
    where not exists (
      select from private.strata as s
      where s.service_point_id = i.service_point_id and s.receiving_unit_id = i.receiving_unit_id
        and s.deciding_unit_id = i.deciding_unit_id and s.procedure_group_id is not distinct from i.procedure_group_id
        and s.moment is not distinct from i.moment and s.version_id = i.version_id and s.pool = i.pool
        and s.channel = i.channel and s.pressed_by is not distinct from i.pressed_by and s.language = i.language
    )
    order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    on conflict do nothing;
  end loop;

  -- In the order of the random ids: neither the place in the table nor the transaction tells the order of arrival.
  insert into public.responses select * from unnest(new_responses);
  if new_comments is not null then
    insert into public.response_comments select * from unnest(new_comments);
  end if;
  perform private.add_tallies(new_responses);
  return cardinality(new_responses);
end
$$;
comment on function private.record_batch is 'Stores and tallies parsed answers, all of them without a problem, in the caller''s transaction; p_bursting and p_closed: points and offices whose answers are flagged';

create function public.record_responses(batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  items jsonb;
  parsed private.parsed_item[];
  problem text;
begin
  items := private.unwrapped(batch) -> 'items';
  if jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) = 0 then
    perform private.fail('422', 'malformed', 'batch must be {"items": [...]}');
  end if;
  parsed := private.parsed_items(items);
  select i.problem into problem from unnest(parsed) as i where i.problem is not null order by i.n limit 1;
  if problem is not null then
    perform private.fail_with(problem);
  end if;
  return jsonb_build_object('recorded', private.record_batch(parsed));
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this batch has the wrong form');
end
$$;
comment on function public.record_responses is
  'Records answers that carry their own date: demo data, imports of past answers, keyed paper forms. Jobs of the worker only: no ticket is asked for, a closed point is accepted';
grant execute on function public.record_responses(jsonb) to service_role;

-- The door ---------------------------------------------------------------------------------------

create function private.ticket_problem(p_ticket text, p_service_point uuid, p_version uuid, p_key bytea)
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
  parsed private.parsed_item[];
  fresh bytea[];
  accepted private.parsed_item[];
  problem text;
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
  parsed := private.parsed_items(items, key);
  select i.problem into problem from unnest(parsed) as i where i.problem like '409 %' order by i.n limit 1;
  if problem is not null then
    perform private.fail_with(problem);
  end if;

  -- Spent in the order of the hash, so that the order of arrival is nowhere; a hash already there stays spent.
  with spent as (
    insert into private.spent_tickets (day, hash)
    select distinct i.ticket_day, i.ticket_hash from unnest(parsed) as i order by 1, 2
    on conflict do nothing
    returning hash
  )
  select array_agg(hash) into fresh from spent;

  if cardinality(fresh) = cardinality(parsed) then
    accepted := parsed;
    results := to_jsonb(array_fill('recorded'::text, array[cardinality(parsed)]));
  else
    with judged as (
      select i, i.ticket_hash = any (fresh) and row_number() over (partition by i.ticket_hash order by i.n) = 1 as counts
      from unnest(parsed) as i
    )
    select array_agg(j.i order by (j.i).n) filter (where j.counts),
      jsonb_agg(case when coalesce(j.counts, false) then 'recorded' else 'again' end order by (j.i).n)
    into accepted, results
    from judged as j;
  end if;

  if accepted is not null then
    select i.problem into problem from unnest(accepted) as i where i.problem is not null order by i.n limit 1;
    if problem is not null then
      perform private.fail_with(problem);
    end if;
    if exists (select from unnest(accepted) as i where i.code is not null) then
      accepted := private.spend_codes(accepted);
    end if;
    perform private.record_batch(accepted, private.bursting_points(accepted), private.closed_offices(accepted));
    perform private.note_pace(accepted);
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
  flagged record;
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
  for flagged in
    select m.organisation_id, m.pool, least(m.flagged_through, last_day) as through_day,
      greatest(first_day, coalesce(kept.raw_kept_from, '-infinity')) - 1 as after_day
    from private.flag_marks as m left join private.retention as kept on kept.organisation_id = m.organisation_id
    order by 1, 2
  loop
    perform private.tally_flagged(flagged.organisation_id, flagged.pool, flagged.after_day, flagged.through_day);
  end loop;
  return jsonb_build_object('from', first_day, 'to', last_day, 'responses', recounted);
end
$$;
comment on function public.rebuild_tallies is
  'Recounts the daily tallies of a range of days from raw responses; days whose raw responses were already deleted are left alone';
grant execute on function public.rebuild_tallies(text, text) to service_role;
