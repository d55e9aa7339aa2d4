-- Excluding answers after review (design 4, 5; docs/quality.md). One person proposes a set with a reason, another one
-- decides; it takes effect with a release and never at another time. Decision 020 says why it goes by lines and months:
--
-- The days of a line stay where the release rule put them, whatever is excluded later. What is taken out of the
-- monthly sums is the part of one set in one line and month: at least 5 persons, all of them released before, and
-- 0 or at least 5 persons remain there. Sets are apart and keep together for good, also when an exclusion ended and
-- another one is proposed. So a released month still holds 0 or at least 5 persons of every line and only ever
-- changes by at least 5, and nobody can subtract one person. What does not meet this stays counted.

create table private.exclusions (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id) on delete cascade,
  service_point_id uuid references public.service_points (id) on delete cascade,
  period text not null,
  rule text not null,
  answers integer not null check (answers >= 5),
  state text not null default 'proposed'
    check (state in ('proposed', 'refused', 'confirmed', 'in_force', 'end_proposed', 'end_confirmed', 'ended')),
  reason text not null,
  proposed_by uuid references public.people (id) on delete set null,
  proposed_at timestamptz not null default now(),
  decided_by uuid references public.people (id) on delete set null,
  decided_at timestamptz,
  effective_on date,
  end_reason text,
  end_proposed_by uuid references public.people (id) on delete set null,
  end_decided_by uuid references public.people (id) on delete set null,
  ended_on date,
  revision integer not null default 1
);
comment on table private.exclusions is
  'Sets of flagged answers that figures leave out: proposed with a reason, confirmed by a second person, in force from a release on, ended likewise';
create index exclusions_organisation_id_idx on private.exclusions (organisation_id, state);
create index exclusions_unit_id_idx on private.exclusions (unit_id);
create index exclusions_service_point_id_idx on private.exclusions (service_point_id);
create index exclusions_proposed_by_idx on private.exclusions (proposed_by);
create index exclusions_decided_by_idx on private.exclusions (decided_by);
create index exclusions_end_proposed_by_idx on private.exclusions (end_proposed_by);
create index exclusions_end_decided_by_idx on private.exclusions (end_decided_by);
create trigger exclusions_revision before update on private.exclusions for each row execute function private.next_revision();
create trigger exclusions_audit after insert or update or delete on private.exclusions
  for each row execute function private.audit('unit_id');

alter table private.flagged_answers add foreign key (exclusion_id) references private.exclusions (id) on delete set null;

create table private.left_out (
  exclusion_id uuid not null references private.exclusions (id) on delete cascade,
  set_id uuid not null,
  service_point_id uuid not null,
  pool text not null,
  receiving_unit_id uuid not null,
  deciding_unit_id uuid not null,
  subject text not null,
  month date not null,
  first_day date not null,
  last_day date not null,
  persons integer not null check (persons >= 5),
  is_new boolean not null default true,
  primary key (exclusion_id, set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)
);
comment on table private.left_out is
  'Where an exclusion took effect: a line and month whose monthly sums no longer hold the answers of a set (those of the days first_day to last_day)';

create table private.counted_again (
  exclusion_id uuid not null references private.exclusions (id) on delete cascade,
  set_id uuid not null,
  service_point_id uuid not null,
  pool text not null,
  receiving_unit_id uuid not null,
  deciding_unit_id uuid not null,
  subject text not null,
  month date not null,
  persons integer not null check (persons >= 5),
  primary key (set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)
);
comment on table private.counted_again is
  'Where an exclusion ended: a line and month whose figures were shown without the answers of a set for a time. Kept for good: those persons tell copies of a figure apart';
create index counted_again_exclusion_id_idx on private.counted_again (exclusion_id);

create table private.corrected_months (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  month date not null,
  unit_id uuid not null references public.units (id) on delete cascade,
  primary key (organisation_id, month, unit_id)
);
comment on table private.corrected_months is
  'Months and units in which an exclusion took effect or ended: their crossed figures are not shown any more, since those of shorter periods were made before';
create index corrected_months_unit_id_idx on private.corrected_months (unit_id);

do $$
declare
  name text;
begin
  foreach name in array array['exclusions', 'left_out', 'counted_again', 'corrected_months'] loop
    execute format('alter table private.%I enable row level security', name);
    execute format('revoke all on private.%I from public, anon, authenticated', name);
    execute format('grant select on private.%I to service_role', name);
  end loop;
end
$$;

-- Proposing and deciding ------------------------------------------------------------------------------------

create function private.open_flags(p_organisation uuid, p_first date, p_last date)
returns table (
  day date, stratum_id integer, rule text, answers integer, set_id uuid, month date,
  service_point_id uuid, pool text, receiving_unit_id uuid, deciding_unit_id uuid, of_cell bigint
)
language sql
stable
set search_path = ''
as $$
  select f.*, sum(f.answers) over (partition by f.service_point_id, f.pool, f.receiving_unit_id, f.deciding_unit_id, f.month, f.rule, f.set_id)
  from (
    select g.day, g.stratum_id, g.rule, g.answers, g.set_id, private.month_label(o.scheme, g.day) as month,
      s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id
    from public.organisations as o
    join private.strata as s on s.organisation_id = o.id and s.pool <> 'imported'
    join public.service_points as point on point.id = s.service_point_id and point.staffed_by = 'several'
    join private.flagged_answers as g on g.stratum_id = s.id and g.exclusion_id is null
      and g.day between private.month_start(o.scheme, p_first) and private.month_end(o.scheme, p_last)
    where o.id = p_organisation
  ) as f
$$;
comment on function private.open_flags is
  'Flagged answers of the months p_first to p_last that belong to no exclusion; of_cell: how many of a rule and set there are at the point, for these units, in the month. Points staffed by one person are left out';

create function public.propose_exclusion(p_unit uuid, p_point uuid, p_period text, p_rule text, p_reason text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units;
  given text := nullif(btrim(p_reason), '');
  asked record;
  made private.exclusions;
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  if p_point is not null and not exists (
    select from public.service_points as p
    join public.unit_tree as t on t.descendant_id = p.unit_id and t.ancestor_id = p_unit and t.valid_to is null
    where p.id = p_point
  ) then
    perform private.fail('404', 'unknown_point', 'the unit has no such point');
  elsif given is null then
    perform private.fail('422', 'reason_missing', 'an exclusion needs a reason');
  elsif length(given) > 500 then
    perform private.fail('422', 'text_too_long', 'the reason is longer than 500 characters');
  elsif p_rule is null or p_rule not in ('fast', 'burst', 'out_of_hours', 'pattern', 'straight') then
    perform private.fail('422', 'unknown_rule', 'there is no such rule');
  end if;
  select * into asked from private.period(p_period);
  -- One after the other, and not while a release reads what is excluded.
  perform pg_advisory_xact_lock(private.organisation_lock(here.organisation_id));
  made.id := gen_random_uuid();
  made.answers := (
    select coalesce(sum(f.answers), 0)
    from private.open_flags(here.organisation_id, asked.first_label, asked.last_label) as f
    where f.rule = p_rule and f.of_cell >= 5
      and case when p_point is not null then f.service_point_id = p_point
        else f.receiving_unit_id in (select t.descendant_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null) end);
  if made.answers < 5 then
    perform private.fail('422', 'too_few_flagged', 'fewer than five answers can be excluded here');
  end if;
  insert into private.exclusions (id, organisation_id, unit_id, service_point_id, period, rule, answers, reason, proposed_by)
  values (made.id, here.organisation_id, p_unit, p_point, p_period, p_rule, made.answers, given, private.me());
  update private.flagged_answers as g
  set exclusion_id = made.id, set_id = coalesce(g.set_id, made.id)
  from private.open_flags(here.organisation_id, asked.first_label, asked.last_label) as f
  where g.day = f.day and g.stratum_id = f.stratum_id and g.rule = f.rule and f.rule = p_rule and f.of_cell >= 5
    and case when p_point is not null then f.service_point_id = p_point
      else f.receiving_unit_id in (select t.descendant_id from public.unit_tree as t where t.ancestor_id = p_unit and t.valid_to is null) end;
  return jsonb_build_object('id', made.id, 'answers', made.answers);
end
$$;
comment on function public.propose_exclusion is
  'Proposes to leave the flagged answers of a unit (or one point of it), period and rule out of figures; analysts and leaders, at least five answers, with a reason';
grant execute on function public.propose_exclusion(uuid, uuid, text, text, text) to authenticated;

create function public.decide_exclusion(p_exclusion uuid, p_agrees boolean)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  held private.exclusions;
begin
  select * into held from private.exclusions where id = p_exclusion for update;
  if not found then
    perform private.fail('404', 'unknown_exclusion', 'there is no such exclusion');
  end if;
  perform private.require_role(held.unit_id, array['leader']);
  if held.state not in ('proposed', 'end_proposed') then
    perform private.fail('409', 'already_decided', 'this proposal was decided already');
  elsif private.me() = (case held.state when 'proposed' then held.proposed_by else held.end_proposed_by end) then
    perform private.fail('403', 'second_person_needed', 'whoever proposed it cannot decide it');
  end if;
  if held.state = 'proposed' then
    update private.exclusions set state = case when p_agrees then 'confirmed' else 'refused' end, decided_by = private.me(), decided_at = now()
    where id = held.id;
    if not p_agrees then
      update private.flagged_answers set exclusion_id = null where exclusion_id = held.id;
    end if;
  else
    update private.exclusions set state = case when p_agrees then 'end_confirmed' else 'in_force' end, end_decided_by = private.me()
    where id = held.id;
  end if;
end
$$;
comment on function public.decide_exclusion is
  'A leader agrees to or refuses what somebody else proposed: to exclude, or to end an exclusion. PT403 second_person_needed for the proposer';
grant execute on function public.decide_exclusion(uuid, boolean) to authenticated;

create function public.propose_exclusion_end(p_exclusion uuid, p_reason text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  held private.exclusions;
  given text := nullif(btrim(p_reason), '');
begin
  select * into held from private.exclusions where id = p_exclusion for update;
  if not found then
    perform private.fail('404', 'unknown_exclusion', 'there is no such exclusion');
  end if;
  perform private.require_role(held.unit_id, array['analyst', 'leader']);
  if held.state <> 'in_force' then
    perform private.fail('409', 'already_decided', 'this exclusion is not in force');
  elsif given is null then
    perform private.fail('422', 'reason_missing', 'ending an exclusion needs a reason');
  elsif length(given) > 500 then
    perform private.fail('422', 'text_too_long', 'the reason is longer than 500 characters');
  end if;
  update private.exclusions
  set state = 'end_proposed', end_reason = given, end_proposed_by = private.me(), end_decided_by = null where id = held.id;
end
$$;
comment on function public.propose_exclusion_end is
  'Proposes that figures count the answers of an exclusion again; a second person decides';
grant execute on function public.propose_exclusion_end(uuid, text) to authenticated;

-- Taking effect ---------------------------------------------------------------------------------------------

create function private.excluded_days(p_exclusion uuid, p_set uuid)
returns table (service_point_id uuid, pool text, receiving_unit_id uuid, deciding_unit_id uuid, subject text, day date, persons bigint)
language sql
stable
set search_path = ''
as $$
  with g as (
    select f.day, f.stratum_id, f.rule, s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id
    from private.flagged_answers as f join private.strata as s on s.id = f.stratum_id
    where f.exclusion_id = p_exclusion and f.set_id = p_set
  )
  select g.service_point_id, g.pool, g.receiving_unit_id, g.deciding_unit_id, 'item:' || t.item, g.day, sum(t.n1 + t.n2 + t.n3 + t.n4 + t.n5)
  from g join private.flagged_ratings as t using (day, stratum_id, rule) group by 1, 2, 3, 4, 5, 6
  union all
  select g.service_point_id, g.pool, g.receiving_unit_id, g.deciding_unit_id, 'measure:' || t.measure, g.day, sum(t.persons)
  from g join private.flagged_persons as t using (day, stratum_id, rule) group by 1, 2, 3, 4, 5, 6
  union all
  select g.service_point_id, g.pool, g.receiving_unit_id, g.deciding_unit_id, 'fact:' || t.fact, g.day, sum(t.persons)
  from g join private.flagged_facts as t using (day, stratum_id, rule) where t.choice = 0 group by 1, 2, 3, 4, 5, 6
  union all
  select g.service_point_id, g.pool, g.receiving_unit_id, g.deciding_unit_id, 'association:' || t.item, g.day, sum(t.persons)
  from g join private.flagged_items as t using (day, stratum_id, rule) group by 1, 2, 3, 4, 5, 6
$$;
comment on function private.excluded_days is 'Persons of a set of an exclusion per line and day, in the lines of the release rule';

create function private.released_persons(p_points uuid[], p_from date, p_to date)
returns table (service_point_id uuid, pool text, receiving_unit_id uuid, deciding_unit_id uuid, subject text, month date, persons bigint)
language sql
stable
set search_path = ''
as $$
  with s as (select * from private.strata as s where s.service_point_id = any (p_points))
  select s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, 'item:' || t.item, t.month, sum(t.n1 + t.n2 + t.n3 + t.n4 + t.n5)
  from s join private.rating_months as t on t.stratum_id = s.id where t.month between p_from and p_to group by 1, 2, 3, 4, 5, 6
  union all
  select s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, 'measure:' || t.measure, t.month, sum(t.persons)
  from s join private.person_months as t on t.stratum_id = s.id where t.month between p_from and p_to group by 1, 2, 3, 4, 5, 6
  union all
  select s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, 'fact:' || t.fact, t.month, sum(t.persons)
  from s join private.fact_months as t on t.stratum_id = s.id where t.month between p_from and p_to and t.choice = 0 group by 1, 2, 3, 4, 5, 6
  union all
  select s.service_point_id, s.pool, s.receiving_unit_id, s.deciding_unit_id, 'association:' || t.item, t.month, sum(t.persons)
  from s join private.item_months as t on t.stratum_id = s.id where t.month between p_from and p_to group by 1, 2, 3, 4, 5, 6
$$;
comment on function private.released_persons is 'Persons that the monthly sums of some points hold, per line and month';

create function private.find_lines(p_exclusion private.exclusions, p_set uuid)
returns void
language sql
security definer
set search_path = ''
as $$
  with of_day as materialized (
    select * from private.excluded_days(p_exclusion.id, p_set)
  ),
  of_month as (
    select l.service_point_id, l.pool, l.receiving_unit_id, l.deciding_unit_id, l.subject, l.month, l.first_day, l.last_day, sum(d.persons)::integer as persons
    from of_day as d
    join private.line_months as l
      on l.organisation_id = p_exclusion.organisation_id and l.pool = d.pool and l.service_point_id = d.service_point_id
      and l.receiving_unit_id = d.receiving_unit_id and l.deciding_unit_id = d.deciding_unit_id and l.subject = d.subject
      and d.day between l.first_day and l.last_day
    group by 1, 2, 3, 4, 5, 6, 7, 8
  ),
  whole as (
    select * from private.released_persons(
      (select array_agg(distinct service_point_id) from of_month), (select min(month) from of_month), (select max(month) from of_month))
  )
  insert into private.left_out (exclusion_id, set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month, first_day, last_day, persons)
  select p_exclusion.id, p_set, m.service_point_id, m.pool, m.receiving_unit_id, m.deciding_unit_id, m.subject, m.month, m.first_day, m.last_day, m.persons
  from of_month as m
  join whole as w using (service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month)
  join private.release_marks as mark on mark.organisation_id = p_exclusion.organisation_id and mark.pool = m.pool
  join public.organisations as o on o.id = p_exclusion.organisation_id
  where m.persons >= 5 and (w.persons = m.persons or w.persons - m.persons >= 5)
    -- No more of its answers can come into this month: the month is over, or none of them waits in the line.
    and (private.month_end(o.scheme, m.month) <= mark.released_through
      or not exists (
        select from of_day as d
        join private.release_lines as l
          on l.organisation_id = p_exclusion.organisation_id and l.pool = d.pool and l.service_point_id = d.service_point_id
          and l.receiving_unit_id = d.receiving_unit_id and l.deciding_unit_id = d.deciding_unit_id and l.subject = d.subject
        where d.service_point_id = m.service_point_id and d.pool = m.pool and d.receiving_unit_id = m.receiving_unit_id
          and d.deciding_unit_id = m.deciding_unit_id and d.subject = m.subject and d.day > l.released_to))
  on conflict do nothing
$$;
comment on function private.find_lines is
  'Adds to left_out the lines and months in which a set of an exclusion can be taken out now: at least 5 persons, 0 or at least 5 others';

create function private.move_excluded(p_exclusion uuid, p_set uuid, p_sign integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  with moved as (
    select o.month, t.stratum_id, t.item, sum(t.n1) as n1, sum(t.n2) as n2, sum(t.n3) as n3, sum(t.n4) as n4, sum(t.n5) as n5,
      sum(t.not_applicable) as not_applicable, sum(t.blank) as blank
    from private.flagged_answers as g
    join private.strata as s on s.id = g.stratum_id
    join private.flagged_ratings as t using (day, stratum_id, rule)
    join private.left_out as o on o.exclusion_id = g.exclusion_id and o.set_id = g.set_id and o.is_new and o.service_point_id = s.service_point_id and o.pool = s.pool
      and o.receiving_unit_id = s.receiving_unit_id and o.deciding_unit_id = s.deciding_unit_id
      and o.subject = 'item:' || t.item and g.day between o.first_day and o.last_day
    where g.exclusion_id = p_exclusion and (p_set is null or g.set_id = p_set)
    group by 1, 2, 3
  )
  update private.rating_months as m set
    n1 = m.n1 + p_sign * d.n1, n2 = m.n2 + p_sign * d.n2, n3 = m.n3 + p_sign * d.n3, n4 = m.n4 + p_sign * d.n4, n5 = m.n5 + p_sign * d.n5,
    not_applicable = m.not_applicable + p_sign * d.not_applicable, blank = m.blank + p_sign * d.blank
  from moved as d where m.month = d.month and m.stratum_id = d.stratum_id and m.item = d.item;

  with moved as (
    select o.month, t.stratum_id, t.measure, sum(t.persons) as persons, sum(t.top2_sum) as top2_sum, sum(t.top2_squares) as top2_squares,
      sum(t.mean_sum) as mean_sum, sum(t.mean_squares) as mean_squares
    from private.flagged_answers as g
    join private.strata as s on s.id = g.stratum_id
    join private.flagged_persons as t using (day, stratum_id, rule)
    join private.left_out as o on o.exclusion_id = g.exclusion_id and o.set_id = g.set_id and o.is_new and o.service_point_id = s.service_point_id and o.pool = s.pool
      and o.receiving_unit_id = s.receiving_unit_id and o.deciding_unit_id = s.deciding_unit_id
      and o.subject = 'measure:' || t.measure and g.day between o.first_day and o.last_day
    where g.exclusion_id = p_exclusion and (p_set is null or g.set_id = p_set)
    group by 1, 2, 3
  )
  update private.person_months as m set
    persons = m.persons + p_sign * d.persons,
    top2_sum = m.top2_sum + p_sign * d.top2_sum, top2_squares = m.top2_squares + p_sign * d.top2_squares,
    mean_sum = m.mean_sum + p_sign * d.mean_sum, mean_squares = m.mean_squares + p_sign * d.mean_squares
  from moved as d where m.month = d.month and m.stratum_id = d.stratum_id and m.measure = d.measure;

  with moved as (
    select o.month, t.stratum_id, t.fact, t.choice, sum(t.persons) as persons
    from private.flagged_answers as g
    join private.strata as s on s.id = g.stratum_id
    join private.flagged_facts as t using (day, stratum_id, rule)
    join private.left_out as o on o.exclusion_id = g.exclusion_id and o.set_id = g.set_id and o.is_new and o.service_point_id = s.service_point_id and o.pool = s.pool
      and o.receiving_unit_id = s.receiving_unit_id and o.deciding_unit_id = s.deciding_unit_id
      and o.subject = 'fact:' || t.fact and g.day between o.first_day and o.last_day
    where g.exclusion_id = p_exclusion and (p_set is null or g.set_id = p_set)
    group by 1, 2, 3, 4
  )
  update private.fact_months as m set persons = m.persons + p_sign * d.persons
  from moved as d where m.month = d.month and m.stratum_id = d.stratum_id and m.fact = d.fact and m.choice = d.choice;

  with moved as (
    select o.month, t.stratum_id, t.item, sum(t.persons) as persons, sum(t.w) as w,
      sum(t.wy_top2) as wy_top2, sum(t.y_top2) as y_top2, sum(t.yy_top2) as yy_top2, sum(t.yo_top2) as yo_top2, sum(t.o_top2) as o_top2, sum(t.oo_top2) as oo_top2,
      sum(t.wy_mean) as wy_mean, sum(t.y_mean) as y_mean, sum(t.yy_mean) as yy_mean, sum(t.yo_mean) as yo_mean, sum(t.o_mean) as o_mean, sum(t.oo_mean) as oo_mean
    from private.flagged_answers as g
    join private.strata as s on s.id = g.stratum_id
    join private.flagged_items as t using (day, stratum_id, rule)
    join private.left_out as o on o.exclusion_id = g.exclusion_id and o.set_id = g.set_id and o.is_new and o.service_point_id = s.service_point_id and o.pool = s.pool
      and o.receiving_unit_id = s.receiving_unit_id and o.deciding_unit_id = s.deciding_unit_id
      and o.subject = 'association:' || t.item and g.day between o.first_day and o.last_day
    where g.exclusion_id = p_exclusion and (p_set is null or g.set_id = p_set)
    group by 1, 2, 3
  )
  update private.item_months as m set
    persons = m.persons + p_sign * d.persons, w = m.w + p_sign * d.w,
    wy_top2 = m.wy_top2 + p_sign * d.wy_top2, y_top2 = m.y_top2 + p_sign * d.y_top2, yy_top2 = m.yy_top2 + p_sign * d.yy_top2,
    yo_top2 = m.yo_top2 + p_sign * d.yo_top2, o_top2 = m.o_top2 + p_sign * d.o_top2, oo_top2 = m.oo_top2 + p_sign * d.oo_top2,
    wy_mean = m.wy_mean + p_sign * d.wy_mean, y_mean = m.y_mean + p_sign * d.y_mean, yy_mean = m.yy_mean + p_sign * d.yy_mean,
    yo_mean = m.yo_mean + p_sign * d.yo_mean, o_mean = m.o_mean + p_sign * d.o_mean, oo_mean = m.oo_mean + p_sign * d.oo_mean
  from moved as d where m.month = d.month and m.stratum_id = d.stratum_id and m.item = d.item;
end
$$;
comment on function private.move_excluded is
  'Takes the answers of a set (null: of all) of an exclusion out of the monthly sums (p_sign -1) or adds them again (1), in its lines marked is_new';

create function private.apply_exclusions(p_organisation uuid, p_today date)
returns integer[]
language plpgsql
security definer
set search_path = ''
as $$
declare
  held private.exclusions;
  this_set uuid;
  years integer[] := '{}';
begin
  for held in
    select * from private.exclusions as x
    where x.organisation_id = p_organisation and x.state in ('confirmed', 'in_force', 'end_proposed', 'end_confirmed')
    -- What ends is counted again first.
    order by x.state <> 'end_confirmed', x.decided_at, x.id
  loop
    if held.state = 'end_confirmed' then
      update private.left_out set is_new = true where exclusion_id = held.id;
      perform private.move_excluded(held.id, null, 1);
    else
      -- One set after the other: what one leaves counts for the next.
      for this_set in select distinct g.set_id from private.flagged_answers as g where g.exclusion_id = held.id order by 1 loop
        perform private.find_lines(held, this_set);
        perform private.move_excluded(held.id, this_set, -1);
      end loop;
    end if;
    insert into private.corrected_months (organisation_id, month, unit_id)
    select distinct p_organisation, o.month, u.id
    from private.left_out as o cross join lateral (values (o.receiving_unit_id), (o.deciding_unit_id)) as u (id)
    where o.exclusion_id = held.id and o.is_new
    on conflict do nothing;
    years := years || array(
      select distinct extract(year from o.month)::integer from private.left_out as o where o.exclusion_id = held.id and o.is_new);
    if held.state = 'end_confirmed' then
      insert into private.counted_again (exclusion_id, set_id, service_point_id, pool, receiving_unit_id, deciding_unit_id, subject, month, persons)
      select o.exclusion_id, o.set_id, o.service_point_id, o.pool, o.receiving_unit_id, o.deciding_unit_id, o.subject, o.month, o.persons
      from private.left_out as o where o.exclusion_id = held.id
      on conflict do nothing;
      delete from private.left_out where exclusion_id = held.id;
      update private.flagged_answers set exclusion_id = null where exclusion_id = held.id;
      update private.exclusions set state = 'ended', ended_on = p_today where id = held.id;
    else
      update private.left_out set is_new = false where exclusion_id = held.id and is_new;
      if held.state = 'confirmed' then
        update private.exclusions set state = 'in_force', effective_on = p_today where id = held.id;
      end if;
    end if;
  end loop;
  return years;
end
$$;
comment on function private.apply_exclusions is
  'Lets decided exclusions take effect, or end, in the monthly sums; part of a release, before its blocks move. Returns the reporting years that changed';

create function private.persons_counted_again(p_organisation uuid)
returns table (subject text, month date, unit_id uuid, service_point_id uuid, persons integer)
language sql
stable
set search_path = ''
as $$
  select a.subject, a.month, case when private.counts_for_deciding(a.subject) then a.deciding_unit_id else a.receiving_unit_id end, a.service_point_id,
    sum(a.persons)::integer
  from private.counted_again as a
  join private.exclusions as x on x.id = a.exclusion_id and x.organisation_id = p_organisation
  where not exists (
    select from private.left_out as o
    where (o.set_id, o.service_point_id, o.pool, o.receiving_unit_id, o.deciding_unit_id, o.subject, o.month)
      = (a.set_id, a.service_point_id, a.pool, a.receiving_unit_id, a.deciding_unit_id, a.subject, a.month))
  group by 1, 2, 3, 4
$$;
comment on function private.persons_counted_again is
  'Persons of a unit itself and a point who are counted now, and were not in some copy of its figures';

create function private.hide_corrected(p_organisation uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  update private.figures as f
  set is_shown = false
  from private.corrected_months as c
  join pg_temp.year_tree as t on t.descendant_id = c.unit_id and c.month between t.first_label and t.last_label
  where c.organisation_id = p_organisation and f.organisation_id = p_organisation
    and f.cross_kind not in ('none', 'point') and f.is_shown and f.period = t.period and f.unit_id = t.ancestor_id;
end
$$;
comment on function private.hide_corrected is
  'Hides crossed figures of units and periods in which an exclusion took effect; works on the temporary tables of refresh_figures()';
