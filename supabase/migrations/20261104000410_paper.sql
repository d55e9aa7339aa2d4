-- Paper forms: keyed in by one person, a sample of them by a second, differences settled, then recorded by the worker
-- like any other answer (channel "paper", pool "open"). Keyed rows live only until then.

create table private.paper_batches (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  version_id uuid not null references public.questionnaire_versions (id),
  number integer not null,
  language text not null check (language in ('vi', 'zh', 'en')),
  day date not null,
  half_day text not null check (half_day in ('morning', 'afternoon')),
  state text not null default 'keying' check (state in ('keying', 'checking', 'queued', 'refused', 'recorded', 'dropped')),
  keyed_by uuid references public.people (id) on delete set null,
  sheets integer,
  opened_on date not null default private.today(),
  unique (organisation_id, number)
);
comment on table private.paper_batches is
  'A pile of paper forms of one point, day and half-day on its way into the figures; afterwards only how many there were';
create index paper_batches_unit_id_idx on private.paper_batches (unit_id);
create index paper_batches_service_point_id_idx on private.paper_batches (service_point_id);
create index paper_batches_version_id_idx on private.paper_batches (version_id);
create index paper_batches_keyed_by_idx on private.paper_batches (keyed_by);
alter table private.paper_batches enable row level security;
revoke all on private.paper_batches from public, anon, authenticated;
grant select on private.paper_batches to service_role;
create trigger paper_batches_audit after insert or update or delete on private.paper_batches
  for each row execute function private.audit('unit_id');

create table private.paper_sheets (
  batch_id uuid not null references private.paper_batches (id) on delete cascade,
  number integer not null check (number between 1 and 500),
  answers jsonb not null,
  in_sample boolean not null default false,
  again jsonb,
  primary key (batch_id, number)
);
comment on table private.paper_sheets is
  'Keyed sheets of a batch until it is recorded. Not audited on purpose: the log may hold no answer';
comment on column private.paper_sheets.again is
  'The same sheet keyed by a second person (without the comment), or what both agreed on';
alter table private.paper_sheets enable row level security;
revoke all on private.paper_sheets from public, anon, authenticated, service_role;
grant references on private.paper_sheets to service_role;

create function private.paper_batch(p_batch uuid, p_states text[])
returns private.paper_batches
language plpgsql
set search_path = ''
as $$
declare
  batch private.paper_batches;
begin
  select * into batch from private.paper_batches where id = p_batch for update;
  perform private.require_role(batch.unit_id, private.printers());
  if batch.state <> all (p_states) then
    perform private.fail('409', 'paper_batch_moved_on', 'this batch is past that step');
  end if;
  return batch;
end
$$;
comment on function private.paper_batch is 'The batch, locked, for somebody who may key there; PT409 unless it is in one of p_states';

create function private.paper_item(p_batch private.paper_batches, p_answers jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'moment', p_answers -> 'moment', 'procedure_group_id', p_answers -> 'procedure_group_id', 'pressed_by', p_answers -> 'pressed_by',
    'ratings', p_answers -> 'ratings', 'facts', p_answers -> 'facts', 'comment', p_answers -> 'comment',
    'service_point_id', p_batch.service_point_id, 'version_id', p_batch.version_id, 'language', p_batch.language,
    'date', p_batch.day, 'half_day', p_batch.half_day, 'pool', 'open', 'channel', 'paper')
$$;
comment on function private.paper_item is 'One keyed sheet as an item of record_responses()';

create function private.require_paper_answers(p_batch private.paper_batches, p_answers jsonb)
returns void
language plpgsql
set search_path = ''
as $$
declare
  problem text := (private.parsed_items(jsonb_build_array(private.paper_item(p_batch, p_answers))))[1].problem;
begin
  if problem is not null then
    perform private.fail_with(problem);
  end if;
exception
  when data_exception then
    perform private.fail('422', 'malformed', 'a value of this sheet has the wrong form');
end
$$;
comment on function private.require_paper_answers is 'Refuses a sheet that could not be recorded later, while it is still in somebody''s hand';

create function private.paper_problems(p_batch private.paper_batches)
returns table (number integer, problem text)
language sql
stable
set search_path = ''
as $$
  with sheets as (
    select row_number() over (order by s.number) as n, s.number, private.paper_item(p_batch, s.answers) as item
    from private.paper_sheets as s where s.batch_id = p_batch.id
  )
  select s.number, p.problem
  from unnest(private.parsed_items((select jsonb_agg(s.item order by s.n) from sheets as s))) as p join sheets as s on s.n = p.n
  where p.problem is not null
$$;
comment on function private.paper_problems is
  'Sheets that cannot be recorded as things stand now: what was possible when they were keyed may have changed at their point';

create function private.without_comment(p_answers jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$ select p_answers - 'comment' $$;

create function public.open_paper_batch(p_point uuid, p_day text, p_half_day text, p_language text default 'vi')
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  point public.service_points;
  on_day date := p_day::date;
  batch private.paper_batches;
begin
  select * into point from public.service_points where id = p_point;
  perform private.require_role(point.unit_id, private.printers());
  if not point.offers_paper then
    perform private.fail('422', 'no_paper_here', 'this point offers no paper forms');
  elsif on_day is null or on_day not between private.today() - 366 and private.today() then
    perform private.fail('422', 'impossible_date', 'paper is keyed within a year');
  elsif p_half_day is null or p_half_day not in ('morning', 'afternoon') or p_language is null or p_language not in ('vi', 'zh', 'en') then
    perform private.fail('422', 'malformed', 'half-day or language is unknown');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('paper batch ' || point.organisation_id, 0));
  insert into private.paper_batches (
    organisation_id, unit_id, service_point_id, version_id, number, language, day, half_day, keyed_by)
  values (point.organisation_id, point.unit_id, point.id, point.version_id,
    (select coalesce(max(b.number), 0) + 1 from private.paper_batches as b where b.organisation_id = point.organisation_id),
    p_language, on_day, p_half_day, private.me())
  returning * into batch;
  return jsonb_build_object('id', batch.id, 'number', batch.number);
exception
  when data_exception then
    perform private.fail('422', 'impossible_date', 'this is no day');
end
$$;
comment on function public.open_paper_batch is
  'Begins a batch of paper forms of one point, day and half-day, under the version in force; for those who print';
grant execute on function public.open_paper_batch(uuid, text, text, text) to authenticated;

create function public.key_paper_sheet(p_batch uuid, p_number integer, p_answers jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['keying']);
  given jsonb := private.unwrapped(p_answers);
  next_number integer;
begin
  if batch.keyed_by is distinct from private.me() then
    perform private.fail('409', 'paper_other_person', 'a batch is keyed by the person who began it');
  end if;
  perform private.require_paper_answers(batch, given);
  select coalesce(max(s.number), 0) + 1 into next_number from private.paper_sheets as s where s.batch_id = p_batch;
  -- A page that is sent twice names a number that is taken.
  if p_number is distinct from next_number then
    perform private.fail('409', 'paper_batch_moved_on', 'this sheet is not the next one');
  elsif next_number > 500 then
    perform private.fail('409', 'paper_batch_full', 'a batch holds 500 sheets');
  end if;
  insert into private.paper_sheets (batch_id, number, answers) values (p_batch, next_number, given);
  return jsonb_build_object('number', next_number);
end
$$;
comment on function public.key_paper_sheet is 'Keeps one keyed sheet as number p_number, which must be the next of its batch; refuses what could not be recorded';
grant execute on function public.key_paper_sheet(uuid, integer, jsonb) to authenticated;

create function public.undo_paper_sheet(p_batch uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['keying']);
  undone integer;
begin
  if batch.keyed_by is distinct from private.me() then
    perform private.fail('409', 'paper_other_person', 'a batch is keyed by the person who began it');
  end if;
  delete from private.paper_sheets as s
  where s.batch_id = p_batch and s.number = (select max(l.number) from private.paper_sheets as l where l.batch_id = p_batch)
  returning s.number into undone;
  return jsonb_build_object('number', undone);
end
$$;
comment on function public.undo_paper_sheet is 'Takes the last keyed sheet out again; its number, or null when there is none';
grant execute on function public.undo_paper_sheet(uuid) to authenticated;

create function public.close_paper_batch(p_batch uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['keying']);
  total integer;
begin
  select count(*) into total from private.paper_sheets as s where s.batch_id = p_batch;
  if total = 0 then
    perform private.fail('409', 'paper_batch_empty', 'nothing is keyed yet');
  end if;
  -- A tenth, at least five, chosen by chance only now: nobody can key "the sample" with more care.
  update private.paper_sheets as s set in_sample = true
  where s.batch_id = p_batch and s.number in (
    select l.number from private.paper_sheets as l where l.batch_id = p_batch
    order by extensions.gen_random_bytes(8) limit greatest(5, ceil(total / 10.0)));
  update private.paper_batches set state = 'checking', sheets = total where id = batch.id;
  return jsonb_build_object('sheets', total);
end
$$;
comment on function public.close_paper_batch is 'Ends the first keying and draws the sample that a second person keys again';
grant execute on function public.close_paper_batch(uuid) to authenticated;

create function public.key_paper_again(p_batch uuid, p_number integer, p_answers jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['checking']);
  given jsonb := private.unwrapped(p_answers);
begin
  if batch.keyed_by is not distinct from private.me() then
    perform private.fail('409', 'paper_same_person', 'the sample is keyed by somebody else');
  end if;
  perform private.require_paper_answers(batch, given);
  update private.paper_sheets as s set again = private.without_comment(given)
  where s.batch_id = p_batch and s.number = p_number and s.in_sample and s.again is null;
  if not found then
    perform private.fail('409', 'paper_batch_moved_on', 'this sheet is not waiting to be keyed again');
  end if;
end
$$;
comment on function public.key_paper_again is 'A sheet of the sample as a second person keys it; comments are not typed twice';
grant execute on function public.key_paper_again(uuid, integer, jsonb) to authenticated;

create function public.settle_paper_sheet(p_batch uuid, p_number integer, p_answers jsonb)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['checking', 'refused']);
  given jsonb := private.without_comment(private.unwrapped(p_answers));
begin
  perform private.require_paper_answers(batch, given);
  update private.paper_sheets as s
  set answers = given || jsonb_build_object('comment', s.answers -> 'comment'), again = given
  where s.batch_id = p_batch and s.number = p_number
    and (s.again is not null or s.number in (select p.number from private.paper_problems(batch) as p));
  if not found then
    perform private.fail('409', 'paper_batch_moved_on', 'this sheet was neither keyed twice nor refused');
  end if;
end
$$;
comment on function public.settle_paper_sheet is 'What a sheet of the sample, or one that was refused, really says, after somebody looked at the paper again';
grant execute on function public.settle_paper_sheet(uuid, integer, jsonb) to authenticated;

create function public.submit_paper_batch(p_batch uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['checking', 'refused']);
begin
  if exists (
    select from private.paper_sheets as s where s.batch_id = p_batch and s.in_sample
      and s.again is distinct from private.without_comment(s.answers)
  ) then
    perform private.fail('409', 'paper_unsettled', 'the sample is not keyed yet, or differs');
  end if;
  if exists (select from private.paper_problems(batch)) then
    update private.paper_batches set state = 'refused' where id = batch.id;
    return;
  end if;
  update private.paper_batches set state = 'queued' where id = batch.id;
  insert into public.jobs (kind, organisation_id, payload, asked_by)
  values ('paper_batch', batch.organisation_id, jsonb_build_object('batch_id', batch.id), private.me());
end
$$;
comment on function public.submit_paper_batch is 'Hands a checked batch to the worker, which records it once; a batch with sheets that cannot be recorded becomes refused instead';
grant execute on function public.submit_paper_batch(uuid) to authenticated;

create function public.drop_paper_batch(p_batch uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches := private.paper_batch(p_batch, array['keying', 'checking', 'refused']);
begin
  delete from private.paper_sheets as s where s.batch_id = batch.id;
  update private.paper_batches set state = 'dropped' where id = batch.id;
end
$$;
comment on function public.drop_paper_batch is 'Throws a batch away before it is recorded, keyed sheets included';
grant execute on function public.drop_paper_batch(uuid) to authenticated;

create function public.list_paper_batches(p_unit uuid, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, private.printers());
  return (
    with found as materialized (
      select b.*, p.labels, u.names
      from public.unit_tree as t
      join private.paper_batches as b on b.unit_id = t.descendant_id
      join public.service_points as p on p.id = b.service_point_id
      join public.units as u on u.id = b.unit_id
      where t.ancestor_id = p_unit and t.valid_to is null
    )
    select jsonb_build_object('total', (select count(*) from found), 'batches', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'day', f.day, 'half_day', f.half_day, 'state', f.state,
        'labels', f.labels, 'unit', f.names, 'mine', f.keyed_by is not distinct from private.me(),
        'sheets', coalesce(f.sheets, (select count(*) from private.paper_sheets as s where s.batch_id = f.id))) order by f.number desc)
      from (select * from found order by number desc offset greatest(p_offset, 0) limit 50) as f), '[]')));
end
$$;
comment on function public.list_paper_batches is 'Fifty batches of paper forms of the subtree, newest first';
grant execute on function public.list_paper_batches(uuid, integer) to authenticated;

create function public.read_paper_batch(p_batch uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches;
begin
  select * into batch from private.paper_batches where id = p_batch;
  perform private.require_role(batch.unit_id, private.printers());
  return (
    select jsonb_build_object(
      'id', batch.id, 'number', batch.number, 'state', batch.state, 'day', batch.day, 'half_day', batch.half_day,
      'language', batch.language, 'mine', batch.keyed_by is not distinct from private.me(),
      'point', jsonb_build_object('labels', p.labels, 'moment', p.moment, 'wording', p.wording),
      'unit', u.names,
      'procedure_groups', (
        select case when count(distinct g.deciding_unit_id) > 1
          then jsonb_agg(jsonb_build_object('id', g.id, 'names', g.names) order by served.position) else '[]' end
        from public.service_point_groups as served join public.procedure_groups as g on g.id = served.procedure_group_id
        where served.service_point_id = p.id),
      'definition', v.definition,
      'keyed', coalesce(batch.sheets, (select count(*) from private.paper_sheets as s where s.batch_id = batch.id)),
      'sample', (select count(*) from private.paper_sheets as s where s.batch_id = batch.id and s.in_sample),
      'sample_keyed', (select count(*) from private.paper_sheets as s where s.batch_id = batch.id and s.in_sample and s.again is not null),
      'next_again', (select min(s.number) from private.paper_sheets as s where s.batch_id = batch.id and s.in_sample and s.again is null),
      'refused', case when batch.state <> 'refused' then '[]' else coalesce((
        select jsonb_agg(jsonb_build_object('number', p.number, 'key', split_part(p.problem, ' ', 2)) order by p.number)
        from private.paper_problems(batch) as p), '[]') end,
      'differences', coalesce((
        select jsonb_agg(jsonb_build_object('number', s.number, 'first', private.without_comment(s.answers), 'second', s.again) order by s.number)
        from private.paper_sheets as s
        where s.batch_id = batch.id and s.again is not null and s.again <> private.without_comment(s.answers)), '[]'))
    from public.service_points as p, public.units as u, public.questionnaire_versions as v
    where p.id = batch.service_point_id and u.id = batch.unit_id and v.id = batch.version_id);
end
$$;
comment on function public.read_paper_batch is
  'A batch with the form that is keyed, how far it is, what differs between the two keyings of its sample, and which sheets are refused why; never the other sheets';
grant execute on function public.read_paper_batch(uuid) to authenticated;

create function public.record_paper_batch(p_batch uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.paper_batches;
  recorded integer := 0;
begin
  select * into batch from private.paper_batches where id = p_batch for update;
  -- A job that is done again finds nothing left to do: answers, state and the end of the keyed rows are one transaction.
  if batch.state = 'queued' and exists (select from private.paper_problems(batch)) then
    update private.paper_batches set state = 'refused' where id = batch.id;
  elsif batch.state = 'queued' then
    recorded := (public.record_responses(jsonb_build_object('items', (
      select jsonb_agg(private.paper_item(batch, s.answers) order by s.number)
      from private.paper_sheets as s where s.batch_id = batch.id))) ->> 'recorded')::integer;
    delete from private.paper_sheets as s where s.batch_id = batch.id;
    update private.paper_batches set state = 'recorded', sheets = recorded where id = batch.id;
  end if;
  return jsonb_build_object('recorded', recorded);
end
$$;
comment on function public.record_paper_batch is
  'Records a queued batch through record_responses() and deletes its keyed rows, once; where a sheet cannot be recorded, nothing is and the batch becomes refused. A job of the worker';
grant execute on function public.record_paper_batch(uuid) to service_role;

create function public.tidy_paper()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  dropped integer;
begin
  with stale as (
    update private.paper_batches set state = 'dropped'
    where state in ('keying', 'checking', 'refused') and opened_on < private.today() - 60 returning id
  ),
  gone as (
    delete from private.paper_sheets as s using stale where s.batch_id = stale.id returning 1
  )
  select count(*) into dropped from gone;
  return jsonb_build_object('dropped', dropped);
end
$$;
comment on function public.tidy_paper is 'Throws away batches that nobody finished within 60 days; the worker calls it daily';
grant execute on function public.tidy_paper() to service_role;
