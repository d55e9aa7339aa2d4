-- What a Supabase project has before its first migration, for databases that are not one: the embedded
-- Postgres, a plain Postgres, PGlite. Run by the owner of the database, any number of times.
-- Never run it against a hosted or self-hosted Supabase: there all of this exists already.

do $$
begin
	if not exists (select from pg_catalog.pg_roles where rolname = 'anon') then
		create role anon nologin noinherit;
	end if;
	if not exists (select from pg_catalog.pg_roles where rolname = 'authenticated') then
		create role authenticated nologin noinherit;
	end if;
	if not exists (select from pg_catalog.pg_roles where rolname = 'service_role') then
		create role service_role nologin noinherit bypassrls;
	end if;
	-- The role as which @supabase/lite connects. It owns only what it makes itself (schemas auth and storage):
	-- as the owner of our tables it would grant everything on them to everybody with its first request.
	if not exists (select from pg_catalog.pg_roles where rolname = 'lite_api') then
		create role lite_api login inherit;
	end if;
end
$$;

grant anon, authenticated, service_role to lite_api;

do $$
begin
	execute format('grant create, connect, temporary on database %I to lite_api', current_database());
end
$$;

create schema if not exists extensions;
grant usage on schema extensions to anon, authenticated, service_role;

create extension if not exists pgcrypto with schema extensions;
create extension if not exists unaccent with schema extensions;
create extension if not exists pg_trgm with schema extensions;
