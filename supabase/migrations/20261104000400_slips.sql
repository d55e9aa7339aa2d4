-- What an office prints: the points of a subtree for posters and signs, and rolls of one-time code slips.
-- A code says that somebody was served, and nothing else: it is kept as a keyed hash, beside no answer.

-- Points to print --------------------------------------------------------------------------------------

create function private.printers()
returns text[]
language sql
immutable
set search_path = ''
as $$ select array['officer', 'administrator'] $$;
comment on function private.printers is 'Roles that print posters, slips and paper forms and key paper forms in';

create function public.list_print_points(p_unit uuid, p_search text default null, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := nullif(private.folded(btrim(p_search)), '');
  result jsonb;
begin
  perform private.require_role(p_unit, private.printers());
  with units as materialized (
    select t.unit_id, t.depth, t.place, u.names
    from private.units_in_order(p_unit) as t join public.units as u on u.id = t.unit_id
  ),
  points as materialized (
    select p.id, p.token, p.labels, p.kind, p.moment, p.offers_paper, u.unit_id, u.names, u.place,
      wanted is null or strpos(private.folded(p.labels ->> 'vi'), wanted) > 0 or strpos(private.folded(u.names ->> 'vi'), wanted) > 0 as fits
    from units as u join public.service_points as p on p.unit_id = u.unit_id and p.is_active
  )
  select jsonb_build_object(
    'total', (select count(*) from points where fits),
    'points', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'token', f.token, 'labels', f.labels, 'kind', f.kind, 'moment', f.moment,
        'offers_paper', f.offers_paper, 'unit', jsonb_build_object('id', f.unit_id, 'names', f.names)) order by f.place, f.labels ->> 'vi', f.id)
      from (select * from points where fits order by place, labels ->> 'vi', id offset greatest(p_offset, 0) limit 100) as f), '[]'),
    -- Only units that have points below them: a whole unit is chosen with everything under it.
    'units', coalesce((
      select jsonb_agg(jsonb_build_object('id', c.unit_id, 'names', c.names, 'depth', c.depth, 'points', c.points) order by c.place)
      from (
        select u.unit_id, u.names, u.depth, u.place, count(p.id) as points
        from units as u
        join public.unit_tree as t on t.ancestor_id = u.unit_id and t.valid_to is null
        join points as p on p.unit_id = t.descendant_id
        group by u.unit_id, u.names, u.depth, u.place
        order by u.place limit 200
      ) as c), '[]'))
  into result;
  return result;
end
$$;
comment on function public.list_print_points is
  'A hundred active points of the subtree, by unit and name, and the units that have some; the search looks into names of points and units and ignores diacritics. For those who print';
grant execute on function public.list_print_points(uuid, text, integer) to authenticated;

create function public.read_print_points(p_unit uuid, p_chosen jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  chosen jsonb := private.unwrapped(p_chosen);
begin
  perform private.require_role(p_unit, private.printers());
  -- What lies outside the subtree is not there for the caller: it is left out, not refused.
  return coalesce((
    select jsonb_agg(jsonb_build_object(
      'id', p.id, 'token', p.token, 'labels', p.labels, 'moment', p.moment, 'offers_paper', p.offers_paper, 'wording', p.wording,
      'unit', jsonb_build_object('id', t.unit_id, 'names', u.names),
      'organisation', private.organisation_card(o),
      'seconds', (v.definition ->> 'seconds')::integer) order by t.place, p.labels ->> 'vi', p.id)
    from private.units_in_order(p_unit) as t
    join public.units as u on u.id = t.unit_id
    join public.service_points as p on p.unit_id = t.unit_id and p.is_active
    join public.organisations as o on o.id = p.organisation_id
    join public.questionnaire_versions as v on v.id = p.version_id
    where chosen -> 'points' ? p.token
      or exists (
        select from public.unit_tree as b
        where b.descendant_id = t.unit_id and b.valid_to is null and chosen -> 'units' ? b.ancestor_id::text)), '[]');
end
$$;
comment on function public.read_print_points is
  'The chosen points ({"points": [tokens], "units": [ids with everything below]}) of the subtree with what is printed on a sheet';
grant execute on function public.read_print_points(uuid, jsonb) to authenticated;

-- Slips --------------------------------------------------------------------------------------------------

-- A key of its own: whoever holds the ticket key (the app does) still cannot tell which hash is which code.
insert into private.secrets (name, value) values ('receipt', extensions.gen_random_bytes(32));

create table private.slip_batches (
  id uuid primary key,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  service_point_id uuid not null references public.service_points (id) on delete cascade,
  number integer not null,
  moment text not null check (moment in ('receive', 'return', 'other')),
  slips integer not null check (slips between 1 and 500),
  made_on date not null,
  expires_on date not null,
  withdrawn_on date,
  used integer,
  unique (organisation_id, number)
);
comment on table private.slip_batches is
  'One print run of one-time code slips: for which point and moment, how many, until when. No person and no time but the day';
comment on column private.slip_batches.used is 'How many were used, noted when the codes themselves are deleted';
create index slip_batches_unit_id_idx on private.slip_batches (unit_id);
create index slip_batches_service_point_id_idx on private.slip_batches (service_point_id);
create index slip_batches_expires_on_idx on private.slip_batches (expires_on) where used is null;
alter table private.slip_batches enable row level security;
revoke all on private.slip_batches from public, anon, authenticated;
grant select on private.slip_batches to service_role;
create trigger slip_batches_audit after insert or update or delete on private.slip_batches
  for each row execute function private.audit('unit_id');

create table private.receipt_codes (
  hash bytea primary key,
  batch_id uuid not null references private.slip_batches (id) on delete cascade,
  is_spent boolean not null default false
);
comment on table private.receipt_codes is
  'One-time codes as keyed hashes, with a flag and no time: no column joins a code to a response. Dropped 30 days after they expire. Not audited on purpose: a line per spent code would tell when';
create index receipt_codes_batch_id_idx on private.receipt_codes (batch_id);
alter table private.receipt_codes enable row level security;
revoke all on private.receipt_codes from public, anon, authenticated, service_role;
grant references on private.receipt_codes to service_role;

create function private.code_hash(p_code text)
returns bytea
language sql
stable
set search_path = ''
as $$
  select extensions.hmac(convert_to('lang-nghe receipt code 1|' || p_code, 'UTF8'),
    (select s.value from private.secrets as s where s.name = 'receipt'), 'sha256')
$$;
comment on function private.code_hash is 'What is kept of a one-time code: HMAC-SHA256 under a key that never leaves the database';

create function private.used_slips(p_batch uuid)
returns integer
language sql
stable
set search_path = ''
as $$
  select coalesce(b.used, (select count(*)::integer from private.receipt_codes as c where c.batch_id = b.id and c.is_spent))
  from private.slip_batches as b where b.id = p_batch
$$;
comment on function private.used_slips is 'How many codes of a batch were used';

create function public.make_slips(p_batch uuid, p_point uuid, p_moment text, p_count integer, p_expires text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  point public.service_points;
  until date := p_expires::date;
  next_number integer;
  codes text[];
begin
  select * into point from public.service_points where id = p_point;
  perform private.require_role(point.unit_id, private.printers());
  if not point.is_active then
    perform private.fail('410', 'point_closed', 'this service point does not collect answers now');
  elsif p_moment is null or p_moment not in ('receive', 'return', 'other')
    or (point.moment <> 'both' and p_moment not in (point.moment, 'other')) then
    perform private.fail('422', 'impossible_moment', 'this point does not serve this moment');
  elsif p_count is null or p_count not between 1 and 500 then
    perform private.fail('422', 'impossible_slips', 'a batch has 1 to 500 slips');
  elsif until is null or until not between private.today() and private.today() + 366 then
    perform private.fail('422', 'impossible_expiry', 'slips expire between today and a year from now');
  elsif exists (select from private.slip_batches where id = p_batch) then
    perform private.fail('409', 'slips_made', 'this batch was made before; its codes were shown once');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('slip batch ' || point.organisation_id, 0));
  select coalesce(max(b.number), 0) + 1 into next_number from private.slip_batches as b where b.organisation_id = point.organisation_id;
  insert into private.slip_batches (id, organisation_id, unit_id, service_point_id, number, moment, slips, made_on, expires_on)
  values (p_batch, point.organisation_id, point.unit_id, point.id, next_number, p_moment, p_count, private.today(), until);
  -- Ten characters of Crockford base32: 50 random bits.
  select array_agg(left(private.new_token(), 10)) into codes from generate_series(1, p_count);
  insert into private.receipt_codes (hash, batch_id)
  select private.code_hash(code), p_batch from unnest(codes) as code order by 1;
  return jsonb_build_object('number', next_number, 'expires_on', until, 'codes', to_jsonb(codes));
exception
  when data_exception then
    perform private.fail('422', 'impossible_expiry', 'this is no day');
end
$$;
comment on function public.make_slips is
  'A batch of one-time codes for a point and a moment, given once and stored as hashes only; p_batch is chosen by the caller, so that a page sent twice makes one batch. For those who print';
grant execute on function public.make_slips(uuid, uuid, text, integer, text) to authenticated;

create function public.list_slip_batches(p_unit uuid, p_offset integer default 0)
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
      join private.slip_batches as b on b.unit_id = t.descendant_id
      join public.service_points as p on p.id = b.service_point_id
      join public.units as u on u.id = b.unit_id
      where t.ancestor_id = p_unit and t.valid_to is null
    )
    select jsonb_build_object('total', (select count(*) from found), 'batches', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'number', f.number, 'moment', f.moment, 'slips', f.slips,
        'made_on', f.made_on, 'expires_on', f.expires_on, 'expired', f.expires_on < private.today(), 'withdrawn_on', f.withdrawn_on,
        'labels', f.labels, 'unit', f.names,
        -- A number under five could be one person's doing.
        'used', (select case when used >= 5 then used end from private.used_slips(f.id) as used)) order by f.made_on desc, f.number desc)
      from (select * from found order by made_on desc, number desc offset greatest(p_offset, 0) limit 50) as f), '[]')));
end
$$;
comment on function public.list_slip_batches is
  'Fifty batches of slips of the subtree, newest first; used: how many were used, null under five';
grant execute on function public.list_slip_batches(uuid, integer) to authenticated;

create function public.withdraw_slips(p_batch uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  batch private.slip_batches;
begin
  select * into batch from private.slip_batches where id = p_batch for update;
  perform private.require_role(batch.unit_id, private.printers());
  update private.slip_batches set used = private.used_slips(p_batch), withdrawn_on = private.today()
  where id = p_batch and used is null;
  delete from private.receipt_codes where batch_id = p_batch;
end
$$;
comment on function public.withdraw_slips is 'Makes the unused codes of a batch worthless: a roll that was lost, or not printed';
grant execute on function public.withdraw_slips(uuid) to authenticated;

create function public.read_slip(p_code text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  slip jsonb;
begin
  select jsonb_build_object('token', p.token, 'moment', b.moment, 'state', case
      when c.is_spent then 'used' when b.expires_on < private.today() then 'expired' else 'open' end)
  into slip
  from private.receipt_codes as c
  join private.slip_batches as b on b.id = c.batch_id
  join public.service_points as p on p.id = b.service_point_id
  where c.hash = private.code_hash(p_code);
  if not found then
    perform private.fail('404', 'unknown_code', 'there is no such code');
  end if;
  return slip;
end
$$;
comment on function public.read_slip is
  'Which form a one-time code opens (token of its point, moment, whether it is open, used or expired): PT404 unknown_code. Reads only; answering spends. 50 random bits are not guessed';
grant execute on function public.read_slip(text) to anon, authenticated, service_role;

-- Called by submit_responses() for a batch in which some answers carry a code, in the transaction of the answers.
create function private.spend_codes(p_items private.parsed_item[])
returns private.parsed_item[]
language plpgsql
set search_path = ''
as $$
declare
  problem text;
  items private.parsed_item[] := p_items;
begin
  -- Locked in the order of the hash: two batches never wait for each other, and whoever comes second sees it spent.
  with offered as (
    select i.n, i.service_point_id, i.moment, private.code_hash(i.code) as hash
    from unnest(p_items) as i where i.code is not null
  ),
  locked as materialized (
    select c.hash, c.is_spent, b.moment, b.expires_on, b.service_point_id
    from private.receipt_codes as c join private.slip_batches as b on b.id = c.batch_id
    where c.hash in (select o.hash from offered as o)
    order by c.hash
    for update of c
  ),
  judged as (
    select o.n, case
      when l.hash is null or l.service_point_id is distinct from o.service_point_id then '404 unknown_code'
      when l.is_spent or count(*) over (partition by o.hash) > 1 then '410 code_used'
      when l.expires_on < private.today() then '410 code_expired'
      when o.moment is distinct from l.moment then '422 impossible_moment' end as problem
    from offered as o left join locked as l on l.hash = o.hash
  )
  select j.problem into problem from judged as j where j.problem is not null order by j.n limit 1;
  if problem is not null then
    perform private.fail_with(problem);
  end if;
  update private.receipt_codes set is_spent = true
  where hash in (select private.code_hash(i.code) from unnest(p_items) as i where i.code is not null);
  for at in 1 .. cardinality(items) loop
    if items[at].code is not null then
      items[at].pool := 'verified';
    end if;
  end loop;
  return items;
end
$$;
comment on function private.spend_codes is
  'Spends the codes of these answers, each for its own point and moment, and puts them into the pool "verified"; fails with unknown_code, code_used or code_expired, and then nothing is spent';

create function public.tidy_slips()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  dropped integer;
  blended integer;
begin
  update private.slip_batches set used = private.used_slips(id) where used is null and expires_on < private.today() - 30;
  with gone as (
    delete from private.receipt_codes as c using private.slip_batches as b
    where b.id = c.batch_id and b.used is not null returning 1
  )
  select count(*) into dropped from gone;
  -- All spent codes are written anew in one transaction: its number (xmin) no longer tells which answer came with which.
  with anew as (
    update private.receipt_codes set is_spent = true where is_spent returning 1
  )
  select count(*) into blended from anew;
  return jsonb_build_object('dropped', dropped, 'blended', blended);
end
$$;
comment on function public.tidy_slips is
  'Drops codes 30 days after they expired and writes the spent ones anew, so that nothing in the files tells when one was spent; the worker calls it daily';
grant execute on function public.tidy_slips() to service_role;
