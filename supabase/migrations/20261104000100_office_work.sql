-- What all office pages share: search without diacritics, edits that notice each other, and the worker's queue.

create function private.folded(p_text text)
returns text
language sql
immutable
parallel safe
set search_path = ''
as $$ select lower(extensions.unaccent('extensions.unaccent'::regdictionary, normalize(p_text, nfc))) $$;
comment on function private.folded is
  'A text as it is searched: lower case and without diacritics, so that "can bo" finds "Cán bộ" and "đ" is "d"';
grant execute on function private.folded(text) to authenticated, service_role;

-- Two people edit the same record -----------------------------------------------------------------------

create function private.next_revision()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.revision := old.revision + 1;
  return new;
end
$$;
comment on function private.next_revision is 'Trigger: counts the changes of a record, so that an edit can name the state it began from';

do $$
declare
  name text;
begin
  foreach name in array array[
    'organisations', 'units', 'service_points', 'procedure_groups', 'procedures', 'questionnaires', 'questionnaire_versions'
  ] loop
    execute format('alter table public.%I add column revision integer not null default 1', name);
    execute format('comment on column public.%I.revision is %L', name, 'How often the record was saved; an edit names the one it began from');
    execute format('create trigger %I before update on public.%I for each row execute function private.next_revision()',
      name || '_revision', name);
  end loop;
end
$$;

create function private.require_revision(p_seen integer, p_now integer, p_record jsonb)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if p_seen is distinct from p_now then
    perform private.fail('409', 'changed_meanwhile', 'the record was changed while it was being edited', p_record::text);
  end if;
end
$$;
comment on function private.require_revision is
  'PT409 changed_meanwhile with the record as it is now (details), unless the editor began from its present revision';

-- The worker's queue --------------------------------------------------------------------------------------

alter table public.jobs
  add column progress integer not null default 0,
  add column progress_of integer,
  add column result jsonb,
  add column asked_by uuid references public.people (id) on delete set null,
  add column taken_until timestamptz;
comment on column public.jobs.progress is 'Steps done, of progress_of: for the bar that somebody looks at';
comment on column public.jobs.result is 'What the page shows when it is done: counts, never an answer';
comment on column public.jobs.taken_until is 'A running job whose worker has not reported by then is taken again';
create index jobs_running_idx on public.jobs (taken_until) where state = 'running';

create function public.claim_job(p_kinds text[], p_seconds integer default 120)
returns jsonb
language sql
security definer
set search_path = ''
as $$
  with next as (
    select id from public.jobs
    where kind = any (p_kinds) and run_after <= now()
      and (state = 'waiting' or (state = 'running' and taken_until < now()))
    order by run_after, id
    limit 1
    for update skip locked
  ),
  taken as (
    update public.jobs as j
    set state = 'running', attempts = j.attempts + 1, taken_until = now() + make_interval(secs => p_seconds)
    from next where j.id = next.id
    returning j.*
  )
  select jsonb_build_object('id', t.id, 'kind', t.kind, 'organisation_id', t.organisation_id, 'payload', t.payload,
    'attempts', t.attempts, 'asked_by', t.asked_by)
  from taken as t
$$;
comment on function public.claim_job is 'Takes the next job of these kinds for p_seconds, or null; a job whose worker died is taken again';
grant execute on function public.claim_job(text[], integer) to service_role;

create function public.report_job(
  p_job uuid, p_progress integer default null, p_of integer default null, p_seconds integer default 120
)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.jobs set
    progress = coalesce(p_progress, progress), progress_of = coalesce(p_of, progress_of),
    taken_until = now() + make_interval(secs => p_seconds)
  where id = p_job and state = 'running'
$$;
comment on function public.report_job is 'How far a running job is; keeps it for another p_seconds';
grant execute on function public.report_job(uuid, integer, integer, integer) to service_role;

create function public.finish_job(p_job uuid, p_error text default null, p_result jsonb default null)
returns void
language sql
security definer
set search_path = ''
as $$
  -- Three attempts, a minute and then four apart; what SQL refuses on purpose (PT4…) is not tried again.
  update public.jobs set
    state = case when p_error is null then 'done' when attempts < 3 and p_error !~ '^PT4' then 'waiting' else 'failed' end,
    run_after = case when p_error is not null then now() + make_interval(mins => attempts * attempts) else run_after end,
    last_error = p_error,
    result = coalesce(private.unwrapped(p_result), result),
    finished_at = now(),
    taken_until = null
  where id = p_job
$$;
comment on function public.finish_job is 'The job is done, or failed with an error code; a failed one is tried three times';
grant execute on function public.finish_job(uuid, text, jsonb) to service_role;
