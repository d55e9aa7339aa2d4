-- Access tokens with which a machine of the office (the queue system, the one-stop software) enters numbers served.
-- A token may do nothing else, reaches one unit and what lies below it, and is kept as a hash.

create table private.access_tokens (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 80),
  token_hash bytea not null unique,
  made_by uuid references public.people (id) on delete set null,
  made_at timestamptz not null default now(),
  last_used_on date,
  revoked_at timestamptz
);
comment on table private.access_tokens is
  'Mã truy cập cho phần mềm: puts numbers served of one unit and below, reads nothing. Only its hash is kept';
create index access_tokens_unit_id_idx on private.access_tokens (unit_id);
create index access_tokens_organisation_id_idx on private.access_tokens (organisation_id);
create index access_tokens_made_by_idx on private.access_tokens (made_by);
alter table private.access_tokens enable row level security;
revoke all on private.access_tokens from public, anon, authenticated;
grant select on private.access_tokens to service_role;

create function private.audit_access_token()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  -- The day of use changes every day and says nothing about who may do what.
  if tg_op = 'UPDATE' and old.revoked_at is not distinct from new.revoked_at then
    return null;
  end if;
  perform private.audit_write(new.organisation_id, new.unit_id, case tg_op when 'INSERT' then 'insert' else 'revoke' end,
    'access_tokens', new.id::text, jsonb_build_object('name', new.name));
  return null;
end
$$;
create trigger access_tokens_audit after insert or update on private.access_tokens
  for each row execute function private.audit_access_token();

create function public.make_access_token(p_unit uuid, p_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  token text := 'lns_' || private.new_link_token();
  token_name text := btrim(p_name);
  made uuid;
begin
  perform private.require_role(p_unit, array['administrator']);
  if token_name is null or char_length(token_name) not between 1 and 80 then
    perform private.fail('422', 'impossible_name', 'a token needs a name of 1 to 80 characters');
  end if;
  insert into private.access_tokens (organisation_id, unit_id, name, token_hash, made_by)
  select u.organisation_id, u.id, token_name, private.hash_of(token), private.me() from public.units as u where u.id = p_unit
  returning id into made;
  return jsonb_build_object('id', made, 'token', token);
end
$$;
comment on function public.make_access_token is 'A new access token for numbers served of a unit and below; returned once and never kept';
grant execute on function public.make_access_token(uuid, text) to authenticated;

create function public.list_access_tokens(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['administrator']);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'unit', u.names, 'made_on', (a.made_at at time zone 'Asia/Ho_Chi_Minh')::date,
      'last_used_on', a.last_used_on) order by a.made_at desc)
    from private.access_tokens as a
    join public.unit_tree as t on t.descendant_id = a.unit_id and t.ancestor_id = p_unit and t.valid_to is null
    join public.units as u on u.id = a.unit_id
    where a.revoked_at is null), '[]');
end
$$;
comment on function public.list_access_tokens is 'The tokens of the subtree that work, without what they are';
grant execute on function public.list_access_tokens(uuid) to authenticated;

create function public.revoke_access_token(p_token uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  at_unit uuid := (select a.unit_id from private.access_tokens as a where a.id = p_token);
begin
  if at_unit is null then
    perform private.fail('404', 'unknown_access_token', 'there is no such token');
  end if;
  perform private.require_role(at_unit, array['administrator']);
  update private.access_tokens set revoked_at = now() where id = p_token and revoked_at is null;
end
$$;
comment on function public.revoke_access_token is 'A token stops working with the next request';
grant execute on function public.revoke_access_token(uuid) to authenticated;

create function public.put_served_by_token(p_token text, p_counts jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  allowed private.access_tokens;
  items jsonb := private.unwrapped(p_counts) -> 'items';
  item record;
  point uuid;
  of_group uuid;
  outcome text;
  key text;
  outcomes jsonb := '{"added": 0, "changed": 0, "removed": 0, "unchanged": 0}';
  problems jsonb := '[]';
begin
  select * into allowed from private.access_tokens as a where a.token_hash = private.hash_of(p_token) and a.revoked_at is null;
  if not found then
    perform private.fail('404', 'unknown_access_token', 'this access token does not work');
  elsif jsonb_typeof(items) is distinct from 'array' or jsonb_array_length(items) not between 1 and 500 then
    perform private.fail('422', 'malformed', 'p_counts must be {"items": [...]} with 1 to 500 items');
  end if;
  for item in select e.value, e.n from jsonb_array_elements(items) with ordinality as e (value, n) order by 2 loop
    begin
      select p.id into point
      from public.service_points as p
      join public.unit_tree as t on t.descendant_id = p.unit_id and t.ancestor_id = allowed.unit_id and t.valid_to is null
      where p.organisation_id = allowed.organisation_id
        and (p.code = item.value ->> 'point' or p.id::text = lower(item.value ->> 'point'));
      if point is null then
        perform private.fail('404', 'unknown_point', 'no such point within reach of this token');
      end if;
      of_group := null;
      if item.value ->> 'group' is not null then
        select g.id into of_group from public.procedure_groups as g
        where g.organisation_id = allowed.organisation_id and g.code = item.value ->> 'group';
        if of_group is null then
          perform private.fail('404', 'unknown_procedure_group', 'there is no such procedure group');
        end if;
      end if;
      if item.value ->> 'served' is null then
        perform private.fail('422', 'impossible_served', 'a number served is 0 to 100,000');
      end if;
      outcome := private.put_served(point, of_group, (item.value ->> 'day')::date, (item.value ->> 'served')::integer, 'api');
      outcomes := jsonb_set(outcomes, array[outcome], to_jsonb((outcomes ->> outcome)::integer + 1));
    exception
      when data_exception then
        problems := problems || jsonb_build_object('item', item.n - 1, 'problem', 'malformed');
      when sqlstate 'PT404' or sqlstate 'PT422' then
        get stacked diagnostics key = pg_exception_hint;
        problems := problems || jsonb_build_object('item', item.n - 1, 'problem', key);
    end;
  end loop;
  if problems <> '[]' then
    perform private.fail('422', 'served_refused', 'nothing was entered: some items are wrong', problems::text);
  end if;
  update private.access_tokens set last_used_on = private.today()
  where id = allowed.id and last_used_on is distinct from private.today();
  return outcomes;
end
$$;
comment on function public.put_served_by_token is
  'Enters numbers served with an access token, all or none: PT404 unknown_access_token, PT422 served_refused with every problem in the details. Open to anon on purpose: the token decides';
grant execute on function public.put_served_by_token(text, jsonb) to anon, authenticated;
