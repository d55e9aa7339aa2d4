-- Everything an organisation owns, as one encrypted archive: asked for by one person, confirmed by another, one of them
-- a leader and the other an administrator. The key is made when it is asked for, shown once to the asker, and kept
-- nowhere: the database knows the public half only.

-- What belongs to an organisation -------------------------------------------------------------------------

create function private.owned_tables()
returns table (name text, condition text, place integer)
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  -- Columns that lead to an owner without a foreign key, which would cost every answer a lock.
  soft constant jsonb := '{"stratum_id": "private.strata", "service_point_id": "public.service_points", "unit_id": "public.units",
    "version_id": "public.questionnaire_versions", "response_id": "public.responses"}';
  conditions jsonb;
  parents jsonb := '{}';
  found_more boolean := true;
  link record;
  ready text[];
  round integer := 0;
begin
  select jsonb_object_agg(t.name, t.condition) into conditions
  from (
    select format('%s.%s', n.nspname, c.relname) as name, case
      when n.nspname = 'public' and c.relname = 'organisations' then 'id = $1'
      when n.nspname = 'public' and c.relname = 'people' then 'id in (select m.person_id from public.members as m where m.organisation_id = $1)'
      when exists (select from pg_catalog.pg_attribute as a where a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped)
        then 'organisation_id = $1'
      end as condition
    from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname in ('public', 'private') and c.relkind in ('r', 'p') and not c.relispartition
  ) as t
  where t.condition is not null and t.name <> 'private.leaving_organisations';

  while found_more loop
    found_more := false;
    for link in
      select distinct on (child) l.child, l.owner, l.from_column, l.to_column
      from (
        select format('%s.%s', n.nspname, c.relname) as child, format('%s.%s', pn.nspname, p.relname) as owner,
               a.attname as from_column, pa.attname as to_column, case when f.confdeltype = 'c' then 0 else 1 end as rank, a.attnum
        from pg_catalog.pg_constraint as f
        join pg_catalog.pg_class as c on c.oid = f.conrelid join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        join pg_catalog.pg_class as p on p.oid = f.confrelid join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace
        join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = f.conkey[1]
        join pg_catalog.pg_attribute as pa on pa.attrelid = p.oid and pa.attnum = f.confkey[1]
        where f.contype = 'f' and cardinality(f.conkey) = 1 and f.conrelid <> f.confrelid
        union all
        select format('%s.%s', n.nspname, c.relname), soft ->> a.attname, a.attname, 'id', 2, a.attnum
        from pg_catalog.pg_attribute as a
        join pg_catalog.pg_class as c on c.oid = a.attrelid join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        where soft ? a.attname and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition and n.nspname in ('public', 'private')
      ) as l
      where not conditions ? l.child and conditions ? l.owner and l.owner not in ('public.people', 'public.jobs')
        and l.child ~ '^(public|private)\.'
      order by child, l.rank, l.attnum
    loop
      conditions := conditions || jsonb_build_object(link.child,
        format('%I in (select %I from %s where %s)', link.from_column, link.to_column, link.owner, conditions ->> link.owner));
      parents := parents || jsonb_build_object(link.child, link.owner);
      found_more := true;
    end loop;
  end loop;

  -- In the order in which they can be emptied: each before whatever it refers to.
  while conditions <> '{}' loop
    round := round + 1;
    ready := array(
      select c.key from jsonb_each_text(conditions) as c
      where not exists (select from jsonb_each_text(parents) as p where p.value = c.key and conditions ? p.key)
        and not exists (
          select from pg_catalog.pg_constraint as f
          where f.contype = 'f' and f.confrelid = c.key::regclass and f.conrelid <> f.confrelid
            and conditions ? (select format('%s.%s', n.nspname, r.relname) from pg_catalog.pg_class as r
                              join pg_catalog.pg_namespace as n on n.oid = r.relnamespace where r.oid = f.conrelid)));
    if cardinality(ready) = 0 then
      raise exception 'tables refer to each other in a circle: %', (select string_agg(k, ', ') from jsonb_object_keys(conditions) as k);
    end if;
    return query select c.key, c.value, round from jsonb_each_text(conditions) as c where c.key = any (ready) order by c.key;
    conditions := conditions - ready;
  end loop;
end
$$;
comment on function private.owned_tables is
  'Every table that holds rows of one organisation, which rows ($1 is the organisation), and in which order they can be deleted. Found from columns and foreign keys, so that a new table is not forgotten; a test names the tables that belong to nobody';

-- Two persons ---------------------------------------------------------------------------------------------

create function private.are_both_roles(p_organisation uuid, p_one uuid, p_other uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select p_one <> p_other and exists (
    select
    from public.members as a
    join public.members as b on b.organisation_id = a.organisation_id and b.unit_id = a.unit_id and b.ended_at is null
    where a.unit_id = p_organisation and a.ended_at is null and a.person_id = p_one and b.person_id = p_other
      and ((a.role = 'leader' and b.role = 'administrator') or (a.role = 'administrator' and b.role = 'leader')))
$$;
comment on function private.are_both_roles is
  'Whether these are two persons of whom one leads and the other administers the whole organisation, today';

create function private.require_second_person(p_organisation uuid, p_asked_by uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_house_role(p_organisation, array['administrator', 'leader']);
  if p_asked_by = private.me() then
    perform private.fail('403', 'needs_second_person', 'who asked cannot confirm');
  elsif not private.are_both_roles(p_organisation, p_asked_by, private.me()) then
    perform private.fail('403', 'needs_other_role', 'one must be a leader and the other an administrator of the whole organisation');
  end if;
end
$$;

create table public.archive_requests (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  recipient text not null check (recipient ~ '^age1[0-9a-z]{58}$'),
  asked_by uuid not null references public.people (id) on delete cascade,
  asked_at timestamptz not null default now(),
  confirmed_by uuid references public.people (id) on delete cascade,
  confirmed_at timestamptz,
  job_id uuid references public.jobs (id) on delete set null,
  plan jsonb,
  bytes bigint,
  row_count bigint,
  ready_at timestamptz,
  downloaded_at timestamptz,
  withdrawn_at timestamptz
);
comment on table public.archive_requests is
  'An archive of everything an organisation owns: who asked, who confirmed, until when the file can be had. The key that opens it is nowhere';
comment on column public.archive_requests.recipient is 'Public key (age) for which the archive is sealed; the private one was shown to the asker once';
comment on column public.archive_requests.plan is 'Tables of the archive with their conditions and columns, as the worker found them';
create index archive_requests_organisation_id_idx on public.archive_requests (organisation_id, asked_at desc);
create index archive_requests_asked_by_idx on public.archive_requests (asked_by);
create index archive_requests_confirmed_by_idx on public.archive_requests (confirmed_by);
create index archive_requests_job_id_idx on public.archive_requests (job_id);
alter table public.archive_requests enable row level security;
revoke all on public.archive_requests from public, anon, authenticated;
grant select on public.archive_requests to service_role;
create trigger archive_requests_audit
  after insert or delete or update of confirmed_at, ready_at, downloaded_at, withdrawn_at on public.archive_requests
  for each row execute function private.audit('organisation_id');

create function private.archive_state(r public.archive_requests)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when r.withdrawn_at is not null then 'withdrawn'
    when r.ready_at is not null then case when r.ready_at > now() - interval '7 days' then 'ready' else 'removed' end
    when r.confirmed_at is null then case when r.asked_at > now() - interval '7 days' then 'asked' else 'expired' end
    when exists (select from public.jobs as j where j.id = r.job_id and j.state in ('waiting', 'running')) then 'working'
    else 'failed' end
$$;
comment on function private.archive_state is
  'asked (7 days to confirm), expired, working, failed, ready (7 days to download), removed, or withdrawn';

create function private.archive_by_id(p_request uuid)
returns public.archive_requests
language plpgsql
set search_path = ''
as $$
declare
  request public.archive_requests;
begin
  select * into request from public.archive_requests where id = p_request for update;
  if not found then
    perform private.fail('404', 'unknown_request', 'there is no such request');
  end if;
  return request;
end
$$;

create function public.read_archive(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid;
begin
  perform private.require_role(p_unit, array['administrator', 'leader']);
  select u.organisation_id into house from public.units as u where u.id = p_unit;
  return jsonb_build_object(
    'organisation', house,
    'may_ask', private.has_role(house, array['administrator', 'leader']),
    'request', (
      select jsonb_build_object('id', r.id, 'state', private.archive_state(r), 'recipient', r.recipient,
        'asked_by', (select p.name from public.people as p where p.id = r.asked_by), 'asked_at', r.asked_at,
        'confirmed_by', (select p.name from public.people as p where p.id = r.confirmed_by), 'confirmed_at', r.confirmed_at,
        'is_mine', r.asked_by = private.me(),
        'may_confirm', private.are_both_roles(house, r.asked_by, private.me()),
        'may_download', private.me() in (r.asked_by, r.confirmed_by) and private.has_role(house, array['administrator', 'leader']),
        'asked_role', (select min(m.role) from public.members as m where m.person_id = r.asked_by and m.unit_id = house and m.ended_at is null and m.role in ('administrator', 'leader')),
        'bytes', r.bytes, 'rows', r.row_count, 'until', coalesce(r.ready_at, r.asked_at) + interval '7 days',
        'downloaded_at', r.downloaded_at, 'progress', j.progress, 'progress_of', j.progress_of)
      from public.archive_requests as r left join public.jobs as j on j.id = r.job_id
      where r.organisation_id = house order by r.asked_at desc limit 1));
end
$$;
comment on function public.read_archive is 'How it stands with the latest archive of the organisation; for administrators and leaders';
grant execute on function public.read_archive(uuid) to authenticated;

create function public.ask_archive(p_organisation uuid, p_recipient text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  made uuid;
begin
  perform private.require_house_role(p_organisation, array['administrator', 'leader']);
  if p_recipient is null or p_recipient !~ '^age1[0-9a-z]{58}$' then
    perform private.fail('422', 'malformed', 'this is no public key of age');
  end if;
  perform from public.organisations where id = p_organisation for update;
  if exists (select from public.archive_requests as r where r.organisation_id = p_organisation and private.archive_state(r) in ('asked', 'working')) then
    perform private.fail('409', 'request_open', 'there is an open request already');
  end if;
  insert into public.archive_requests (organisation_id, recipient, asked_by) values (p_organisation, p_recipient, private.me())
  returning id into made;
  return made;
end
$$;
comment on function public.ask_archive is
  'A leader or an administrator of the whole organisation asks for an archive, sealed for p_recipient: PT409 request_open';
grant execute on function public.ask_archive(uuid, text) to authenticated;

create function public.confirm_archive(p_request uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.archive_requests := private.archive_by_id(p_request);
  job uuid;
begin
  perform private.require_second_person(request.organisation_id, request.asked_by);
  if private.archive_state(request) <> 'asked' then
    perform private.fail('410', 'request_over', 'this request waits for nobody any more');
  end if;
  insert into public.jobs (kind, organisation_id, payload, asked_by)
  values ('archive', request.organisation_id, jsonb_build_object('request', p_request), private.me())
  returning id into job;
  update public.archive_requests set confirmed_by = private.me(), confirmed_at = now(), job_id = job where id = p_request;
end
$$;
comment on function public.confirm_archive is
  'The other of the two confirms within 7 days, and the worker begins: PT403 needs_second_person, needs_other_role, PT410 request_over';
grant execute on function public.confirm_archive(uuid) to authenticated;

create function public.withdraw_archive(p_request uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.archive_requests := private.archive_by_id(p_request);
begin
  perform private.require_house_role(request.organisation_id, array['administrator', 'leader']);
  update public.archive_requests set withdrawn_at = now() where id = p_request and withdrawn_at is null;
end
$$;
comment on function public.withdraw_archive is
  'Any leader or administrator of the whole organisation takes a request back; a file already made is deleted by the worker';
grant execute on function public.withdraw_archive(uuid) to authenticated;

create function public.open_archive(p_request uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.archive_requests := private.archive_by_id(p_request);
begin
  perform private.require_house_role(request.organisation_id, array['administrator', 'leader']);
  if private.me() not in (request.asked_by, request.confirmed_by) then
    perform private.fail('403', 'not_allowed', 'only the two who made it take it');
  elsif private.archive_state(request) <> 'ready' then
    perform private.fail('410', 'request_over', 'there is no file any more, or not yet');
  end if;
  update public.archive_requests set downloaded_at = coalesce(downloaded_at, now()) where id = p_request;
  perform private.audit_write(request.organisation_id, request.organisation_id, 'download', 'archive_requests', p_request::text, '{}');
  return jsonb_build_object('bytes', request.bytes, 'made', (request.ready_at at time zone 'Asia/Ho_Chi_Minh')::date);
end
$$;
comment on function public.open_archive is
  'Asked before the file is handed out, and logged: only the asker and the confirmer, for 7 days. PT403 not_allowed, PT410 request_over';
grant execute on function public.open_archive(uuid) to authenticated;

-- The worker's side -----------------------------------------------------------------------------------------

create function public.archive_begin(p_request uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.archive_requests := private.archive_by_id(p_request);
  tables jsonb;
begin
  if private.archive_state(request) not in ('working', 'failed') then
    perform private.fail('410', 'request_over', 'this archive is not wanted any more');
  end if;
  select jsonb_agg(jsonb_build_object('name', o.name, 'condition', o.condition, 'about', obj_description(o.name::regclass, 'pg_class'),
    'rows', (select greatest(c.reltuples, 0)::bigint from pg_catalog.pg_class as c where c.oid = o.name::regclass),
    'columns', (
      select jsonb_agg(a.attname order by a.attnum) from pg_catalog.pg_attribute as a
      where a.attrelid = o.name::regclass and a.attnum > 0 and not a.attisdropped
        -- What opens something, or would tell a code by trying, stays here.
        and (o.name = 'public.audit_log' or a.attname !~ '(hash|secret|password)')),
    'key', coalesce((
      select jsonb_agg(jsonb_build_object('column', a.attname, 'type', pg_catalog.format_type(a.atttypid, a.atttypmod)) order by k.n)
      from pg_catalog.pg_index as i
      cross join lateral unnest(i.indkey::smallint[]) with ordinality as k (attnum, n)
      join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
      where i.indrelid = o.name::regclass and i.indisprimary), '[{"column": "ctid", "type": "tid"}]')) order by o.name)
  into tables
  from private.owned_tables() as o;
  update public.archive_requests set plan = tables where id = p_request;
  return jsonb_build_object('recipient', request.recipient,
    'organisation', (select o.names from public.organisations as o where o.id = request.organisation_id),
    'tables', (select jsonb_agg(t - 'condition' - 'key') from jsonb_array_elements(tables) as t));
end
$$;
comment on function public.archive_begin is 'What an archive holds: tables, columns, about how many rows; the worker asks once';
grant execute on function public.archive_begin(uuid) to service_role;

create function public.archive_page(p_request uuid, p_table text, p_after text default null, p_rows integer default 2000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid;
  asked jsonb;
  keys text;
  after text := 'true';
  result jsonb;
begin
  select r.organisation_id, t.value into house, asked
  from public.archive_requests as r cross join lateral jsonb_array_elements(r.plan) as t
  where r.id = p_request and t.value ->> 'name' = p_table and r.withdrawn_at is null;
  if not found then
    perform private.fail('410', 'request_over', 'this archive is not wanted any more');
  end if;
  keys := (select string_agg(format('%I', k ->> 'column'), ', ' order by n) from jsonb_array_elements(asked -> 'key') with ordinality as e (k, n));
  if p_after is not null then
    after := (
      select format('(%s) > (%s)', keys, string_agg(format('%L::%s', p_after::jsonb ->> (n::integer - 1), k ->> 'type'), ', ' order by n))
      from jsonb_array_elements(asked -> 'key') with ordinality as e (k, n));
  end if;
  execute format(
    $page$select jsonb_build_object('count', count(*), 'lines', coalesce(string_agg(p.line || E'\n', '' order by p.n), ''),
        'next', case when count(*) = $2 then (array_agg(p.last order by p.n desc))[1]::text end)
      from (
        select row_number() over () as n, (select to_jsonb(c) from (select %s) as c)::text as line, jsonb_build_array(%s) as last
        from (select %s, %s from %s where (%s) and %s order by %s limit $2) as t
      ) as p$page$,
    (select string_agg(format('t.%I', c.value), ', ') from jsonb_array_elements_text(asked -> 'columns') as c),
    (select string_agg(format('t.%I::text', 'key ' || n), ', ' order by n) from jsonb_array_elements(asked -> 'key') with ordinality as e (k, n)),
    (select string_agg(format('%I', c.value), ', ') from jsonb_array_elements_text(asked -> 'columns') as c),
    (select string_agg(format('%I as %I', k ->> 'column', 'key ' || n), ', ' order by n) from jsonb_array_elements(asked -> 'key') with ordinality as e (k, n)),
    p_table, asked ->> 'condition', after, keys)
  into result using house, p_rows;
  return result;
end
$$;
comment on function public.archive_page is
  'Some rows of one table of an archive as JSON lines, in the order of the key, behind p_after; next is null at the end';
grant execute on function public.archive_page(uuid, text, text, integer) to service_role;

create function public.archive_ready(p_request uuid, p_bytes bigint, p_rows bigint)
returns boolean
language sql
security definer
set search_path = ''
as $$
  with told as (
    update public.archive_requests set ready_at = now(), bytes = p_bytes, row_count = p_rows
    where id = p_request and confirmed_at is not null and withdrawn_at is null and ready_at is null
    returning true
  )
  select exists (select from told)
$$;
comment on function public.archive_ready is 'The file lies there, whole; false when nobody wants it any more';
grant execute on function public.archive_ready(uuid, bigint, bigint) to service_role;

create function public.archive_files()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(r.id), '[]') from public.archive_requests as r
  where r.confirmed_at is not null and private.archive_state(r) in ('working', 'failed', 'ready')
$$;
comment on function public.archive_files is 'Archives whose file may lie in the folder; the worker deletes every other';
grant execute on function public.archive_files() to service_role;
