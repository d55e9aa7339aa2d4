-- Deleting an organisation: by a leader and an administrator together, after an archive was taken along, and not before
-- fourteen days in which anybody of the two roles may stop it.

create function private.open_cases(p_organisation uuid)
returns bigint
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  open_ones bigint := 0;
begin
  -- Cases do not exist in this version; once they do, who waits for an answer is not left alone.
  if to_regclass('public.cases') is not null then
    execute format('select count(*) from public.cases where organisation_id = $1 and %s', case
      when exists (select from pg_catalog.pg_attribute as a where a.attrelid = to_regclass('public.cases') and a.attname = 'closed_at' and not a.attisdropped)
      then 'closed_at is null' else 'true' end) into open_ones using p_organisation;
  end if;
  return open_ones;
end
$$;
comment on function private.open_cases is
  'Cases of the organisation that nobody has closed: rows of public.cases (organisation_id, closed_at), once that table exists';

create table public.deletion_requests (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  archive_id uuid,
  asked_by uuid not null references public.people (id) on delete cascade,
  asked_at timestamptz not null default now(),
  confirmed_by uuid references public.people (id) on delete cascade,
  confirmed_at timestamptz,
  run_after timestamptz,
  stopped_by uuid references public.people (id) on delete cascade,
  stopped_at timestamptz,
  started_at timestamptz,
  people uuid[],
  deleted jsonb not null default '{}'
);
comment on table public.deletion_requests is
  'The deletion of an organisation: who asked, who confirmed, from when on it is done, who stopped it';
comment on column public.deletion_requests.people is 'Members without a membership elsewhere, noted when it begins: their accounts go at the end';
create index deletion_requests_organisation_id_idx on public.deletion_requests (organisation_id, asked_at desc);
create index deletion_requests_asked_by_idx on public.deletion_requests (asked_by);
create index deletion_requests_confirmed_by_idx on public.deletion_requests (confirmed_by);
create index deletion_requests_stopped_by_idx on public.deletion_requests (stopped_by);
alter table public.deletion_requests enable row level security;
revoke all on public.deletion_requests from public, anon, authenticated;
grant select on public.deletion_requests to service_role;
create trigger deletion_requests_audit
  after insert or delete or update of confirmed_at, run_after, stopped_at on public.deletion_requests
  for each row execute function private.audit('organisation_id');

create function private.deletion_state(r public.deletion_requests)
returns text
language sql
stable
set search_path = ''
as $$
  select case
    when r.started_at is not null then 'running'
    when r.stopped_at is not null then 'stopped'
    when r.confirmed_at is not null then 'waiting'
    when r.asked_at > now() - interval '7 days' then 'asked'
    else 'expired' end
$$;

create function private.downloaded_archive(p_organisation uuid)
returns public.archive_requests
language sql
stable
set search_path = ''
as $$
  select r from public.archive_requests as r
  where r.organisation_id = p_organisation and r.downloaded_at > now() - interval '30 days'
  order by r.downloaded_at desc limit 1
$$;
comment on function private.downloaded_archive is 'The archive that somebody has taken along in the last 30 days';

create function private.require_deletable(p_organisation uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if private.open_cases(p_organisation) > 0 then
    perform private.fail('409', 'cases_open', 'people wait for an answer to their cases');
  elsif (private.downloaded_archive(p_organisation)).id is null then
    perform private.fail('409', 'archive_first', 'no archive was downloaded in the last 30 days');
  end if;
end
$$;

create function public.read_deletion(p_unit uuid)
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
    'archive_downloaded_at', (private.downloaded_archive(house)).downloaded_at,
    'open_cases', private.open_cases(house),
    'request', (
      select jsonb_build_object('id', r.id, 'state', private.deletion_state(r), 'asked_at', r.asked_at, 'until', r.asked_at + interval '7 days',
        'asked_by', (select p.name from public.people as p where p.id = r.asked_by),
        'asked_role', (select min(m.role) from public.members as m where m.person_id = r.asked_by and m.unit_id = house and m.ended_at is null and m.role in ('administrator', 'leader')),
        'confirmed_by', (select p.name from public.people as p where p.id = r.confirmed_by),
        'stopped_by', (select p.name from public.people as p where p.id = r.stopped_by),
        'is_mine', r.asked_by = private.me(), 'may_confirm', private.are_both_roles(house, r.asked_by, private.me()), 'run_after', r.run_after)
      from public.deletion_requests as r where r.organisation_id = house order by r.asked_at desc limit 1));
end
$$;
comment on function public.read_deletion is 'How it stands with deleting the organisation, and what has to be done first; for administrators and leaders';
grant execute on function public.read_deletion(uuid) to authenticated;

create function public.ask_deletion(p_organisation uuid)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  made uuid;
begin
  perform private.require_house_role(p_organisation, array['administrator', 'leader']);
  perform from public.organisations where id = p_organisation for update;
  perform private.require_deletable(p_organisation);
  if exists (select from public.deletion_requests as r where r.organisation_id = p_organisation and private.deletion_state(r) in ('asked', 'waiting', 'running')) then
    perform private.fail('409', 'request_open', 'there is an open request already');
  end if;
  insert into public.deletion_requests (organisation_id, archive_id, asked_by)
  values (p_organisation, (private.downloaded_archive(p_organisation)).id, private.me())
  returning id into made;
  return made;
end
$$;
comment on function public.ask_deletion is
  'A leader or an administrator of the whole organisation asks to delete it: PT409 archive_first, cases_open, request_open';
grant execute on function public.ask_deletion(uuid) to authenticated;

create function private.deletion_by_id(p_request uuid)
returns public.deletion_requests
language plpgsql
set search_path = ''
as $$
declare
  request public.deletion_requests;
begin
  select * into request from public.deletion_requests where id = p_request for update;
  if not found then
    perform private.fail('404', 'unknown_request', 'there is no such request');
  end if;
  return request;
end
$$;

create function public.confirm_deletion(p_request uuid)
returns timestamptz
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.deletion_requests := private.deletion_by_id(p_request);
begin
  perform private.require_second_person(request.organisation_id, request.asked_by);
  if private.deletion_state(request) <> 'asked' then
    perform private.fail('410', 'request_over', 'this request waits for nobody any more');
  end if;
  perform private.require_deletable(request.organisation_id);
  update public.deletion_requests
  set confirmed_by = private.me(), confirmed_at = now(), run_after = now() + interval '14 days'
  where id = p_request
  returning * into request;
  return request.run_after;
end
$$;
comment on function public.confirm_deletion is
  'The other of the two confirms within 7 days; fourteen days later it is done. PT403 needs_second_person, needs_other_role, PT410 request_over, PT409 cases_open';
grant execute on function public.confirm_deletion(uuid) to authenticated;

create function public.stop_deletion(p_request uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.deletion_requests := private.deletion_by_id(p_request);
begin
  perform private.require_house_role(request.organisation_id, array['administrator', 'leader']);
  if private.deletion_state(request) not in ('asked', 'waiting') then
    perform private.fail('410', 'request_over', 'there is nothing to stop any more');
  end if;
  update public.deletion_requests set stopped_by = private.me(), stopped_at = now() where id = p_request;
end
$$;
comment on function public.stop_deletion is 'Any leader or administrator of the whole organisation stops it, until it has begun. PT410 request_over';
grant execute on function public.stop_deletion(uuid) to authenticated;

create function private.begin_deletion(p_request public.deletion_requests)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid := p_request.organisation_id;
begin
  update public.deletion_requests
  set started_at = now(), people = array(
    select distinct m.person_id from public.members as m
    where m.organisation_id = house
      and not exists (select from public.members as o where o.person_id = m.person_id and o.organisation_id <> house))
  where id = p_request.id;
  -- From here on nobody works with it and no answer comes in; what goes row by row is not logged row by row.
  insert into private.leaving_organisations (organisation_id) values (house);
  update public.service_points set is_active = false, inactive_reason = 'deleted' where organisation_id = house and is_active;
  update public.members set ended_at = now() where organisation_id = house and ended_at is null;
  delete from public.outbox where payload ->> 'invitation_id' in (select i.id::text from public.invitations as i where i.organisation_id = house);
end
$$;

create function private.end_deletion(p_request public.deletion_requests)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  house public.organisations;
  people_gone uuid[];
  last_line bigint;
begin
  select * into house from public.organisations where id = p_request.organisation_id;
  delete from public.deletion_requests where organisation_id = house.id;
  delete from public.organisations where id = house.id;
  with gone as (
    delete from public.people as p
    where p.id = any (p_request.people) and not exists (select from public.members as m where m.person_id = p.id)
    returning p.id
  )
  select array_agg(gone.id) into people_gone from gone;
  perform private.remove_accounts(people_gone);
  delete from private.leaving_organisations where organisation_id = house.id;
  perform private.audit_write(null, null, 'organisation_deleted', 'organisations', house.id::text, jsonb_build_object(
    'names', house.names, 'asked_by', p_request.asked_by, 'confirmed_by', p_request.confirmed_by,
    'rows', p_request.deleted, 'accounts', coalesce(cardinality(people_gone), 0)));
  select max(l.seq) into last_line from public.audit_log as l;
  update public.audit_log
  set erased_by = last_line, organisation_id = null, unit_id = null, actor_id = null, action = 'erased',
      record_type = '', record_id = '', changes = '{}'
  where organisation_id = house.id;
end
$$;
comment on function private.end_deletion is
  'The last step: the organisation itself, its accounts, and all its lines of the log but one, of which the chain keeps number, time and hashes';

create function public.delete_organisations(p_rows integer default 5000)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  request public.deletion_requests;
  part record;
  refers_to_itself boolean;
  n integer;
begin
  select * into request from public.deletion_requests as r
  where r.run_after <= now() and r.stopped_at is null
  order by r.run_after limit 1 for update;
  if not found then
    return jsonb_build_object('more', false);
  end if;
  if request.started_at is null then
    if private.open_cases(request.organisation_id) > 0 then
      -- Somebody waits for an answer: tomorrow again.
      update public.deletion_requests set run_after = now() + interval '1 day' where id = request.id;
      return jsonb_build_object('more', true);
    end if;
    perform private.begin_deletion(request);
    return jsonb_build_object('more', true);
  end if;
  for part in
    select o.name, o.condition from private.owned_tables() as o
    where o.name not in ('public.organisations', 'public.people', 'public.audit_log', 'public.deletion_requests')
    order by o.place, o.name
  loop
    refers_to_itself := exists (
      select from pg_catalog.pg_constraint as f where f.contype = 'f' and f.conrelid = part.name::regclass and f.confrelid = f.conrelid);
    execute format(case when refers_to_itself then 'delete from %1$s where %2$s'
      else 'delete from %1$s where ctid = any (array(select ctid from %1$s where %2$s limit $2))' end, part.name, part.condition)
      using request.organisation_id, p_rows;
    get diagnostics n = row_count;
    request.deleted := private.added(request.deleted, jsonb_build_object(part.name, n));
    if n >= p_rows then
      update public.deletion_requests set deleted = request.deleted where id = request.id;
      return jsonb_build_object('more', true);
    end if;
  end loop;
  perform private.end_deletion(request);
  return jsonb_build_object('more', true);
end
$$;
comment on function public.delete_organisations is
  'One step of a deletion whose time has come: it begins (points close, memberships end), takes at most p_rows rows of a table away, or ends with the organisation, its accounts and one line in the log. Asked again while "more"';
grant execute on function public.delete_organisations(integer) to service_role;
