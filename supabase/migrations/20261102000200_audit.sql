-- The audit log: who did what to which record when. Append-only and hash-chained; written by triggers in the
-- transaction of the change, so that nobody who may change a record can avoid or switch off its trace.

create table public.audit_log (
  seq bigint primary key,
  at timestamptz not null,
  organisation_id uuid,
  unit_id uuid,
  actor_id uuid,
  actor_kind text not null check (actor_kind in ('person', 'worker', 'system')),
  action text not null,
  record_type text not null,
  record_id text not null,
  changes jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  erased_by bigint
);
comment on table public.audit_log is
  'Nhật ký hệ thống. For personal fields it keeps their names, not their values. Each hash covers the line and the hash before it (npm run audit:verify)';
comment on column public.audit_log.erased_by is
  'The line that tells of the deletion of its organisation: of this line only number, time and hashes are left';
create index audit_log_organisation_id_idx on public.audit_log (organisation_id, seq desc);
create index audit_log_actor_id_idx on public.audit_log (actor_id, seq desc);
alter table public.audit_log enable row level security;
revoke all on public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;
create policy "Auditors and administrators read the log of their subtree" on public.audit_log for select to authenticated
  using (coalesce(unit_id, organisation_id) in (select private.my_subtree(array['administrator', 'auditor'])));

create function private.chain_start()
returns bytea
language sql
immutable
set search_path = ''
as $$ select sha256(convert_to('Lắng Nghe', 'UTF8')) $$;
comment on function private.chain_start is 'What stands before the first line of the log';

create function private.audit_text(l public.audit_log)
returns text
language sql
immutable
set search_path = ''
as $$
  select concat_ws(E'\x1f', l.seq::text, to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(l.organisation_id::text, '-'), coalesce(l.unit_id::text, '-'), coalesce(l.actor_id::text, '-'), l.actor_kind,
    l.action, l.record_type, l.record_id, l.changes::text)
$$;
comment on function private.audit_text is 'The text of a line that its hash covers; unit separators between the fields';

create table private.audit_anchor (
  is_only boolean primary key default true check (is_only),
  seq bigint not null,
  hash bytea not null
);
comment on table private.audit_anchor is
  'Where the log begins since its oldest months were cut off: number and hash of the last line cut. No row: it begins with line 1';
alter table private.audit_anchor enable row level security;
revoke all on private.audit_anchor from public, anon, authenticated;
grant select on private.audit_anchor to service_role;

create function private.audit_kept_from()
returns timestamptz
language sql
stable
set search_path = ''
as $$
  select (date_trunc('month', private.today()::timestamp) - make_interval(months => coalesce(max(o.audit_months), 24)))
    at time zone 'Asia/Ho_Chi_Minh'
  from public.organisations as o
$$;
comment on function private.audit_kept_from is
  'Lines from here on may not be cut: whole months, the longest time that any organisation of this installation asks for';

-- What may leave the log is a rule about the lines, not a secret of one function: the anchor only moves to a line
-- that fits the chain and whose time is over, and only what lies before the anchor may be deleted. Another rule lets
-- the lines of an organisation that no longer exists be emptied of all but number, time and hashes.

create function private.guard_anchor()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if tg_op not in ('INSERT', 'UPDATE') then
    perform private.fail('403', 'audit_append_only', 'the beginning of the log is only ever moved on');
  end if;
  if (tg_op = 'UPDATE' and new.seq <= old.seq)
    or not exists (select from public.audit_log as l where l.seq = new.seq and l.hash = new.hash)
    or exists (select from public.audit_log as l where l.seq <= new.seq and l.at >= private.audit_kept_from())
  then
    perform private.fail('403', 'audit_append_only', 'the log may only be cut behind months whose time is over');
  end if;
  return new;
end
$$;
create trigger audit_anchor_is_set before insert on private.audit_anchor
  for each row execute function private.guard_anchor();
create trigger audit_anchor_moves_on before update or delete on private.audit_anchor
  for each row execute function private.guard_anchor();
create trigger audit_anchor_is_not_emptied before truncate on private.audit_anchor
  for each statement execute function private.guard_anchor();
-- Also when replication triggers run alone (session_replication_role), which would silence ordinary ones. Not so for
-- the first row: a restored backup brings one whose lines were cut long ago, and the chain is asked about it.
alter table private.audit_anchor enable always trigger audit_anchor_moves_on;
alter table private.audit_anchor enable always trigger audit_anchor_is_not_emptied;

create function private.is_erasure(old_line public.audit_log, new_line public.audit_log)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select old_line.erased_by is null and new_line.erased_by > old_line.seq
    and new_line.seq = old_line.seq and new_line.at = old_line.at
    and new_line.previous_hash = old_line.previous_hash and new_line.hash = old_line.hash
    and new_line.organisation_id is null and new_line.unit_id is null and new_line.actor_id is null
    and new_line.actor_kind = old_line.actor_kind and new_line.action = 'erased'
    and new_line.record_type = '' and new_line.record_id = '' and new_line.changes = '{}'
    and not exists (select from public.organisations as o where o.id = old_line.organisation_id)
    and exists (
      select from public.audit_log as l
      where l.seq = new_line.erased_by and l.action = 'organisation_deleted' and l.record_id = old_line.organisation_id::text)
$$;
comment on function private.is_erasure is
  'Whether a change of a line only empties it, after its organisation was deleted and the log says so';

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if tg_op = 'DELETE' then
    if exists (select from private.audit_anchor as a where old.seq <= a.seq) then
      return old;
    end if;
  elsif tg_op = 'UPDATE' then
    if private.is_erasure(old, new) then
      return new;
    end if;
  end if;
  perform private.fail('403', 'audit_append_only', 'the audit log is only ever added to');
  return null;
end
$$;
create trigger audit_log_is_append_only before update or delete on public.audit_log
  for each row execute function private.refuse_change();
create trigger audit_log_is_not_emptied before truncate on public.audit_log
  for each statement execute function private.refuse_change();
-- Also when replication triggers run alone (session_replication_role), which would silence ordinary ones.
alter table public.audit_log enable always trigger audit_log_is_append_only;
alter table public.audit_log enable always trigger audit_log_is_not_emptied;

create table private.leaving_organisations (
  organisation_id uuid primary key
);
comment on table private.leaving_organisations is
  'Organisations whose deletion has begun: single rows that go are not logged any more, the deletion is, as one line';
alter table private.leaving_organisations enable row level security;
revoke all on private.leaving_organisations from public, anon, authenticated;
grant select on private.leaving_organisations to service_role;

create function private.audit_write(
  p_organisation uuid, p_unit uuid, p_action text, p_record_type text, p_record_id text, p_changes jsonb
)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  line public.audit_log;
  last_line public.audit_log;
  anchor private.audit_anchor;
begin
  if exists (select from private.leaving_organisations as l where l.organisation_id = p_organisation) then
    return;
  end if;
  -- One after the other: each line needs the hash before it.
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  select * into last_line from public.audit_log order by seq desc limit 1;
  if last_line.seq is null then
    select * into anchor from private.audit_anchor;
  end if;
  line.seq := coalesce(last_line.seq, anchor.seq, 0) + 1;
  line.at := clock_timestamp();
  line.organisation_id := p_organisation;
  line.unit_id := p_unit;
  line.actor_id := private.me();
  line.actor_kind := case
    when private.me() is not null then 'person'
    when nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role' = 'service_role' then 'worker'
    else 'system' end;
  line.action := p_action;
  line.record_type := p_record_type;
  line.record_id := p_record_id;
  line.changes := p_changes;
  line.previous_hash := coalesce(last_line.hash, anchor.hash, private.chain_start());
  line.hash := sha256(line.previous_hash || convert_to(private.audit_text(line), 'UTF8'));
  insert into public.audit_log select line.*;
end
$$;
comment on function private.audit_write is 'Adds one line to the chain, in the transaction of what it records';

create function private.audit()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- Arguments: first the column that holds the unit ('' for none), then the personal columns.
  unit_column text := tg_argv[0];
  personal text[] := tg_argv[1:];
  before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) else '{}' end;
  after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) else '{}' end;
  whole jsonb := before || after;
  changes jsonb;
begin
  select coalesce(jsonb_object_agg(k.key, case
      when k.key = any (personal) then '"•"'::jsonb
      when tg_op = 'INSERT' then after -> k.key
      when tg_op = 'DELETE' then before -> k.key
      else jsonb_build_array(before -> k.key, after -> k.key) end), '{}')
  into changes
  from jsonb_object_keys(whole) as k (key)
  where k.key <> 'revision' and (before -> k.key is distinct from after -> k.key and after -> k.key is distinct from 'null'::jsonb
     or (tg_op = 'UPDATE' and before -> k.key is distinct from after -> k.key));
  if tg_op = 'UPDATE' and changes = '{}' then
    return null;
  end if;
  perform private.audit_write(
    coalesce(whole ->> 'organisation_id', case when tg_table_name = 'organisations' then whole ->> 'id' end)::uuid,
    case when unit_column <> '' then (whole ->> unit_column)::uuid end,
    lower(tg_op), tg_table_name, coalesce(whole ->> 'id', ''), changes);
  return null;
end
$$;
comment on function private.audit is 'Trigger: writes a changed record to the log; personal fields by name only';

create trigger organisations_audit after insert or update or delete on public.organisations
  for each row execute function private.audit('id', 'data_protection_contact');
create trigger units_audit after insert or update or delete on public.units
  for each row execute function private.audit('id');
create trigger procedure_groups_audit after insert or update or delete on public.procedure_groups
  for each row execute function private.audit('');
create trigger procedures_audit after insert or update or delete on public.procedures
  for each row execute function private.audit('deciding_unit_id');
create trigger questionnaires_audit after insert or update or delete on public.questionnaires
  for each row execute function private.audit('');
create trigger service_points_audit after insert or update or delete on public.service_points
  for each row execute function private.audit('unit_id');
create trigger holidays_audit after insert or update or delete on public.holidays
  for each row execute function private.audit('');
create trigger members_audit after insert or update or delete on public.members
  for each row execute function private.audit('unit_id');

-- Versions of questionnaires hold long texts: the log says which, not what.
create function private.audit_version()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.audit_write(
    (select q.organisation_id from public.questionnaires as q where q.id = new.questionnaire_id), null,
    case when tg_op = 'INSERT' then 'insert' when old.published_at is null and new.published_at is not null then 'publish' else 'update' end,
    tg_table_name, new.id::text, jsonb_build_object('number', new.number, 'definition_sha256', encode(sha256(convert_to(new.definition::text, 'UTF8')), 'hex')));
  return null;
end
$$;
create trigger questionnaire_versions_audit after insert or update on public.questionnaire_versions
  for each row execute function private.audit_version();

create function private.first_broken_line()
returns bigint
language sql
stable
security definer
set search_path = ''
as $$
  with anchor as (
    select coalesce(max(a.seq), 0) as seq, coalesce((select b.hash from private.audit_anchor as b), private.chain_start()) as hash
    from private.audit_anchor as a
  ),
  chained as (
    select l.seq, l.previous_hash, l.hash, l.erased_by, private.audit_text(l) as covered,
           lag(l.hash) over (order by l.seq) as hash_before, lag(l.seq) over (order by l.seq) as seq_before
    from public.audit_log as l
  )
  select least(
    (select c.seq from chained as c, anchor
     where c.seq <> coalesce(c.seq_before, anchor.seq) + 1
       or c.previous_hash <> coalesce(c.hash_before, anchor.hash)
       or (c.erased_by is null and c.hash <> sha256(c.previous_hash || convert_to(c.covered, 'UTF8')))
       or (c.erased_by is not null and not exists (
         select from public.audit_log as d where d.seq = c.erased_by and d.action = 'organisation_deleted'))
     order by c.seq
     limit 1),
    -- A beginning that no line tells of was not cut by the rule.
    (select anchor.seq + 1 from anchor
     where anchor.seq > 0 and not exists (
       select from public.audit_log as l
       where l.action = 'audit_cut' and (l.changes ->> 'through')::bigint = anchor.seq
         and l.changes ->> 'hash' = encode(anchor.hash, 'hex'))))
$$;
comment on function private.first_broken_line is 'The first line of the log that does not fit the chain, or null: what `npm run audit:verify` asks';

create function public.note_event(p_action text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  if p_action is null or p_action not in ('sign_in', 'sign_out', 'sign_out_everywhere', 'password_change', 'email_change') then
    perform private.fail('422', 'unknown_event', 'this event is not logged');
  end if;
  if p_action = 'email_change' then
    -- The token carries the address that the Auth server has confirmed.
    update public.people set email = nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
    where id = private.me() and nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email' <> '';
  end if;
  perform private.audit_write(m.organisation_id, m.unit_id, p_action, 'people', private.me()::text, '{}')
  from (select distinct on (organisation_id) organisation_id, unit_id from public.members
        where person_id = private.me() and ended_at is null order by organisation_id, since) as m;
end
$$;
comment on function public.note_event is 'Signing in and out and changes of the account, told by the app after they happened; once per organisation of the person';
grant execute on function public.note_event(text) to authenticated;
