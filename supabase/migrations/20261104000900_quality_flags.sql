-- Quality flags (docs/quality.md): rules that notice answers which may not come from people who were served. A flag
-- never changes a figure by itself. An answer counts under one rule, the first of its flags: sets of two rules are
-- always apart, so that nobody can tell a person by subtracting one from the other.

create index responses_flagged_idx on public.responses (counted_on) where quality_flags is not null;
comment on column public.responses.quality_flags is
  'Dấu hiệu bất thường: fast, burst, out_of_hours when it was recorded; pattern, straight when its day was released. It counts under the first';

-- The flagged part of the daily tallies -------------------------------------------------------------------

create table private.flag_marks (
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  pool text not null,
  flagged_through date not null,
  primary key (organisation_id, pool)
);
comment on table private.flag_marks is 'Up to which released day the rules have looked at answers; flags of those days do not change any more';

create table private.flagged_answers (
  day date not null,
  stratum_id integer not null,
  rule text not null check (rule in ('fast', 'burst', 'out_of_hours', 'pattern', 'straight')),
  answers integer not null,
  exclusion_id uuid,
  set_id uuid,
  primary key (day, stratum_id, rule)
);
comment on table private.flagged_answers is
  'Flagged answers per counted day, stratum and rule, and the exclusion that they belong to';
comment on column private.flagged_answers.set_id is
  'The first exclusion that was ever proposed for them, kept for good: answers go out and come back together with those of their set';
create index flagged_answers_stratum_id_idx on private.flagged_answers (stratum_id, rule);
create index flagged_answers_exclusion_id_idx on private.flagged_answers (exclusion_id) where exclusion_id is not null;

create table private.flagged_ratings (like private.rating_counts);
create table private.flagged_persons (like private.person_sums);
create table private.flagged_facts (like private.fact_counts);
create table private.flagged_items (like private.item_sums);
comment on table private.flagged_ratings is 'The flagged part of rating_counts, per rule';
comment on table private.flagged_persons is 'The flagged part of person_sums, per rule';
comment on table private.flagged_facts is 'The flagged part of fact_counts, per rule';
comment on table private.flagged_items is 'The flagged part of item_sums, per rule';

do $$
declare
  kept record;
begin
  for kept in select * from (values
    ('flagged_ratings', 'item'), ('flagged_persons', 'measure'), ('flagged_facts', 'fact, choice'), ('flagged_items', 'item')
  ) as t (name, code) loop
    execute format('alter table private.%I add column rule text not null', kept.name);
    execute format('alter table private.%I add primary key (day, stratum_id, rule, %s)', kept.name, kept.code);
  end loop;
  for kept in select unnest(array['flag_marks', 'flagged_answers', 'flagged_ratings', 'flagged_persons', 'flagged_facts', 'flagged_items']) as name loop
    execute format('alter table private.%I enable row level security', kept.name);
    execute format('revoke all on private.%I from public, anon, authenticated', kept.name);
    execute format('grant select on private.%I to service_role', kept.name);
  end loop;
end
$$;

create function private.tally_flagged(p_organisation uuid, p_pool text, p_after date, p_through date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  -- The arithmetic of every answer and no other: flagged ones are tallied under days long past, where nothing else
  -- lies, and taken from there within this transaction.
  aside constant integer := 1000000;
  this_rule text;
begin
  delete from private.flagged_ratings as t using private.strata as s
    where s.id = t.stratum_id and s.organisation_id = p_organisation and s.pool = p_pool and t.day > p_after and t.day <= p_through;
  delete from private.flagged_persons as t using private.strata as s
    where s.id = t.stratum_id and s.organisation_id = p_organisation and s.pool = p_pool and t.day > p_after and t.day <= p_through;
  delete from private.flagged_facts as t using private.strata as s
    where s.id = t.stratum_id and s.organisation_id = p_organisation and s.pool = p_pool and t.day > p_after and t.day <= p_through;
  delete from private.flagged_items as t using private.strata as s
    where s.id = t.stratum_id and s.organisation_id = p_organisation and s.pool = p_pool and t.day > p_after and t.day <= p_through;

  insert into private.flagged_answers as f (day, stratum_id, rule, answers)
  select r.counted_on, r.stratum_id, r.quality_flags[1], count(*)
  from public.responses as r join private.strata as s on s.id = r.stratum_id
  where s.organisation_id = p_organisation and s.pool = p_pool and r.quality_flags is not null
    and r.counted_on > p_after and r.counted_on <= p_through
  group by 1, 2, 3
  on conflict (day, stratum_id, rule) do update set answers = excluded.answers where f.answers <> excluded.answers;

  for this_rule in
    select distinct f.rule from private.flagged_answers as f join private.strata as s on s.id = f.stratum_id
    where s.organisation_id = p_organisation and s.pool = p_pool and f.day > p_after and f.day <= p_through
  loop
    perform private.add_tallies(array(
      select jsonb_populate_record(r, jsonb_build_object('counted_on', r.counted_on - aside))
      from public.responses as r join private.strata as s on s.id = r.stratum_id
      where s.organisation_id = p_organisation and s.pool = p_pool and r.quality_flags[1] = this_rule and r.quality_flags is not null
        and r.counted_on > p_after and r.counted_on <= p_through));
    insert into private.flagged_ratings select t.*, this_rule from private.rating_counts as t where t.day < '0001-01-01';
    insert into private.flagged_persons select t.*, this_rule from private.person_sums as t where t.day < '0001-01-01';
    insert into private.flagged_facts select t.*, this_rule from private.fact_counts as t where t.day < '0001-01-01';
    insert into private.flagged_items select t.*, this_rule from private.item_sums as t where t.day < '0001-01-01';
    delete from private.rating_counts where day < '0001-01-01';
    delete from private.person_sums where day < '0001-01-01';
    delete from private.fact_counts where day < '0001-01-01';
    delete from private.item_sums where day < '0001-01-01';
    delete from private.response_counts where day < '0001-01-01';
  end loop;
  update private.flagged_ratings set day = day + aside where day < '0001-01-01';
  update private.flagged_persons set day = day + aside where day < '0001-01-01';
  update private.flagged_facts set day = day + aside where day < '0001-01-01';
  update private.flagged_items set day = day + aside where day < '0001-01-01';
end
$$;
comment on function private.tally_flagged is
  'Counts the flagged answers of the days in (p_after, p_through] apart, with the function that tallies every answer';

-- The rules that look back ----------------------------------------------------------------------------------

create function private.flag_patterns(p_organisation uuid, p_pool text, p_after date, p_through date)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  known_days constant integer := private.threshold('pattern_days');
begin
  with recent as materialized (
    select r.counted_on as day, s.service_point_id, s.version_id, r.ratings, count(*)::float8 as n
    from public.responses as r join private.strata as s on s.id = r.stratum_id
    where s.organisation_id = p_organisation and s.pool = p_pool and r.counted_on > p_after - known_days and r.counted_on <= p_through
    group by 1, 2, 3, 4
  ),
  candidate as (
    select c.*
    from (select recent.*, sum(n) over (partition by day, service_point_id, version_id) as of_day from recent where day > p_after) as c
    where c.n >= private.threshold('pattern_answers')
      and (select count(*) from unnest(c.ratings) as v (level) where v.level between 1 and 5) >= private.threshold('pattern_items')
  ),
  judged as (
    -- How often the point had these ratings before; one more of each kind, so that a new pattern is rare, not impossible.
    select c.day, c.service_point_id, c.version_id, c.ratings, c.n, c.of_day, c.n / c.of_day as share, sum(b.n) as before,
      (coalesce(sum(b.n) filter (where b.ratings = c.ratings), 0) + 1) / (sum(b.n) + 2) as expected
    from candidate as c
    join recent as b on b.service_point_id = c.service_point_id and b.version_id = c.version_id
      and b.day < c.day and b.day >= c.day - known_days
    group by 1, 2, 3, 4, 5, 6
  ),
  found as (
    select j.* from judged as j
    where j.before >= private.threshold('pattern_history') and j.share > j.expected
      -- Chernoff: so many of so many have at most the chance exp(-n * Kullback–Leibler distance).
      and j.of_day * (j.share * ln(j.share / j.expected)
        + case when j.share < 1 then (1 - j.share) * ln((1 - j.share) / (1 - j.expected)) else 0 end)
        >= -ln(private.threshold('pattern_chance'))
  )
  update public.responses as r
  set quality_flags = coalesce(r.quality_flags, '{}') || 'pattern'::text
  from found as f
  join private.strata as s on s.service_point_id = f.service_point_id and s.version_id = f.version_id and s.pool = p_pool
  where r.stratum_id = s.id and r.counted_on = f.day and r.ratings = f.ratings;
end
$$;
comment on function private.flag_patterns is
  'Flags answers whose ratings repeat at a point and day far more often than the same point''s own last days make likely';

create function private.flag_straight_lines(p_organisation uuid, p_pool text, p_after date, p_through date)
returns void
language sql
security definer
set search_path = ''
as $$
  update public.responses as r
  set quality_flags = coalesce(r.quality_flags, '{}') || 'straight'::text
  from private.strata as s
  where s.id = r.stratum_id and s.organisation_id = p_organisation and s.pool = p_pool
    and r.counted_on > p_after and r.counted_on <= p_through
    and (select count(*) >= private.threshold('straight_items') and min(v.level) = max(v.level)
         from unnest(r.ratings) as v (level) where v.level between 1 and 5)
$$;
comment on function private.flag_straight_lines is
  'Flags answers that give every item the same level; with good service that may be sincere';

create function public.flag_answers()
returns jsonb
language plpgsql
security definer
-- Right after a large import nothing is known about the sizes of the tables: nested loops would take minutes.
set enable_nestloop = off
set search_path = ''
as $$
declare
  of_pool record;
  after_day date;
  through_day date;
  days integer := 0;
begin
  -- Asked every quarter of an hour: the pace of a point is never kept longer than an hour.
  delete from private.point_pace where minute < private.this_minute() - 44;
  for of_pool in
    select m.organisation_id, m.pool, m.released_through, f.flagged_through
    from private.release_marks as m
    left join private.flag_marks as f on f.organisation_id = m.organisation_id and f.pool = m.pool
    where m.pool <> 'imported' and m.released_through > coalesce(f.flagged_through, '-infinity')
    order by 1, 2
  loop
    -- Shared: answers may be recorded meanwhile, but no day is released and nothing is counted again.
    perform pg_advisory_xact_lock_shared(private.organisation_lock(of_pool.organisation_id));
    after_day := coalesce(of_pool.flagged_through, (
      select min(r.counted_on) - 1 from public.responses as r join private.strata as s on s.id = r.stratum_id
      where s.organisation_id = of_pool.organisation_id and s.pool = of_pool.pool), of_pool.released_through);
    while after_day < of_pool.released_through loop
      through_day := least(after_day + 31, of_pool.released_through);
      perform private.flag_patterns(of_pool.organisation_id, of_pool.pool, after_day, through_day);
      perform private.flag_straight_lines(of_pool.organisation_id, of_pool.pool, after_day, through_day);
      perform private.tally_flagged(of_pool.organisation_id, of_pool.pool, after_day, through_day);
      days := days + (through_day - after_day);
      after_day := through_day;
    end loop;
    insert into private.flag_marks as m (organisation_id, pool, flagged_through)
    values (of_pool.organisation_id, of_pool.pool, of_pool.released_through)
    on conflict (organisation_id, pool) do update set flagged_through = excluded.flagged_through;
  end loop;
  return jsonb_build_object('days', days);
end
$$;
comment on function public.flag_answers is
  'Looks at the days released since the last time with the rules that need other answers beside it; calling it again does nothing';
grant execute on function public.flag_answers() to service_role;
