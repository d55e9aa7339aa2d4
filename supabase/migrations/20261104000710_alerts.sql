-- Alerts: changes that last, found by the run test of src/lib/scoring/run-test.ts on released figures that are shown.
-- The worker asks for the series, judges, and puts what it found here; people read it, answer it with a note, and
-- choose per unit how much they want to hear. "Somebody asked for money beyond the rules" (F2) is decided in SQL and
-- goes to leaders only.

create table private.alerts (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  service_point_id uuid references public.service_points (id) on delete cascade,
  subject text not null,
  rule text not null check (rule in ('run', 'outside', 'beyond_rules')),
  direction text check (direction in ('up', 'down')),
  setting text not null check (setting in ('few', 'normal', 'many')),
  first_period text not null,
  last_period text not null,
  evidence jsonb not null,
  created_at timestamptz not null default now(),
  sounded_at timestamptz not null default now(),
  acknowledged_at timestamptz,
  acknowledged_by uuid references public.people (id) on delete set null,
  note text check (char_length(note) <= 1000),
  revision integer not null default 1,
  check ((rule = 'beyond_rules') = (direction is null))
);
comment on table private.alerts is 'Cảnh báo: a lasting change of a unit''s or a point''s figure, or (for leaders only) that money or papers beyond the rules were asked for';
comment on column private.alerts.setting is 'The quietest setting at which it is heard: few, normal or many';
comment on column private.alerts.evidence is
  'What the rule saw: value, centre and limits as fractions, persons, months; for beyond_rules only at_least, a multiple of 5';
comment on column private.alerts.sounded_at is 'When it was first heard at its present setting';
create unique index alerts_once_idx on private.alerts (unit_id, service_point_id, subject, rule, direction, first_period) nulls not distinct;
create index alerts_organisation_id_idx on private.alerts (organisation_id);
create index alerts_service_point_id_idx on private.alerts (service_point_id) where service_point_id is not null;
create index alerts_acknowledged_by_idx on private.alerts (acknowledged_by) where acknowledged_by is not null;
alter table private.alerts enable row level security;
revoke all on private.alerts from public, anon, authenticated;
grant select on private.alerts to service_role;
create trigger alerts_revision before update on private.alerts for each row execute function private.next_revision();
-- What the worker finds is no act of a person; answering it is. The note is free text and may name somebody.
create trigger alerts_audit after update of acknowledged_at on private.alerts
  for each row execute function private.audit('unit_id', 'note');

create table private.alert_settings (
  unit_id uuid primary key references public.units (id) on delete cascade,
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  setting text not null check (setting in ('few', 'normal', 'many'))
);
comment on table private.alert_settings is 'How much a unit wants to hear; what is not set here holds from the unit above, in the end normal';
create index alert_settings_organisation_id_idx on private.alert_settings (organisation_id);
alter table private.alert_settings enable row level security;
revoke all on private.alert_settings from public, anon, authenticated;
grant select on private.alert_settings to service_role;
create trigger alert_settings_audit after insert or update or delete on private.alert_settings
  for each row execute function private.audit('unit_id');

create table private.alert_marks (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  judged_month text not null
);
comment on table private.alert_marks is 'Up to which closed month the figures of an organisation have been judged';
alter table private.alert_marks enable row level security;
revoke all on private.alert_marks from public, anon, authenticated;
grant select on private.alert_marks to service_role;

create table private.alert_visits (
  person_id uuid not null references public.people (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  seen_at timestamptz not null,
  primary key (person_id, unit_id)
);
comment on table private.alert_visits is 'When somebody last looked at the alerts of a unit: what is new since then is told on the first page';
create index alert_visits_unit_id_idx on private.alert_visits (unit_id);
alter table private.alert_visits enable row level security;
revoke all on private.alert_visits from public, anon, authenticated;
grant select on private.alert_visits to service_role;

create table private.digest_choices (
  person_id uuid not null references public.people (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  told_on date not null default private.today(),
  primary key (person_id, unit_id)
);
comment on table private.digest_choices is 'Who wants a mail once a week about a unit, and up to which day it has been told';
create index digest_choices_unit_id_idx on private.digest_choices (unit_id);
alter table private.digest_choices enable row level security;
revoke all on private.digest_choices from public, anon, authenticated;
grant select on private.digest_choices to service_role;

create function private.loudness(p_setting text)
returns integer
language sql
immutable
set search_path = ''
as $$ select array_position(array['few', 'normal', 'many'], p_setting) $$;
comment on function private.loudness is 'An alert is heard where its setting is at most as loud as the unit''s';

create function private.alert_setting(p_unit uuid)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce((
    select s.setting
    from public.unit_tree as t join private.alert_settings as s on s.unit_id = t.ancestor_id
    where t.descendant_id = p_unit and t.valid_to is null
    order by t.depth
    limit 1), 'normal')
$$;
comment on function private.alert_setting is 'The setting in force at a unit: its own, else the nearest above, else normal';

-- What the worker asks and answers ---------------------------------------------------------------------------

create function private.closed_months(p_organisation uuid)
returns table (code text)
language sql
stable
set search_path = ''
as $$
  select p.code from private.listed_periods(p_organisation) as p where p.kind = 'month' and p.is_closed order by p.starts_on desc limit 36
$$;
comment on function private.closed_months is 'The newest 36 closed months with answers: what the run test looks at';

create function public.alert_work()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('organisation_id', o.id, 'judged', mark.judged_month, 'newest', newest.code)), '[]')
  from public.organisations as o
  cross join lateral (select max(m.code) as code from private.closed_months(o.id) as m) as newest
  left join private.alert_marks as mark on mark.organisation_id = o.id
  where newest.code is not null and (mark.judged_month is null or mark.judged_month < newest.code)
$$;
comment on function public.alert_work is 'Organisations in which a month has closed that was not judged yet';
grant execute on function public.alert_work() to service_role;

create function public.alert_series(p_organisation uuid, p_after uuid default null)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  with page as (
    select u.id from public.units as u
    where u.organisation_id = p_organisation and (p_after is null or u.id > p_after)
    order by u.id limit 100
  ),
  -- Fewer than 30 persons are never compared (design 5).
  shown as (
    select f.unit_id, nullif(f.cross_value, '') as point, substr(f.subject, 9) as measure,
      jsonb_agg(jsonb_build_array(f.period, f.persons, f.s1::float8, f.s2::float8) order by f.period) as months
    from page
    join private.figures as f on f.organisation_id = p_organisation and f.unit_id = page.id
      and f.cross_kind in ('none', 'point') and f.subject like 'measure:%' and f.is_shown and f.persons >= 30
    join private.closed_months(p_organisation) as m on m.code = f.period
    group by 1, 2, 3
  )
  select jsonb_build_object(
    'last', (select max(id::text) from page),
    'more', (select count(*) = 100 from page),
    'series', coalesce((select jsonb_agg(jsonb_build_object('unit_id', unit_id, 'service_point_id', point, 'measure', measure, 'months', months)) from shown), '[]'))
$$;
comment on function public.alert_series is
  'Shown monthly figures (month, persons, sum, squares) of a hundred units and their points, for the run test; only those of at least 30 persons';
grant execute on function public.alert_series(uuid, uuid) to service_role;

create function public.put_alerts(batch jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  found_one jsonb;
  put integer := 0;
begin
  for found_one in select entry from jsonb_array_elements(private.unwrapped(batch) -> 'items') as entry loop
    -- The same change, one month further: it is not told again unless it is now heard at a quieter setting.
    update private.alerts as a set
      last_period = found_one ->> 'until',
      evidence = found_one -> 'evidence',
      sounded_at = case when private.loudness(found_one ->> 'setting') < private.loudness(a.setting) then now() else a.sounded_at end,
      setting = case when private.loudness(found_one ->> 'setting') < private.loudness(a.setting) then found_one ->> 'setting' else a.setting end
    where a.unit_id = (found_one ->> 'unit_id')::uuid
      and a.service_point_id is not distinct from (found_one ->> 'service_point_id')::uuid
      and a.subject = 'measure:' || (found_one ->> 'measure') and a.rule = found_one ->> 'rule' and a.direction = found_one ->> 'direction'
      and a.last_period in (found_one ->> 'until', found_one ->> 'previous');
    if not found then
      insert into private.alerts (organisation_id, unit_id, service_point_id, subject, rule, direction, setting, first_period, last_period, evidence)
      select u.organisation_id, u.id, (found_one ->> 'service_point_id')::uuid, 'measure:' || (found_one ->> 'measure'),
        found_one ->> 'rule', found_one ->> 'direction', found_one ->> 'setting', found_one ->> 'since', found_one ->> 'until', found_one -> 'evidence'
      from public.units as u where u.id = (found_one ->> 'unit_id')::uuid
      on conflict do nothing;
      put := put + 1;
    end if;
  end loop;
  return put;
end
$$;
comment on function public.put_alerts is 'Keeps what the run test found, extending an alert that goes on; returns how many are new';
grant execute on function public.put_alerts(jsonb) to service_role;

create function public.finish_alerts(p_organisation uuid, p_month text)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  told integer;
begin
  -- F2: only where its figure is shown, only when at least 5 said yes, and only how many fives: nothing can be
  -- subtracted to fewer than five. A longer period speaks only when no shorter one in it did.
  with said as (
    select f.unit_id, y.code, y.months, y.first_label, y.last_label, 5 * (yes.persons / 5) as at_least
    from private.figures as f
    join private.figures as yes on yes.organisation_id = f.organisation_id and yes.period = f.period and yes.unit_id = f.unit_id
      and yes.cross_kind = 'none' and yes.subject = 'choice:F2:2' and yes.persons >= 5
    join private.year_periods(left(f.period, 4)::integer) as y on y.code = f.period and y.kind in ('month', 'quarter', 'year')
    where f.organisation_id = p_organisation and f.cross_kind = 'none' and f.subject = 'fact:F2' and f.is_shown
      and left(f.period, 4)::integer >= left(p_month, 4)::integer - 1 and private.is_closed(p_organisation, y.last_label)
  ),
  put as (
    insert into private.alerts (organisation_id, unit_id, subject, rule, setting, first_period, last_period, evidence)
    select p_organisation, s.unit_id, 'fact:F2', 'beyond_rules', 'few', s.code, s.code, jsonb_build_object('at_least', s.at_least)
    from said as s
    where not exists (
      select from said as inner_one
      where inner_one.unit_id = s.unit_id and inner_one.months < s.months
        and inner_one.first_label >= s.first_label and inner_one.last_label <= s.last_label)
    on conflict do nothing
    returning 1
  )
  select count(*) into told from put;
  insert into private.alert_marks (organisation_id, judged_month) values (p_organisation, p_month)
  on conflict (organisation_id) do update set judged_month = excluded.judged_month;
  return told;
end
$$;
comment on function public.finish_alerts is
  'Notes that the figures up to p_month are judged, and tells leaders where at least 5 persons said that money or papers beyond the rules were asked for (F2, choice 2)';
grant execute on function public.finish_alerts(uuid, text) to service_role;

-- What people read and answer ---------------------------------------------------------------------------------

create function private.heard_alerts(p_unit uuid)
returns setof private.alerts
language sql
stable
security definer
set search_path = ''
as $$
  select a.*
  from public.unit_tree as t
  join private.alerts as a on a.unit_id = t.descendant_id
  where t.ancestor_id = p_unit and t.valid_to is null
    and case when a.rule = 'beyond_rules' then private.has_role(a.unit_id, array['leader'])
      else private.loudness(a.setting) <= private.loudness(private.alert_setting(a.unit_id)) end
$$;
comment on function private.heard_alerts is 'The alerts of a subtree at the settings of its units; those about F2 for leaders alone';

create function private.alert_card(a private.alerts)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', a.id, 'rule', a.rule, 'direction', a.direction, 'setting', a.setting,
    'measure', case when a.subject like 'measure:%' then substr(a.subject, 9) end,
    'first_period', a.first_period, 'last_period', a.last_period, 'evidence', a.evidence, 'sounded_at', a.sounded_at,
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = a.unit_id),
    'point', (select jsonb_build_object('id', p.id, 'labels', p.labels) from public.service_points as p where p.id = a.service_point_id),
    'acknowledged', case when a.acknowledged_at is not null then jsonb_build_object(
      'on', to_char(a.acknowledged_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD'),
      'by', (select p.name from public.people as p where p.id = a.acknowledged_by), 'note', a.note) end,
    'revision', a.revision)
$$;

create function public.list_alerts(p_unit uuid, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  seen timestamptz;
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  select v.seen_at into seen from private.alert_visits as v where v.person_id = private.me() and v.unit_id = p_unit;
  return (
    with heard as (select * from private.heard_alerts(p_unit))
    select jsonb_build_object(
      'setting', private.alert_setting(p_unit),
      'own_setting', exists (select from private.alert_settings as s where s.unit_id = p_unit),
      'digest', exists (select from private.digest_choices as d where d.person_id = private.me() and d.unit_id = p_unit),
      'may_set', private.has_role(p_unit, array['leader']),
      'judged', (select mark.judged_month from private.alert_marks as mark join public.units as u on u.organisation_id = mark.organisation_id where u.id = p_unit),
      'open', (select count(*) from heard where acknowledged_at is null),
      'done', (select count(*) from heard where acknowledged_at is not null),
      'alerts', coalesce((
        select jsonb_agg(private.alert_card(h) || jsonb_build_object('is_new', h.sounded_at > coalesce(seen, '-infinity'))
          order by h.acknowledged_at is not null, h.rule <> 'beyond_rules', h.last_period desc, h.sounded_at desc, h.id)
        from (
          select * from heard
          order by acknowledged_at is not null, rule <> 'beyond_rules', last_period desc, sounded_at desc, id
          offset greatest(p_offset, 0) limit 30
        ) as h), '[]')));
end
$$;
comment on function public.list_alerts is
  'Thirty alerts of a subtree, those not answered first, for its officers, analysts and leaders; those about F2 for leaders alone';
grant execute on function public.list_alerts(uuid, integer) to authenticated;

create function public.see_alerts(p_unit uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['officer', 'analyst', 'leader']);
  insert into private.alert_visits (person_id, unit_id, seen_at) values (private.me(), p_unit, now())
  on conflict (person_id, unit_id) do update set seen_at = excluded.seen_at;
end
$$;
comment on function public.see_alerts is 'The caller has looked at the alerts of a unit';
grant execute on function public.see_alerts(uuid) to authenticated;

create function public.acknowledge_alert(p_alert uuid, p_note text, p_seen integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here private.alerts;
  words text := nullif(btrim(p_note), '');
begin
  select * into here from private.alerts where id = p_alert for update;
  if not found then
    perform private.fail('404', 'unknown_alert', 'there is no such alert');
  end if;
  perform private.require_role(here.unit_id, case when here.rule = 'beyond_rules' then array['leader'] else array['officer', 'analyst', 'leader'] end);
  perform private.require_revision(p_seen, here.revision, private.alert_card(here));
  if words is null or char_length(words) > 1000 then
    perform private.fail('422', 'impossible_note', 'a note has 1 to 1000 characters');
  end if;
  update private.alerts set acknowledged_at = now(), acknowledged_by = private.me(), note = words where id = p_alert returning * into here;
  return private.alert_card(here);
end
$$;
comment on function public.acknowledge_alert is
  'Answers an alert with what will be done about it: PT404 unknown_alert, PT409 changed_meanwhile, PT422 impossible_note; those about F2 leaders alone';
grant execute on function public.acknowledge_alert(uuid, text, integer) to authenticated;

create function public.set_alert_setting(p_unit uuid, p_setting text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['leader']);
  if p_setting is null or private.loudness(p_setting) is null then
    perform private.fail('422', 'unknown_setting', 'there is no such setting');
  end if;
  insert into private.alert_settings (unit_id, organisation_id, setting)
  select u.id, u.organisation_id, p_setting from public.units as u where u.id = p_unit
  on conflict (unit_id) do update set setting = excluded.setting;
end
$$;
comment on function public.set_alert_setting is 'How much a unit and those below it hear: few, normal or many; by its leader. PT422 unknown_setting';
grant execute on function public.set_alert_setting(uuid, text) to authenticated;
