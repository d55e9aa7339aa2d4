-- What is kept longer than it may be goes: a little at a time, counted, and told in the audit log. Figures stay:
-- tallies and monthly sums are no data about a person, and the recount looks at days with raw responses only.

create function private.remove_accounts(p_people uuid[])
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  removed integer := 0;
begin
  -- The schema belongs to the Auth server (decision 007): a plain Postgres has none.
  if to_regclass('auth.users') is not null then
    execute 'delete from auth.users where id = any ($1)' using p_people;
    get diagnostics removed = row_count;
  end if;
  if to_regclass('auth.audit_log_entries') is not null then
    -- The Auth server's own log names addresses.
    execute $entries$delete from auth.audit_log_entries where payload ->> 'actor_id' = any ($1)$entries$
      using array(select p::text from unnest(p_people) as p);
  end if;
  return removed;
end
$$;
comment on function private.remove_accounts is 'Removes sign-in accounts at the Auth server, where it is in this database';

create function private.forget_people(p_organisation uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  without_account uuid[];
  without_name uuid[];
begin
  with left_for_good as (
    select m.person_id, max(m.ended_at) as since
    from public.members as m
    where m.person_id in (select h.person_id from public.members as h where h.organisation_id = p_organisation)
    group by m.person_id
    having bool_and(m.ended_at is not null)
  )
  select
    array_agg(p.id) filter (where p.email <> '-@-' and l.since < (private.today() - 90)::timestamp at time zone 'Asia/Ho_Chi_Minh'),
    array_agg(p.id) filter (where p.name <> '—' and l.since < private.audit_kept_from())
  into without_account, without_name
  from left_for_good as l join public.people as p on p.id = l.person_id;
  update public.people set email = '-@-' where id = any (without_account);
  perform private.remove_accounts(without_account);
  update public.people set name = '—' where id = any (without_name);
  return jsonb_strip_nulls(jsonb_build_object('accounts', cardinality(without_account), 'names', cardinality(without_name)));
end
$$;
comment on function private.forget_people is
  'Of people whose last membership has ended: the account and the address go after 90 days, the name when the log no longer needs it';

create function private.added(p_counts jsonb, p_more jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(c.key, c.n), '{}')
  from (
    select e.key, sum(e.value::bigint) as n
    from (select * from jsonb_each_text(p_counts) union all select * from jsonb_each_text(p_more)) as e
    group by e.key having sum(e.value::bigint) > 0
  ) as c
$$;
comment on function private.added is 'Two lists of counts added up; what is nothing is left out';

create function private.cut_audit_log()
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  kept_from timestamptz := private.audit_kept_from();
  last_cut public.audit_log;
  lines integer;
  per_house jsonb;
  house record;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  select l.* into last_cut from public.audit_log as l
  where l.seq < coalesce((select min(k.seq) from public.audit_log as k where k.at >= kept_from), (select max(k.seq) + 1 from public.audit_log as k))
  order by l.seq desc limit 1;
  if not found then
    return 0;
  end if;
  insert into private.audit_anchor (seq, hash) values (last_cut.seq, last_cut.hash)
  on conflict (is_only) do update set seq = excluded.seq, hash = excluded.hash;
  per_house := (
    select jsonb_object_agg(c.organisation_id, c.n)
    from (select l.organisation_id, count(*) as n from public.audit_log as l where l.seq <= last_cut.seq group by 1) as c
    where c.organisation_id in (select o.id from public.organisations as o));
  delete from public.audit_log as l where l.seq <= last_cut.seq;
  get diagnostics lines = row_count;
  -- This line proves that the log was cut by the rule; the others tell each organisation.
  perform private.audit_write(null, null, 'audit_cut', 'audit_log', last_cut.seq::text, jsonb_build_object(
    'through', last_cut.seq, 'hash', encode(last_cut.hash, 'hex'), 'lines', lines, 'before', (kept_from at time zone 'Asia/Ho_Chi_Minh')::date));
  for house in select c.key::uuid as id, c.value as n from jsonb_each(per_house) as c order by 1 loop
    perform private.audit_write(house.id, null, 'audit_cut', 'audit_log', last_cut.seq::text,
      jsonb_build_object('lines', house.n, 'before', (kept_from at time zone 'Asia/Ho_Chi_Minh')::date));
  end loop;
  return lines;
end
$$;
comment on function private.cut_audit_log is
  'Takes the oldest whole months out of the log when their time is over for every organisation; the rest still verifies from the anchor on';

create function public.enforce_retention(p_rows integer default 2000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  house public.organisations;
  kept private.retention;
  raw_from date;
  comments_from date;
  n integer;
  counts jsonb := '{}';
  is_whole boolean := true;
begin
  select o.* into house
  from public.organisations as o
  left join private.retention as r on r.organisation_id = o.id
  where coalesce(r.done_on, '-infinity') < private.today()
    and not exists (select from private.leaving_organisations as l where l.organisation_id = o.id)
  order by o.id limit 1;
  if not found then
    delete from public.outbox where created_at < now() - interval '30 days';
    get diagnostics n = row_count;
    delete from private.setup_links where expires_at < now() - interval '30 days';
    return jsonb_build_object('more', false, 'removed', jsonb_strip_nulls(jsonb_build_object('outbox', nullif(n, 0), 'audit', nullif(private.cut_audit_log(), 0))));
  end if;

  -- Shared with recording, not with a rebuild: that one must not count a day that is just going.
  perform pg_advisory_xact_lock_shared(private.organisation_lock(house.id));
  insert into private.retention (organisation_id) values (house.id) on conflict do nothing;
  select * into kept from private.retention where organisation_id = house.id for update;
  raw_from := greatest(kept.raw_kept_from, private.retention_cut(house.response_months));
  comments_from := greatest(kept.comments_kept_from, raw_from, private.retention_cut(house.comment_months));

  delete from public.response_comments where response_id = any (array(
    select c.response_id from public.response_comments as c join public.service_points as p on p.id = c.service_point_id
    where p.organisation_id = house.id and c.counted_on < comments_from limit p_rows));
  get diagnostics n = row_count;
  counts := private.added(counts, jsonb_build_object('comments', n));
  is_whole := n < p_rows;
  if is_whole then
    delete from public.responses where id = any (array(
      select r.id from public.responses as r join private.strata as s on s.id = r.stratum_id
      where s.organisation_id = house.id and r.counted_on < raw_from limit p_rows));
    get diagnostics n = row_count;
    counts := private.added(counts, jsonb_build_object('responses', n));
    is_whole := n < p_rows;
  end if;
  if is_whole then
    delete from public.jobs
    where organisation_id = house.id and state in ('done', 'failed') and finished_at < now() - interval '30 days';
    get diagnostics n = row_count;
    counts := private.added(counts, jsonb_build_object('jobs', n));
    update public.invitations set email = null
    where organisation_id = house.id and email is not null
      and coalesce(accepted_at, revoked_at, expires_at) < now() - interval '30 days';
    get diagnostics n = row_count;
    counts := private.added(private.added(counts, jsonb_build_object('invitation_addresses', n)), private.forget_people(house.id));
  end if;

  counts := private.added(kept.removed, counts);
  update private.retention
  set raw_kept_from = raw_from, comments_kept_from = comments_from,
      removed = case when is_whole then '{}' else counts end,
      last_removed = case when is_whole then counts else last_removed end,
      done_on = case when is_whole then private.today() else done_on end
  where organisation_id = house.id;
  if is_whole and counts <> '{}' then
    perform private.audit_write(house.id, null, 'retention', 'organisations', house.id::text, counts);
  end if;
  return jsonb_build_object('more', true, 'removed', counts);
end
$$;
comment on function public.enforce_retention is
  'One step of the daily clearing: at most p_rows comments or responses of one organisation, or the end of its run with one line in the log. Asked again while "more"; a worker that was killed goes on where it was';
grant execute on function public.enforce_retention(integer) to service_role;
