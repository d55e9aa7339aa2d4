-- Foundations: who may do nothing by default, where helpers live, how errors look, what "today" is.
--
-- `public` holds what the API shows; `private` holds helpers, tallies and secrets and is never exposed.
-- Every table is created together with its comment, RLS, revokes, grants and indexes, so that each
-- open door is a visible line of a diff.

-- Nothing is open unless a later line opens it. Hosted Supabase grants by default; we take that back.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

create schema private;
comment on schema private is 'Helpers, tallies and secrets: never exposed by the API';
revoke all on schema private from public;
grant usage on schema private to service_role;

-- Errors ----------------------------------------------------------------------------------------

create function private.fail(p_status text, p_key text, p_message text, p_detail text default null)
returns void
language plpgsql
set search_path = ''
as $$
begin
  raise exception using
    errcode = 'PT' || p_status,
    hint = p_key,
    message = p_message,
    detail = coalesce(p_detail, '');
end
$$;
comment on function private.fail is
  'Raises an error that PostgREST and Supabase Lite turn into the HTTP status p_status; p_key is stable and listed in src/lib/server/errors.ts';

-- Time ------------------------------------------------------------------------------------------

-- Small rules that every recorded batch asks are plpgsql: PostgreSQL 17 plans a body in SQL anew in each transaction.
create function private.today()
returns date
language plpgsql
stable
set search_path = ''
as $$ begin return (now() at time zone 'Asia/Ho_Chi_Minh')::date; end $$;
comment on function private.today is 'Today at the office: the date in Vietnam, whatever the server''s zone';

create function private.is_morning()
returns boolean
language plpgsql
stable
set search_path = ''
as $$ begin return extract(hour from now() at time zone 'Asia/Ho_Chi_Minh') < 12; end $$;
comment on function private.is_morning is 'The half-day that is stored instead of a time';

-- Secrets ---------------------------------------------------------------------------------------

create table private.secrets (
  name text primary key,
  value bytea not null
);
comment on table private.secrets is
  'Keys that SQL itself needs: "ticket" checks the signature of a form''s ticket. Written by `npm run migrate` as the owner';
alter table private.secrets enable row level security;
revoke all on private.secrets from public, anon, authenticated, service_role;
-- Supabase Lite refuses to serve a schema with a table on which service_role has no privilege at all;
-- REFERENCES reads and writes nothing.
grant references on private.secrets to service_role;

-- Small shared checks ------------------------------------------------------------------------------

-- A function and not a domain over jsonb: Supabase Lite cannot write an object into a column of such a domain.
create function private.are_texts(p_texts jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
  select p_texts is null
    or coalesce(jsonb_typeof(p_texts) = 'object' and jsonb_typeof(p_texts -> 'vi') = 'string' and length(p_texts ->> 'vi') > 0, false)
$$;
comment on function private.are_texts is
  'Check of columns that hold a text per language, {"vi": …, "zh"?: …, "en"?: …}; Vietnamese is the master and always there';
-- A check is evaluated with the privileges of whoever writes.
grant execute on function private.are_texts(jsonb) to service_role;

create function private.unwrapped(p_argument jsonb)
returns jsonb
language plpgsql
immutable
set search_path = ''
as $$ begin return case when jsonb_typeof(p_argument) = 'string' then (p_argument #>> '{}')::jsonb else p_argument end; end $$;
comment on function private.unwrapped is
  'An rpc argument as it was sent: Supabase Lite''s postgres driver hands a jsonb argument over as one JSON string, PostgREST as it is';

create function private.new_token()
returns text
language sql
volatile
set search_path = ''
as $$
  select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(random.bytes, n) & 31), 1), '')
  from (select extensions.gen_random_bytes(11) as bytes) as random, generate_series(0, 10) as n
$$;
comment on function private.new_token is
  '11 characters of Crockford base32: 55 random bits, no letter that is mistaken for another when typed';

create function public.health()
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  latest text;
begin
  if to_regclass('supabase_migrations.schema_migrations') is not null then
    execute 'select max(version) from supabase_migrations.schema_migrations' into latest;
  end if;
  return jsonb_build_object('schema', latest);
end
$$;
comment on function public.health is 'The newest migration that this database has; /healthz and npm start ask for it';
grant execute on function public.health() to anon, authenticated, service_role;
