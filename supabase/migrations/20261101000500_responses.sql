-- Answers as they are kept: nothing that says who, on which device, or at what minute.

create table private.strata (
  id integer primary key generated always as identity,
  organisation_id uuid not null references public.organisations (id),
  service_point_id uuid not null references public.service_points (id),
  receiving_unit_id uuid not null references public.units (id),
  deciding_unit_id uuid not null references public.units (id),
  procedure_group_id uuid references public.procedure_groups (id),
  moment text check (moment in ('receive', 'return', 'other')),
  version_id uuid not null references public.questionnaire_versions (id),
  pool text not null check (pool in ('verified', 'open', 'imported')),
  channel text not null check (channel in ('qr', 'kiosk', 'link', 'paper', 'import')),
  pressed_by text check (pressed_by in ('self', 'helped', 'staff')),
  language text not null check (language in ('vi', 'zh', 'en')),
  unique nulls not distinct (
    service_point_id, receiving_unit_id, deciding_unit_id, procedure_group_id, moment, version_id, pool, channel, pressed_by, language
  )
);
comment on table private.strata is
  'One row per combination of everything that may be filtered by; a response and its tallies point here, so that an answer costs few bytes';
create index strata_organisation_id_idx on private.strata (organisation_id, pool);
alter table private.strata enable row level security;
revoke all on private.strata from public, anon, authenticated;
grant select on private.strata to service_role;

create table public.responses (
  id uuid primary key default gen_random_uuid(),
  -- No foreign key: strata go with their organisation only, and the check would cost every answer a lock.
  stratum_id integer not null,
  date date not null,
  counted_on date not null,
  is_morning boolean not null,
  ratings smallint[] not null,
  facts jsonb,
  quality_flags text[],
  check (counted_on >= date)
);
comment on table public.responses is
  'Phiếu trả lời. No name, device, address, dossier number or minute: the date and the half-day only. Rows are written in the order of their random id';
comment on column public.responses.counted_on is
  'The day whose tallies hold it: its date, or, recorded after that day was released, the first day not yet released';
comment on column public.responses.ratings is
  'In the item order of the version: 1 to 5, 0 not applicable (the item says why), null left blank';
create index responses_counted_on_idx on public.responses (counted_on);
alter table public.responses enable row level security;
revoke all on public.responses from public, anon, authenticated;
grant select on public.responses to service_role;

create table public.response_comments (
  response_id uuid primary key references public.responses (id) on delete cascade,
  service_point_id uuid not null references public.service_points (id),
  pool text not null,
  counted_on date not null,
  body text not null check (char_length(body) between 1 and 2000),
  state text not null default 'unread' check (state in ('unread', 'shown', 'masked', 'collapsed')),
  released_month date
);
comment on table public.response_comments is
  'Ý kiến ghi thêm. Nobody reads one before released_month is set: with at least 5 responses of its point, on a later working day';
create index response_comments_waiting_idx on public.response_comments (service_point_id, pool, counted_on) where released_month is null;
create index response_comments_released_idx on public.response_comments (service_point_id, released_month) where released_month is not null;
alter table public.response_comments enable row level security;
revoke all on public.response_comments from public, anon, authenticated;
grant select on public.response_comments to service_role;

-- Tickets ---------------------------------------------------------------------------------------

create table private.spent_tickets (
  day date not null,
  hash bytea not null,
  primary key (day, hash)
) partition by range (day);
comment on table private.spent_tickets is
  'Hashes of tickets already used, by day of issue; no column joins one to a response, and a day is dropped after two';
create table private.spent_tickets_other partition of private.spent_tickets default;
comment on table private.spent_tickets_other is 'Catches tickets of a day whose partition was not made yet; roll_ticket_partitions() moves them';
alter table private.spent_tickets enable row level security;
alter table private.spent_tickets_other enable row level security;
revoke all on private.spent_tickets, private.spent_tickets_other from public, anon, authenticated, service_role;
grant references on private.spent_tickets, private.spent_tickets_other to service_role;

create function public.roll_ticket_partitions()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  today date := private.today();
  wanted date;
  part record;
  made integer := 0;
  dropped integer := 0;
begin
  for wanted in select generate_series(today - 1, today + 7, interval '1 day')::date loop
    if to_regclass(format('private.spent_tickets_%s', to_char(wanted, 'YYYYMMDD'))) is null then
      execute format('create table private.spent_tickets_%s (like private.spent_tickets including all)', to_char(wanted, 'YYYYMMDD'));
      execute format('alter table private.spent_tickets_%s enable row level security', to_char(wanted, 'YYYYMMDD'));
      execute format('revoke all on private.spent_tickets_%s from public, anon, authenticated, service_role', to_char(wanted, 'YYYYMMDD'));
      execute format('grant references on private.spent_tickets_%s to service_role', to_char(wanted, 'YYYYMMDD'));
      execute format(
        'with moved as (delete from private.spent_tickets_other where day = %L returning day, hash)
         insert into private.spent_tickets_%s select day, hash from moved', wanted, to_char(wanted, 'YYYYMMDD'));
      execute format('alter table private.spent_tickets attach partition private.spent_tickets_%s for values from (%L) to (%L)',
        to_char(wanted, 'YYYYMMDD'), wanted, wanted + 1);
      made := made + 1;
    end if;
  end loop;
  -- A ticket lives 24 hours: what was issued the day before yesterday can no longer be spent.
  for part in
    select c.relname from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where n.nspname = 'private' and c.relkind = 'r' and c.relname ~ '^spent_tickets_[0-9]{8}$'
      and to_date(right(c.relname, 8), 'YYYYMMDD') < today - 1
  loop
    execute format('drop table private.%I', part.relname);
    dropped := dropped + 1;
  end loop;
  delete from private.spent_tickets_other where day < today - 1;
  return jsonb_build_object('made', made, 'dropped', dropped);
end
$$;
comment on function public.roll_ticket_partitions is 'Makes the ticket partitions of the coming week and drops those older than two days; the worker calls it daily';
grant execute on function public.roll_ticket_partitions() to service_role;
select public.roll_ticket_partitions();
