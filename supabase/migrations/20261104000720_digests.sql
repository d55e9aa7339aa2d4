-- What is new, told without being asked: on the first page since the last visit, by mail once a week to those who want
-- it, and once a day to a webhook of the organisation. Counts and a link, never a text; about F2 only that there is
-- something to read, and that to leaders by mail alone.

alter table public.outbox drop constraint outbox_kind_check;
alter table public.outbox add constraint outbox_kind_check check (kind in ('invitation', 'digest', 'webhook'));
alter table public.outbox add column organisation_id uuid references public.organisations (id) on delete cascade;
comment on table public.outbox is
  'What is on its way out, written in the transaction that causes it: mail (invitation, digest) and calls of webhooks; deleted once sent, because it may hold an address and a link';
create index outbox_organisation_id_idx on public.outbox (organisation_id) where organisation_id is not null;

create table private.webhooks (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  url text not null check (char_length(url) between 10 and 500 and url ~ '^https?://'),
  secret text not null,
  told_on date not null default private.today(),
  answered_at timestamptz,
  last_error text
);
comment on table private.webhooks is
  'Where another system of the organisation wants to be told what is new. The secret signs every call; it is shown once';
alter table private.webhooks enable row level security;
revoke all on private.webhooks from public, anon, authenticated, service_role;
grant references on private.webhooks to service_role;

create function private.news(p_unit uuid, p_since timestamptz)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object(
    'alerts', (select count(*) from private.heard_alerts(p_unit) as h
      where h.rule <> 'beyond_rules' and h.acknowledged_at is null and h.sounded_at > p_since),
    'received', (
      select coalesce(sum(r.responses), 0)
      from private.subtree_points(p_unit) as here
      join private.response_counts as r on r.service_point_id = here.service_point_id and r.pool <> 'imported'
        and r.day >= (p_since at time zone 'Asia/Ho_Chi_Minh')::date))
$$;
comment on function private.news is 'Alerts that nobody has answered and answers received at a unit and below since then';

create function private.is_leader(p_person uuid, p_unit uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.members as m
    join public.unit_tree as t on t.ancestor_id = m.unit_id and t.descendant_id = p_unit and t.valid_to is null
    where m.person_id = p_person and m.role = 'leader' and m.ended_at is null)
$$;

create function private.has_private_news(p_unit uuid, p_since timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select from public.unit_tree as t
    join private.alerts as a on a.unit_id = t.descendant_id and a.rule = 'beyond_rules'
    where t.ancestor_id = p_unit and t.valid_to is null and a.acknowledged_at is null and a.sounded_at > p_since)
$$;
comment on function private.has_private_news is 'Whether a leader of the unit has an alert of its own kind to read';

-- On the first page --------------------------------------------------------------------------------------------

create function public.office_news(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  since timestamptz;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  select v.seen_at into since from private.alert_visits as v where v.person_id = private.me() and v.unit_id = p_unit;
  since := coalesce(since, now() - interval '7 days');
  return private.news(p_unit, since) || jsonb_build_object(
    'since', to_char(since at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD'),
    'private', private.is_leader(private.me(), p_unit) and private.has_private_news(p_unit, since));
end
$$;
comment on function public.office_news is
  'What is new at a unit since the caller last looked at its alerts (at first: in seven days); for officers, analysts and leaders';
grant execute on function public.office_news(uuid) to authenticated;

-- By mail ----------------------------------------------------------------------------------------------------------

create function public.set_digest(p_unit uuid, p_on boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  if p_on then
    insert into private.digest_choices (person_id, unit_id) values (private.me(), p_unit) on conflict do nothing;
  else
    delete from private.digest_choices where person_id = private.me() and unit_id = p_unit;
  end if;
end
$$;
comment on function public.set_digest is 'Whether the caller gets a mail once a week that says what is new at a unit';
grant execute on function public.set_digest(uuid, boolean) to authenticated;

create function public.queue_digests(p_today text default null)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  today date := coalesce(p_today::date, private.today());
  choice record;
  hook record;
  told jsonb;
  mails integer := 0;
  calls integer := 0;
begin
  for choice in
    select c.person_id, c.unit_id, c.told_on, u.organisation_id, p.email
    from private.digest_choices as c
    join public.people as p on p.id = c.person_id
    join public.units as u on u.id = c.unit_id
    where c.told_on <= today - 7
    order by c.person_id, c.unit_id
    for update of c skip locked
  loop
    -- Who has lost the membership is told nothing more.
    if not exists (
      select from public.members as m
      join public.unit_tree as t on t.ancestor_id = m.unit_id and t.descendant_id = choice.unit_id and t.valid_to is null
      where m.person_id = choice.person_id and m.ended_at is null and m.role in ('officer', 'analyst', 'leader')
    ) then
      delete from private.digest_choices where person_id = choice.person_id and unit_id = choice.unit_id;
      continue;
    end if;
    continue when not private.is_working_day(choice.organisation_id, today);
    told := private.news(choice.unit_id, choice.told_on::timestamp at time zone 'Asia/Ho_Chi_Minh') || jsonb_build_object(
      'private', private.is_leader(choice.person_id, choice.unit_id)
        and private.has_private_news(choice.unit_id, choice.told_on::timestamp at time zone 'Asia/Ho_Chi_Minh'),
      'reports', private.reports_to_tell(choice.unit_id, choice.person_id, today));
    if (told ->> 'alerts')::int > 0 or (told ->> 'received')::int > 0 or (told ->> 'private')::boolean or told -> 'reports' <> '[]' then
      insert into public.outbox (kind, recipient, organisation_id, payload)
      values ('digest', choice.email, choice.organisation_id, told || jsonb_build_object('unit_id', choice.unit_id, 'since', choice.told_on));
      mails := mails + 1;
    end if;
    update private.digest_choices set told_on = today where person_id = choice.person_id and unit_id = choice.unit_id;
  end loop;

  for hook in
    select w.organisation_id, w.told_on from private.webhooks as w
    where w.told_on < today and private.is_working_day(w.organisation_id, today)
    for update of w skip locked
  loop
    told := private.news(hook.organisation_id, hook.told_on::timestamp at time zone 'Asia/Ho_Chi_Minh');
    if (told ->> 'alerts')::int > 0 or (told ->> 'received')::int > 0 then
      -- One call at a time: what could not be told yet is told by the newer one.
      delete from public.outbox where kind = 'webhook' and organisation_id = hook.organisation_id;
      insert into public.outbox (kind, recipient, organisation_id, payload)
      values ('webhook', 'webhook', hook.organisation_id, told || jsonb_build_object('date', today, 'since', hook.told_on));
      calls := calls + 1;
    end if;
    update private.webhooks set told_on = today where organisation_id = hook.organisation_id;
  end loop;
  return jsonb_build_object('mails', mails, 'calls', calls);
end
$$;
comment on function public.queue_digests is
  'Puts what is to be told today into the outbox: mails that are a week old, webhooks once a working day; calling it again does nothing';
grant execute on function public.queue_digests(text) to service_role;

-- To a webhook -------------------------------------------------------------------------------------------------------

create function public.read_webhook(p_organisation uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_organisation, array['administrator']);
  return (
    select jsonb_build_object('url', w.url, 'last_error', w.last_error,
      'answered_on', to_char(w.answered_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD'))
    from private.webhooks as w where w.organisation_id = p_organisation);
end
$$;
comment on function public.read_webhook is 'The webhook of an organisation without its secret, or null; for its administrators';
grant execute on function public.read_webhook(uuid) to authenticated;

create function public.set_webhook(p_organisation uuid, p_url text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  address text := btrim(p_url);
  made text := private.new_link_token();
begin
  perform private.require_role(p_organisation, array['administrator']);
  if not exists (select from public.organisations where id = p_organisation) then
    perform private.fail('404', 'unknown_organisation', 'only a whole organisation has a webhook');
  end if;
  -- Where it leads is looked at by the app, and again before every call.
  if address is null or address !~ '^https?://[^[:space:]]+$' or char_length(address) not between 10 and 500 then
    perform private.fail('422', 'impossible_url', 'this is not an address of the web');
  end if;
  insert into private.webhooks (organisation_id, url, secret) values (p_organisation, address, made)
  on conflict (organisation_id) do update set url = excluded.url, secret = excluded.secret, last_error = null, answered_at = null;
  perform private.audit_write(p_organisation, p_organisation, 'update', 'webhooks', p_organisation::text, '{"url": "•", "secret": "•"}');
  return jsonb_build_object('secret', made);
end
$$;
comment on function public.set_webhook is
  'Sets the address and a new secret, which is returned once: PT404 unknown_organisation, PT422 impossible_url; by administrators of the whole organisation';
grant execute on function public.set_webhook(uuid, text) to authenticated;

create function public.remove_webhook(p_organisation uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_organisation, array['administrator']);
  delete from private.webhooks where organisation_id = p_organisation;
  delete from public.outbox where kind = 'webhook' and organisation_id = p_organisation;
  perform private.audit_write(p_organisation, p_organisation, 'delete', 'webhooks', p_organisation::text, '{}');
end
$$;
comment on function public.remove_webhook is 'Tells the other system nothing more; what waits stays unsent';
grant execute on function public.remove_webhook(uuid) to authenticated;

create function public.webhook_target(p_organisation uuid)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$ select jsonb_build_object('url', w.url, 'secret', w.secret) from private.webhooks as w where w.organisation_id = p_organisation $$;
comment on function public.webhook_target is 'Where the worker calls and with which secret it signs; null when there is none any more';
grant execute on function public.webhook_target(uuid) to service_role;

create function public.note_webhook(p_organisation uuid, p_error text default null)
returns void
language sql
security definer
set search_path = ''
as $$
  update private.webhooks set
    answered_at = case when p_error is null then now() else answered_at end,
    last_error = left(p_error, 100)
  where organisation_id = p_organisation
$$;
comment on function public.note_webhook is 'How the last call ended: an error code, or null when it was answered';
grant execute on function public.note_webhook(uuid, text) to service_role;
