-- Reports due: which periods an organisation reports on, until when and to whom, and how far each report is. The days
-- follow from the organisation's periods; a reminder goes into the weekly mail (queue_digests).

create table private.report_plans (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  duties jsonb not null check (jsonb_typeof(duties) = 'array'),
  revision integer not null default 1
);
comment on table private.report_plans is
  'Which kinds of period the organisation reports on: [{kind, due_after, recipient}], due_after in days after the period''s last one; without a row those of private.duties_of()';
alter table private.report_plans enable row level security;
revoke all on private.report_plans from public, anon, authenticated;
grant select on private.report_plans to service_role;
create trigger report_plans_revision before update on private.report_plans for each row execute function private.next_revision();
create trigger report_plans_audit after insert or update or delete on private.report_plans for each row execute function private.audit('');

create table private.report_states (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  period text not null check (period ~ '^20[0-9]{2}-(M(0[1-9]|1[0-2])|Q[1-4]|H1|9M|Y)$'),
  prepared_on date,
  sent_on date,
  recipient text not null default '' check (char_length(recipient) <= 200),
  revision integer not null default 1,
  unique (organisation_id, period)
);
comment on table private.report_states is 'How far the report on a period is: prepared, handed over, on which day and to whom';
alter table private.report_states enable row level security;
revoke all on private.report_states from public, anon, authenticated;
grant select on private.report_states to service_role;
create trigger report_states_revision before update on private.report_states for each row execute function private.next_revision();
create trigger report_states_audit after insert or update or delete on private.report_states for each row execute function private.audit('');

create function private.duties_of(p_organisation uuid)
returns table (kind text, due_after integer, recipient text)
language sql
stable
set search_path = ''
as $$
  select e ->> 'kind', (e ->> 'due_after')::integer, e ->> 'recipient'
  from private.report_plans as p cross join jsonb_array_elements(p.duties) as e
  where p.organisation_id = p_organisation
  union all
  -- KH 126/KH-UBND of 03/06/2024, III.1: in the CCHC reports of six months, nine months and the year, to Sở Nội vụ. The plan
  -- names no day: the sixth day after the period (the 20th where months end on the 14th) is ours, to be changed.
  select d.kind, 6, 'Sở Nội vụ' from (values ('half'), ('nine_months'), ('year')) as d (kind)
  where not exists (select from private.report_plans as p where p.organisation_id = p_organisation)
$$;
comment on function private.duties_of is 'On which kinds of period the organisation reports, how many days after their end, and to whom';

create function private.reports_due(p_organisation uuid, p_from date, p_until date)
returns table (period text, kind text, starts_on date, ends_on date, due_on date, recipient text, prepared_on date, sent_on date, revision integer)
language sql
stable
set search_path = ''
as $$
  select y.code, y.kind, private.month_start(o.scheme, y.first_label), private.month_end(o.scheme, y.last_label),
    private.month_end(o.scheme, y.last_label) + d.due_after,
    coalesce(nullif(s.recipient, ''), d.recipient), s.prepared_on, s.sent_on, coalesce(s.revision, 0)
  from public.organisations as o
  cross join generate_series(extract(year from p_from)::integer - 1, extract(year from p_until)::integer + 1) as reporting_year
  cross join private.year_periods(reporting_year) as y
  join private.duties_of(o.id) as d on d.kind = y.kind
  left join private.report_states as s on s.organisation_id = o.id and s.period = y.code
  where o.id = p_organisation and private.month_end(o.scheme, y.last_label) + d.due_after between p_from and p_until
    -- Of a period that was over before the first answers there is nothing to report.
    and (private.month_end(o.scheme, y.last_label) >= private.today() or s.id is not null
      or exists (select from private.figures as f
        where f.organisation_id = o.id and f.period = y.code and f.cross_kind = 'none' and f.unit_id = o.id))
$$;
comment on function private.reports_due is 'The reports of an organisation that are due between two days, with their state';

create function public.list_reports(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house public.organisations;
  today date := private.today();
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select o.* into house from public.organisations as o join public.units as u on u.organisation_id = o.id where u.id = p_unit;
  return jsonb_build_object(
    'organisation', house.id, 'today', today, 'scheme', house.scheme,
    'may_change', private.has_role(house.id, array['analyst', 'leader']),
    'plan', jsonb_build_object(
      'revision', coalesce((select p.revision from private.report_plans as p where p.organisation_id = house.id), 0),
      'duties', (select coalesce(jsonb_agg(jsonb_build_object('kind', d.kind, 'due_after', d.due_after, 'recipient', d.recipient)), '[]')
        from private.duties_of(house.id) as d)),
    'is_reminded', exists (select from private.digest_choices as c where c.person_id = private.me() and c.unit_id = house.id),
    'reports', (
      select coalesce(jsonb_agg(jsonb_build_object('period', r.period, 'kind', r.kind, 'start', r.starts_on, 'end', r.ends_on,
        'due_on', r.due_on, 'recipient', r.recipient, 'prepared_on', r.prepared_on, 'sent_on', r.sent_on, 'revision', r.revision,
        'has_figures', exists (select from private.listed_periods(house.id) as l where l.code = r.period)) order by r.due_on, r.ends_on), '[]')
      -- A report of last year that nobody has handed over stays in sight for a year.
      from private.reports_due(house.id, today - 366, today + 366) as r));
end
$$;
comment on function public.list_reports is 'The reports of the organisation that are due from a year ago to a year ahead, their state, and the plan they follow from; analysts and leaders';
grant execute on function public.list_reports(uuid) to authenticated;

create function public.put_report_plan(p_organisation uuid, p_plan jsonb, p_seen integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_plan) -> 'items';
  kept private.report_plans;
begin
  perform private.require_house_role(p_organisation, array['analyst', 'leader']);
  if jsonb_typeof(given) is distinct from 'array' or exists (
    select from jsonb_array_elements(given) as e
    where coalesce(e ->> 'kind', '') not in ('month', 'quarter', 'half', 'nine_months', 'year')
      or coalesce(e ->> 'due_after', '') !~ '^[0-9]{1,2}$'
      or coalesce(char_length(btrim(e ->> 'recipient')), 0) not between 1 and 200)
    or (select count(*) <> count(distinct e ->> 'kind') from jsonb_array_elements(given) as e) then
    perform private.fail('422', 'impossible_plan', 'per kind of period once: days after its end (0 to 99) and to whom');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('report_plan ' || p_organisation, 0));
  select * into kept from private.report_plans where organisation_id = p_organisation;
  perform private.require_revision(p_seen, coalesce(kept.revision, 0), to_jsonb(kept));
  insert into private.report_plans (organisation_id, duties)
  select p_organisation, coalesce(jsonb_agg(jsonb_build_object('kind', e ->> 'kind', 'due_after', (e ->> 'due_after')::integer,
    'recipient', btrim(e ->> 'recipient'))), '[]')
  from jsonb_array_elements(given) as e
  on conflict (organisation_id) do update set duties = excluded.duties;
end
$$;
comment on function public.put_report_plan is
  'Sets on which kinds of period the organisation reports {items: [{kind, due_after, recipient}]}: PT409 changed_meanwhile, PT422 impossible_plan; an analyst or leader of the whole organisation';
grant execute on function public.put_report_plan(uuid, jsonb, integer) to authenticated;

create function public.put_report_state(p_organisation uuid, p_period text, p_values jsonb, p_seen integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  given jsonb := private.unwrapped(p_values);
  kept private.report_states;
  begins_on date;
begin
  perform private.require_house_role(p_organisation, array['analyst', 'leader']);
  select private.month_start(o.scheme, (private.period(p_period)).first_label) into begins_on
  from public.organisations as o where o.id = p_organisation;
  if char_length(coalesce(given ->> 'recipient', '')) > 200 then
    perform private.fail('422', 'impossible_text', 'at most 200 characters');
  elsif (given ->> 'sent_on')::date > private.today() or (given ->> 'prepared_on')::date > private.today() then
    perform private.fail('422', 'future_day', 'what has not happened yet has no day');
  elsif least((given ->> 'sent_on')::date, (given ->> 'prepared_on')::date) < begins_on then
    perform private.fail('422', 'day_before_period', 'nobody reports on what has not begun');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('report_state ' || p_organisation, 0));
  select * into kept from private.report_states where organisation_id = p_organisation and period = p_period;
  perform private.require_revision(p_seen, coalesce(kept.revision, 0), to_jsonb(kept));
  insert into private.report_states (organisation_id, period, prepared_on, sent_on, recipient)
  values (p_organisation, p_period, (given ->> 'prepared_on')::date, (given ->> 'sent_on')::date, btrim(coalesce(given ->> 'recipient', '')))
  on conflict (organisation_id, period) do update
    set prepared_on = excluded.prepared_on, sent_on = excluded.sent_on, recipient = excluded.recipient;
exception
  when data_exception then
    perform private.fail('422', 'impossible_date', 'a day is written as 2026-11-20');
end
$$;
comment on function public.put_report_state is
  'Says how far the report on a period is {prepared_on, sent_on, recipient}: PT409 changed_meanwhile, PT422 future_day, day_before_period, impossible_date, impossible_text, unknown_period; an analyst or leader of the whole organisation';
grant execute on function public.put_report_state(uuid, text, jsonb, integer) to authenticated;

create function private.reports_to_tell(p_unit uuid, p_person uuid, p_today date)
returns jsonb
language sql
stable
set search_path = ''
as $$
  -- The mail comes once a week: ten days ahead means that every report is told of before it is due.
  select coalesce(jsonb_agg(jsonb_build_object('period', r.period, 'due_on', r.due_on) order by r.due_on, r.period), '[]')
  from private.reports_due(p_unit, p_today - 30, p_today + 10) as r
  where r.sent_on is null and exists (
    select from public.members as m
    where m.person_id = p_person and m.unit_id = p_unit and m.ended_at is null and m.role in ('analyst', 'leader'))
$$;
comment on function private.reports_to_tell is
  'Reports of an organisation that are due within ten days, or late by up to thirty, and not handed over: for the weekly mail to its analysts and leaders';
