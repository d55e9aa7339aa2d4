-- The worker's tools: a lease so that two workers do no harm, and the jobs that it works through.

create table private.leases (
  name text primary key,
  holder text not null,
  expires_at timestamptz not null
);
comment on table private.leases is 'Who may do the timed work just now; a worker that died loses it when it expires';
alter table private.leases enable row level security;
revoke all on private.leases from public, anon, authenticated;
grant select on private.leases to service_role;

create function public.claim_lease(p_name text, p_holder text, p_seconds integer)
returns boolean
language sql
security definer
set search_path = ''
as $$
  with claimed as (
    insert into private.leases as l (name, holder, expires_at)
    values (p_name, p_holder, clock_timestamp() + make_interval(secs => least(greatest(p_seconds, 1), 3600)))
    on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
      where l.holder = excluded.holder or l.expires_at < clock_timestamp()
    returning true
  )
  select exists (select from claimed)
$$;
comment on function public.claim_lease is 'Takes or renews a lease for p_seconds; false while somebody else holds it';
grant execute on function public.claim_lease(text, text, integer) to service_role;

create table public.jobs (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  organisation_id uuid references public.organisations (id) on delete cascade,
  payload jsonb not null default '{}',
  run_after timestamptz not null default now(),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  attempts smallint not null default 0,
  last_error text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
comment on table public.jobs is 'Work for the worker, written in the same transaction as what causes it';
create index jobs_waiting_idx on public.jobs (run_after) where state = 'waiting';
create index jobs_organisation_id_idx on public.jobs (organisation_id);
alter table public.jobs enable row level security;
revoke all on public.jobs from public, anon, authenticated;
grant select, insert, update, delete on public.jobs to service_role;

-- Every sequence of a schema that the API serves must be known to service_role (Supabase Lite's check).
grant usage on all sequences in schema public to service_role;
grant usage on all sequences in schema private to service_role;
