-- Invitations: the only way to a membership. By e-mail, or as a link with QR handed over in person.
-- The membership is bound to the invitation's token, not to an address: whoever holds the link accepts it once.

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  role text not null check (role in ('officer', 'analyst', 'leader', 'administrator', 'auditor')),
  email text check (char_length(email) between 3 and 320),
  token_hash bytea not null unique,
  invited_by uuid references public.people (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  accepted_at timestamptz,
  accepted_by uuid references public.people (id) on delete set null,
  revoked_at timestamptz
);
comment on table public.invitations is 'Lời mời: one membership on offer, once, for 7 days. Only the hash of its token is kept';
create index invitations_unit_id_idx on public.invitations (unit_id);
create index invitations_organisation_id_idx on public.invitations (organisation_id);
create index invitations_invited_by_idx on public.invitations (invited_by);
create index invitations_accepted_by_idx on public.invitations (accepted_by);
alter table public.invitations enable row level security;
revoke all on public.invitations from public, anon, authenticated;
grant select, insert, update, delete on public.invitations to service_role;
grant select (id, organisation_id, unit_id, role, email, invited_by, created_at, expires_at, accepted_at, accepted_by, revoked_at)
  on public.invitations to authenticated;
create policy "Administrators read the invitations of their subtree" on public.invitations for select to authenticated
  using (unit_id in (select private.my_subtree(array['administrator'])));
create trigger invitations_audit after insert or update or delete on public.invitations
  for each row execute function private.audit('unit_id', 'email', 'token_hash');

create table public.outbox (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('invitation')),
  recipient text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  run_after timestamptz not null default now(),
  attempts smallint not null default 0,
  last_error text
);
comment on table public.outbox is
  'Mail on its way, written in the transaction that causes it; deleted once sent, because it holds an address and a link';
create index outbox_run_after_idx on public.outbox (run_after);
alter table public.outbox enable row level security;
revoke all on public.outbox from public, anon, authenticated;
grant select, insert, update, delete on public.outbox to service_role;

create table private.setup_links (
  token_hash bytea primary key,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  used_at timestamptz
);
comment on table private.setup_links is 'One-time links printed by npm start while there is no member: who opens one becomes the first administrator';
alter table private.setup_links enable row level security;
revoke all on private.setup_links from public, anon, authenticated, service_role;
grant references on private.setup_links to service_role;

create function private.new_link_token()
returns text
language sql
volatile
set search_path = ''
as $$ select rtrim(translate(encode(extensions.gen_random_bytes(24), 'base64'), '+/', '-_'), '=') $$;
comment on function private.new_link_token is '192 random bits as text for a link that opens something once';

create function private.hash_of(p_token text)
returns bytea
language sql
immutable
set search_path = ''
as $$ select sha256(convert_to(coalesce(p_token, ''), 'UTF8')) $$;

create function private.invitation_by_token(p_token text)
returns public.invitations
language plpgsql
stable
set search_path = ''
as $$
declare
  found_one public.invitations;
begin
  select * into found_one from public.invitations where token_hash = private.hash_of(p_token);
  if not found then
    perform private.fail('404', 'unknown_invitation', 'no invitation has this link');
  elsif found_one.revoked_at is not null then
    perform private.fail('410', 'invitation_revoked', 'this invitation was taken back');
  elsif found_one.accepted_at is not null then
    perform private.fail('410', 'invitation_used', 'this invitation was accepted already');
  elsif found_one.expires_at < now() then
    perform private.fail('410', 'invitation_expired', 'this invitation is older than 7 days');
  end if;
  return found_one;
end
$$;
comment on function private.invitation_by_token is 'The open invitation of a link; PT404 or PT410 with the reason otherwise';

create function public.read_invitation(p_token text)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('role', i.role, 'expires_at', i.expires_at,
    'unit', jsonb_build_object('names', u.names), 'organisation', jsonb_build_object('names', o.names))
  from private.invitation_by_token(p_token) as i
  join public.units as u on u.id = i.unit_id
  join public.organisations as o on o.id = i.organisation_id
$$;
comment on function public.read_invitation is
  'What an invitation offers, for whoever holds its link: PT404 unknown_invitation, PT410 invitation_used, invitation_expired, invitation_revoked. Open to anon on purpose';
grant execute on function public.read_invitation(text) to anon, authenticated;

create function private.require_role(p_unit uuid, p_roles text[])
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  elsif p_unit is null or not private.has_role(p_unit, p_roles) then
    perform private.fail('403', 'not_allowed', 'no membership of the caller allows this here');
  end if;
end
$$;
comment on function private.require_role is 'PT401 not_signed_in or PT403 not_allowed unless the caller holds one of p_roles at p_unit or above it';

create function public.invite(p_unit uuid, p_role text, p_email text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  token text := private.new_link_token();
  made public.invitations;
  mailed_to text := nullif(lower(btrim(p_email)), '');
begin
  perform private.require_role(p_unit, array['administrator']);
  if p_role is null or p_role not in ('officer', 'analyst', 'leader', 'administrator', 'auditor') then
    perform private.fail('422', 'unknown_role', 'there is no such role');
  end if;
  if mailed_to is not null and (mailed_to !~ '^[^@[:space:]]+@[^@[:space:]]+$' or char_length(mailed_to) > 320) then
    perform private.fail('422', 'impossible_email', 'this is not an e-mail address');
  end if;
  insert into public.invitations (organisation_id, unit_id, role, email, token_hash, invited_by)
  select u.organisation_id, u.id, p_role, mailed_to, private.hash_of(token), private.me()
  from public.units as u where u.id = p_unit
  returning * into made;
  if mailed_to is not null then
    insert into public.outbox (kind, recipient, payload)
    values ('invitation', mailed_to, jsonb_build_object('invitation_id', made.id, 'token', token));
  end if;
  return jsonb_build_object('id', made.id, 'token', token, 'expires_at', made.expires_at);
end
$$;
comment on function public.invite is
  'An administrator offers a membership in the subtree. The token is returned once and never kept; with an address it also goes out by mail';
grant execute on function public.invite(uuid, text, text) to authenticated;

create function public.renew_invitation(p_invitation uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  token text := private.new_link_token();
  renewed public.invitations;
begin
  select * into renewed from public.invitations where id = p_invitation;
  if not found then
    perform private.fail('404', 'unknown_invitation', 'there is no such invitation');
  end if;
  perform private.require_role(renewed.unit_id, array['administrator']);
  if renewed.accepted_at is not null then
    perform private.fail('410', 'invitation_used', 'this invitation was accepted already');
  end if;
  update public.invitations
  set token_hash = private.hash_of(token), expires_at = now() + interval '7 days', revoked_at = null
  where id = p_invitation
  returning * into renewed;
  if renewed.email is not null then
    insert into public.outbox (kind, recipient, payload)
    values ('invitation', renewed.email, jsonb_build_object('invitation_id', renewed.id, 'token', token));
  end if;
  return jsonb_build_object('id', renewed.id, 'token', token, 'expires_at', renewed.expires_at);
end
$$;
comment on function public.renew_invitation is 'A new link for seven more days; the old one stops working';
grant execute on function public.renew_invitation(uuid) to authenticated;

create function public.revoke_invitation(p_invitation uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  open_one public.invitations;
begin
  select * into open_one from public.invitations where id = p_invitation;
  if not found then
    perform private.fail('404', 'unknown_invitation', 'there is no such invitation');
  end if;
  perform private.require_role(open_one.unit_id, array['administrator']);
  if open_one.accepted_at is not null then
    perform private.fail('410', 'invitation_used', 'this invitation was accepted already');
  end if;
  update public.invitations set revoked_at = now() where id = p_invitation and revoked_at is null;
  delete from public.outbox where payload ->> 'invitation_id' = p_invitation::text;
end
$$;
comment on function public.revoke_invitation is 'Takes an open invitation back; a mail not yet sent stays unsent';
grant execute on function public.revoke_invitation(uuid) to authenticated;

create function private.my_email()
returns text
language sql
stable
set search_path = ''
as $$ select coalesce(nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email', ''), '-@-') $$;

create function public.accept_invitation(p_token text, p_name text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  offered public.invitations;
  person_name text := btrim(p_name);
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  if person_name is null or char_length(person_name) not between 1 and 120 then
    perform private.fail('422', 'impossible_name', 'a name has 1 to 120 characters');
  end if;
  -- Two browsers with one link: the second waits here and then finds it used.
  perform from public.invitations where token_hash = private.hash_of(p_token) for update;
  offered := private.invitation_by_token(p_token);
  insert into public.people (id, name, email) values (private.me(), person_name, private.my_email())
  on conflict (id) do update set name = excluded.name, email = excluded.email;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values (private.me(), offered.organisation_id, offered.unit_id, offered.role)
  on conflict (person_id, unit_id, role) where ended_at is null do nothing;
  update public.invitations set accepted_at = now(), accepted_by = private.me() where id = offered.id;
  return jsonb_build_object('unit_id', offered.unit_id, 'role', offered.role);
end
$$;
comment on function public.accept_invitation is
  'The signed-in person takes what the link offers, once: PT404 unknown_invitation, PT410 with the reason, PT422 impossible_name';
grant execute on function public.accept_invitation(text, text) to authenticated;

create function private.keep_an_administrator(p_organisation uuid)
returns void
language plpgsql
set search_path = ''
as $$
begin
  if not exists (
    select from public.members
    where organisation_id = p_organisation and role = 'administrator' and unit_id = p_organisation and ended_at is null
  ) then
    perform private.fail('409', 'last_administrator', 'an organisation keeps at least one administrator');
  end if;
end
$$;

create function public.end_membership(p_member uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  held public.members;
begin
  select * into held from public.members where id = p_member and ended_at is null for update;
  if not found then
    perform private.fail('404', 'unknown_membership', 'there is no such membership');
  end if;
  if held.person_id is distinct from private.me() then
    perform private.require_role(held.unit_id, array['administrator']);
  end if;
  update public.members set ended_at = now() where id = p_member;
  perform private.keep_an_administrator(held.organisation_id);
end
$$;
comment on function public.end_membership is
  'Ends a membership: an administrator of its unit, or the person; effective with the next request. PT409 last_administrator';
grant execute on function public.end_membership(uuid) to authenticated;

create function public.change_role(p_member uuid, p_role text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  held public.members;
begin
  select * into held from public.members where id = p_member and ended_at is null for update;
  if not found then
    perform private.fail('404', 'unknown_membership', 'there is no such membership');
  end if;
  perform private.require_role(held.unit_id, array['administrator']);
  if p_role is null or p_role not in ('officer', 'analyst', 'leader', 'administrator', 'auditor') then
    perform private.fail('422', 'unknown_role', 'there is no such role');
  end if;
  if held.role = p_role then
    return;
  end if;
  update public.members set ended_at = now() where id = p_member;
  insert into public.members (person_id, organisation_id, unit_id, role)
  values (held.person_id, held.organisation_id, held.unit_id, p_role)
  on conflict (person_id, unit_id, role) where ended_at is null do nothing;
  perform private.keep_an_administrator(held.organisation_id);
end
$$;
comment on function public.change_role is 'Gives a membership another role: the old one ends, a new one begins, both stay in the log';
grant execute on function public.change_role(uuid, text) to authenticated;

create function public.hand_over(p_from uuid, p_to uuid)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  held public.members;
  moved integer := 0;
begin
  if p_from = p_to or not exists (select from public.members where person_id = p_to and ended_at is null) then
    perform private.fail('422', 'unknown_successor', 'the successor must already be a member');
  end if;
  for held in
    select m.* from public.members as m
    where m.person_id = p_from and m.ended_at is null and private.has_role(m.unit_id, array['administrator'])
      and exists (select from public.members as s where s.person_id = p_to and s.organisation_id = m.organisation_id and s.ended_at is null)
    order by m.id
    for update
  loop
    update public.members set ended_at = now() where id = held.id;
    insert into public.members (person_id, organisation_id, unit_id, role)
    values (p_to, held.organisation_id, held.unit_id, held.role)
    on conflict (person_id, unit_id, role) where ended_at is null do nothing;
    perform private.keep_an_administrator(held.organisation_id);
    moved := moved + 1;
  end loop;
  if moved = 0 then
    perform private.fail('403', 'not_allowed', 'only an administrator of these units may do this');
  end if;
  return moved;
end
$$;
comment on function public.hand_over is
  'Somebody leaves: all memberships the caller administers pass to a colleague of the same organisation in one step; returns how many';
grant execute on function public.hand_over(uuid, uuid) to authenticated;

-- The first administrator ----------------------------------------------------------------------------

create function public.new_setup_link()
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  token text := private.new_link_token();
begin
  if exists (select from public.members where ended_at is null) then
    return null;
  end if;
  delete from private.setup_links where used_at is null;
  insert into private.setup_links (token_hash) values (private.hash_of(token));
  return token;
end
$$;
comment on function public.new_setup_link is 'A one-time link for the first administrator while there is no member at all, otherwise null; an older unused one stops working';
grant execute on function public.new_setup_link() to service_role;

create function public.read_setup_link(p_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  link private.setup_links;
begin
  select * into link from private.setup_links where token_hash = private.hash_of(p_token);
  if not found then
    perform private.fail('404', 'unknown_setup_link', 'there is no such set-up link');
  elsif link.used_at is not null then
    perform private.fail('410', 'setup_link_used', 'this set-up link was used already');
  elsif link.expires_at < now() then
    perform private.fail('410', 'setup_link_expired', 'this set-up link is older than 7 days');
  end if;
  return jsonb_build_object('expires_at', link.expires_at);
end
$$;
comment on function public.read_setup_link is 'Whether a set-up link still works: PT404 unknown_setup_link, PT410 setup_link_used or setup_link_expired. Open to anon on purpose';
grant execute on function public.read_setup_link(text) to anon, authenticated;

create function public.set_up_organisation(p_token text, p_person_name text, p_organisation jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  made public.organisations;
  person_name text := btrim(p_person_name);
  asked jsonb := private.unwrapped(p_organisation);
begin
  if private.me() is null then
    perform private.fail('401', 'not_signed_in', 'nobody is signed in');
  end if;
  if person_name is null or char_length(person_name) not between 1 and 120 then
    perform private.fail('422', 'impossible_name', 'a name has 1 to 120 characters');
  end if;
  perform from private.setup_links where token_hash = private.hash_of(p_token) for update;
  perform public.read_setup_link(p_token);
  if char_length(btrim(coalesce(asked ->> 'name', ''))) not between 1 and 200
    or char_length(btrim(coalesce(asked ->> 'phone', ''))) not between 1 and 40
    or coalesce(asked ->> 'email', '') !~ '^[^@[:space:]]+@[^@[:space:]]+$' then
    perform private.fail('422', 'impossible_organisation', 'an organisation needs a name, a phone number and an e-mail address');
  end if;
  insert into public.organisations (names, phone, email)
  values (jsonb_build_object('vi', btrim(asked ->> 'name')), btrim(asked ->> 'phone'), lower(asked ->> 'email'))
  returning * into made;
  insert into public.people (id, name, email) values (private.me(), person_name, private.my_email())
  on conflict (id) do update set name = excluded.name, email = excluded.email;
  insert into public.members (person_id, organisation_id, unit_id, role) values (private.me(), made.id, made.id, 'administrator');
  -- With a form in force at its root, the first counter can be made at once.
  if asked ? 'form' then
    update public.units set questionnaire_id = private.put_built_in(made.id, asked -> 'form') where id = made.id;
  end if;
  update private.setup_links set used_at = now() where token_hash = private.hash_of(p_token);
  return jsonb_build_object('organisation_id', made.id);
end
$$;
comment on function public.set_up_organisation is
  'The holder of the printed link founds the organisation, with a first questionnaire in force ("form"), and becomes its first administrator, once';
grant execute on function public.set_up_organisation(text, text, jsonb) to authenticated;
