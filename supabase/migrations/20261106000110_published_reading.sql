-- Reading what was published: the results pages, and everything that is built on publications (open data, the wall, the
-- monthly sheet). Only frozen cells; the demo alone shows its running periods, too, and on the page of all units only.

create function private.longer_published(p_organisation uuid, p_period text, p_unit uuid, p_subject text)
returns text
language sql
stable
set search_path = ''
as $$
  with recursive wider as (
    select y.code, y.parent, 1 as step
    from private.period(p_period) as here
    join private.year_periods(left(p_period, 4)::integer) as y on y.code = here.parent
    union all
    select y.code, y.parent, wider.step + 1
    from wider join private.year_periods(left(p_period, 4)::integer) as y on y.code = wider.parent
  )
  select wider.code
  from wider
  cross join lateral private.latest_publication(p_organisation, wider.code) as p
  join private.published_figures as f on f.publication_id = p.id and f.unit_id = p_unit and f.subject = p_subject and f.is_shown
  order by wider.step
  limit 1
$$;
comment on function private.longer_published is 'The shortest longer period that was published with this cell';

create function private.published_cell(f private.published_figures, p_organisation uuid, p_period text)
returns jsonb
language sql
stable
as $$
  -- The same object as everywhere: made by the one function that leaves hidden cells out. (Every name here says its
  -- schema, so that no search path has to be set: that would keep Postgres from reading it in one go for all cells.)
  select private.figure_cell((p_organisation, p_period, f.unit_id, f.subject, 'none', '', f.is_shown, coalesce(f.persons, 0), 0,
      f.s1, f.s2, f.s3, f.s4, f.s5, f.s6)::private.figures)
    || jsonb_build_object('unit_id', f.unit_id, 'longer_period', case
      when not f.is_shown then private.longer_published(p_organisation, p_period, f.unit_id, f.subject) end)
    || case when f.subject like 'fact:%' then jsonb_build_object('choices', f.choices) else '{}' end
$$;
comment on function private.published_cell is 'A published cell as the public reads it; a longer period is named only when it was published';

create function private.publication_card(p private.published_periods)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', p.id, 'period', p.period, 'kind', y.kind, 'start', p.starts_on, 'end', p.ends_on, 'revision', p.revision,
    'published_at', to_char(p.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    'published_on', (p.published_at at time zone 'Asia/Ho_Chi_Minh')::date,
    'reason', p.reason, 'figures', p.figures, 'digest', p.digest, 'method', p.method,
    'is_latest', not exists (
      select from private.published_periods as later
      where later.organisation_id = p.organisation_id and later.period = p.period and later.revision > p.revision))
  from private.year_periods(left(p.period, 4)::integer) as y where y.code = p.period
$$;
comment on function private.publication_card is 'A publication as everybody may know it: not the person who made it';

create function public.published_list(p_organisation uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house public.organisations;
begin
  select * into house from public.organisations where id = p_organisation;
  if not found then
    perform private.fail('404', 'unknown_organisation', 'there is no such organisation');
  end if;
  return jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'publications', (
      select coalesce(jsonb_agg(private.publication_card(p) order by p.ends_on desc, p.starts_on, p.revision desc), '[]')
      from private.published_periods as p where p.organisation_id = p_organisation));
end
$$;
comment on function public.published_list is
  'Every publication of an organisation with all revisions, the newest period first: PT404 unknown_organisation. Open to anon on purpose';
grant execute on function public.published_list(uuid) to anon, authenticated, service_role;

create function private.publication_by_id(p_publication uuid)
returns private.published_periods
language plpgsql
stable
set search_path = ''
as $$
declare
  found_one private.published_periods;
begin
  select * into found_one from private.published_periods where id = p_publication;
  if not found then
    perform private.fail('404', 'unknown_publication', 'there is no such publication');
  end if;
  return found_one;
end
$$;

create function public.published_frame(p_publication uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  p private.published_periods := private.publication_by_id(p_publication);
begin
  return jsonb_build_object(
    'publication', private.publication_card(p),
    'organisation', jsonb_build_object('id', p.organisation_id, 'names', p.names),
    'pools', to_jsonb(p.pools), 'versions', p.versions, 'item_texts', p.item_texts,
    'units', private.published_unit_list(p.id),
    'cells', (select count(*) from private.published_figures as f where f.publication_id = p.id));
end
$$;
comment on function public.published_frame is
  'What stands around the cells of a publication: units as they were then, what items asked, pools and versions: PT404 unknown_publication. Open to anon on purpose';
grant execute on function public.published_frame(uuid) to anon, authenticated, service_role;

create function private.published_unit_list(p_publication uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('id', u.unit_id, 'parent_id', u.parent_id, 'names', u.names, 'kind', u.kind, 'depth', u.depth,
    'order', u.place, 'receives', u.receives, 'decides', u.decides, 'excluded', u.excluded, 'answered', u.answered, 'served', u.served) order by u.place), '[]')
  from private.published_units as u where u.publication_id = p_publication
$$;

create function public.published_cells(p_publication uuid, p_after text default null, p_limit integer default 1000)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  p private.published_periods := private.publication_by_id(p_publication);
  many integer := least(greatest(coalesce(p_limit, 1000), 1), 5000);
  -- Where the page before ended: "unit|subject".
  after_unit uuid := case when p_after ~ '^[0-9a-f-]{36}\|' then left(p_after, 36)::uuid else '00000000-0000-0000-0000-000000000000' end;
  after_subject text := case when p_after ~ '^[0-9a-f-]{36}\|' then substr(p_after, 38) else '' end;
begin
  return (
    with next_ones as (
      select f.*, row_number() over (order by f.unit_id, f.subject) as place
      from (
        select * from private.published_figures as f
        where f.publication_id = p.id and (f.unit_id, f.subject) > (after_unit, after_subject)
        order by f.unit_id, f.subject
        limit many + 1
      ) as f
    )
    select jsonb_build_object(
      'cells', coalesce(jsonb_agg(
        private.published_cell((n.publication_id, n.unit_id, n.subject, n.is_shown, n.persons, n.others, n.s1, n.s2, n.s3, n.s4, n.s5, n.s6, n.choices)::private.published_figures,
          p.organisation_id, p.period) order by n.place) filter (where n.place <= many), '[]'),
      'next', max(n.unit_id || '|' || n.subject) filter (where n.place = many and n.place < (select count(*) from next_ones)))
    from next_ones as n);
exception
  when invalid_text_representation then
    return jsonb_build_object('cells', '[]'::jsonb, 'next', null);
end
$$;
comment on function public.published_cells is
  'The cells of a publication, at most p_limit (1 to 5,000), after "next" of the page before; "next" is null on the last: PT404 unknown_publication. Open to anon on purpose';
grant execute on function public.published_cells(uuid, text, integer) to anon, authenticated, service_role;

-- The results pages ---------------------------------------------------------------------------------------

create function private.results_frame(p_organisation uuid, p_period text, p_revision integer, p_unit uuid default null)
returns jsonb
language plpgsql
stable
set search_path = ''
as $$
declare
  house public.organisations;
  asked_kind text := 'quarter';
  asked_from date;
  listed jsonb;
  chosen text;
  shown private.published_periods;
begin
  select * into house from public.organisations where id = p_organisation;
  if not found then
    perform private.fail('404', 'unknown_organisation', 'there is no such organisation');
  end if;
  if p_period is not null then
    select y.kind, private.month_start(house.scheme, y.first_label) into asked_kind, asked_from from private.period(p_period) as y;
  end if;
  select coalesce(jsonb_agg(jsonb_build_object(
      'code', code, 'kind', kind, 'start', starts_on, 'end', ends_on, 'closed', is_closed) order by starts_on, months), '[]')
  into listed
  from (
    select y.code, y.kind, y.months, p.starts_on, p.ends_on, true as is_closed
    from private.published_periods as p
    join lateral private.year_periods(left(p.period, 4)::integer) as y on y.code = p.period
    where p.organisation_id = p_organisation and p.revision = 1
      and (p_unit is null or exists (
        select from private.published_periods as any_of
        join private.published_units as u on u.publication_id = any_of.id and u.unit_id = p_unit
        where any_of.organisation_id = p_organisation and any_of.period = p.period))
    union all
    -- What still runs is shown by the demo alone.
    select l.code, l.kind, l.months, l.starts_on, l.ends_on, false
    from private.listed_periods(p_organisation) as l
    where house.is_demo and p_unit is null and not l.is_closed
  ) as known;
  -- The period asked for; otherwise the nearest of its kind, or the newest published quarter, or whatever there is.
  select entry ->> 'code' into chosen
  from jsonb_array_elements(listed) as entry
  order by (p_period is not null and entry ->> 'code' = p_period) desc,
    entry -> 'closed' desc,
    (entry ->> 'kind' = asked_kind) desc,
    abs((entry ->> 'start')::date - asked_from),
    entry ->> 'end' desc
  limit 1;
  select * into shown from private.published_periods as p
  where p.organisation_id = p_organisation and p.period = chosen
    and (p_unit is null or exists (select from private.published_units as u where u.publication_id = p.id and u.unit_id = p_unit))
  order by p.revision is not distinct from p_revision desc, p.revision desc
  limit 1;
  return jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', coalesce(shown.names, house.names), 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'has_published', exists (select from private.published_periods as p where p.organisation_id = p_organisation),
    'period', (select entry from jsonb_array_elements(listed) as entry where entry ->> 'code' = chosen),
    'periods', listed,
    'publication', case when shown.id is not null then private.publication_card(shown) end,
    'revisions', (
      select coalesce(jsonb_agg(private.publication_card(p) order by p.revision desc), '[]')
      from private.published_periods as p where p.organisation_id = p_organisation and p.period = chosen));
end
$$;
comment on function private.results_frame is
  'Which published (or, of the demo, running) period is read: the one asked for or the nearest, and its revision or the newest. PT404 unknown_organisation, PT422 unknown_period';

create function private.running_results(p_organisation uuid, p_frame jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'units', private.unit_list(p_organisation, (p_frame -> 'period' ->> 'end')::date, (p_frame -> 'period' ->> 'start')::date),
    'cells', (
      select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id)), '[]')
      from private.figures as f
      where f.organisation_id = p_organisation and f.period = p_frame -> 'period' ->> 'code'
        and f.cross_kind = 'none' and (f.subject like 'measure:%' or f.subject = 'item:E1')),
    'excluded', private.excluded_in(p_organisation, p_frame -> 'period' ->> 'code'),
    'rates', private.rates_of(p_organisation, p_frame -> 'period' ->> 'code'))
$$;
comment on function private.running_results is 'Figures of a period that still runs, as the demo shows them to everybody';

create function private.published_rates(p_publication uuid, p_unit uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('unit_id', u.unit_id, 'answered', u.answered, 'served', u.served)), '[]')
  from private.published_units as u
  where u.publication_id = p_publication and u.served is not null and (p_unit is null or u.unit_id = p_unit)
$$;

create function private.published_results(p_organisation uuid, p_publication uuid, p_period text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'units', private.published_unit_list(p_publication),
    'cells', (
      select coalesce(jsonb_agg(private.published_cell(f, p_organisation, p_period)), '[]')
      from private.published_figures as f
      where f.publication_id = p_publication and (f.subject like 'measure:%' or f.subject = 'item:E1')),
    'excluded', (select coalesce(max(u.excluded), 0) from private.published_units as u where u.publication_id = p_publication and u.unit_id = p_organisation),
    'rates', private.published_rates(p_publication))
$$;

create function private.revision_changes(p_publication uuid, p_unit uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with here as (
    select p.*, earlier.id as before_id, earlier.revision as before_revision
    from private.published_periods as p
    join private.published_periods as earlier
      on earlier.organisation_id = p.organisation_id and earlier.period = p.period and earlier.revision = p.revision - 1
    where p.id = p_publication
  ),
  compared as (
    select coalesce((now_).unit_id, (was).unit_id) as unit_id, coalesce((now_).subject, (was).subject) as subject, now_, was, u.place,
      coalesce((now_).is_shown, false) as is_shown, coalesce((was).is_shown, false) as was_shown,
      ((now_).persons, (now_).s1, (now_).s2, (now_).s3, (now_).s4, (now_).s5, (now_).s6, (now_).choices)
        is distinct from ((was).persons, (was).s1, (was).s2, (was).s3, (was).s4, (was).s5, (was).s6, (was).choices) as is_other
    from (select f from private.published_figures as f join here on f.publication_id = here.id) as newer (now_)
    full join (select f from private.published_figures as f join here on f.publication_id = here.before_id) as older (was)
      on (older.was).unit_id = (newer.now_).unit_id and (older.was).subject = (newer.now_).subject
    left join private.published_units as u on u.publication_id = p_publication and u.unit_id = coalesce((now_).unit_id, (was).unit_id)
    where p_unit is null or coalesce((now_).unit_id, (was).unit_id) = p_unit
  )
  select jsonb_build_object(
    'before', here.before_revision,
    'changed', (select count(*) from compared as c where c.is_shown and c.was_shown and c.is_other),
    'added', (select count(*) from compared as c where c.is_shown and not c.was_shown),
    'hidden', (select count(*) from compared as c where c.was_shown and not c.is_shown),
    -- The dimensions of units; items are counted above and read on the unit's page of either revision.
    'cells', (
      select coalesce(jsonb_agg(jsonb_build_object('unit_id', c.unit_id, 'measure', substr(c.subject, 9),
        'was', private.published_cell(c.was, here.organisation_id, here.period),
        'is', private.published_cell(c.now_, here.organisation_id, here.period)) order by c.place, c.subject), '[]')
      from (select * from compared as d where d.subject like 'measure:%' and d.is_other order by d.place, d.subject limit 60) as c))
  from here
$$;
comment on function private.revision_changes is 'What a revision changed against the one before it: how many cells, and the first sixty dimensions of units as they were and are; null for a first revision';

create function public.public_results(p_organisation uuid, p_period text default null, p_revision integer default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  frame jsonb := private.results_frame(p_organisation, p_period, p_revision);
  unreleased bigint;
begin
  -- Who has published nothing shows nothing, not even how many answers came in; only the demo always does.
  if frame ->> 'has_published' = 'false' and frame -> 'organisation' ->> 'is_demo' = 'false' then
    return frame || '{"received": 0, "waiting": 0, "units": [], "cells": [], "excluded": 0, "rates": []}';
  end if;
  unreleased := private.received_since_release(p_organisation);
  return frame || jsonb_build_object(
    'received', (
      select coalesce(sum(mark.received), 0) from private.release_marks as mark
      where mark.organisation_id = p_organisation and mark.pool <> 'imported')
      + unreleased,
    'waiting', (
      select coalesce(sum(line.waiting), 0) from private.release_lines as line
      where line.organisation_id = p_organisation and line.subject = 'comments' and line.pool <> 'imported')
      + unreleased)
    || case
      when frame -> 'period' = 'null' then '{"units": [], "cells": [], "excluded": 0, "rates": []}'
      when (frame -> 'period' ->> 'closed')::boolean
        then private.published_results(p_organisation, (frame -> 'publication' ->> 'id')::uuid, frame -> 'period' ->> 'code')
      else private.running_results(p_organisation, frame) end
    || jsonb_build_object('changes', private.revision_changes((frame -> 'publication' ->> 'id')::uuid));
end
$$;
comment on function public.public_results is
  'Results of an organisation: a published period (the nearest to the one asked for) in one of its revisions, or a running one of the demo: PT404 unknown_organisation, PT422 unknown_period';
grant execute on function public.public_results(uuid, text, integer) to anon, authenticated, service_role;

create function public.public_unit_results(p_unit uuid, p_period text default null, p_revision integer default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units;
  frame jsonb;
  code text;
  publication uuid;
begin
  select * into here from public.units where id = p_unit;
  if not found then
    perform private.fail('404', 'unknown_unit', 'there is no such unit');
  end if;
  frame := private.results_frame(here.organisation_id, p_period, p_revision, p_unit);
  code := frame -> 'period' ->> 'code';
  publication := (frame -> 'publication' ->> 'id')::uuid;
  return frame || jsonb_build_object(
    'unit', coalesce((
        select jsonb_build_object('id', u.unit_id, 'names', u.names, 'receives', u.receives, 'decides', u.decides, 'parent', (
          select jsonb_build_object('id', above.unit_id, 'names', above.names)
          from private.published_units as above where above.publication_id = publication and above.unit_id = u.parent_id))
        from private.published_units as u where u.publication_id = publication and u.unit_id = p_unit),
      -- Published nowhere yet: its name and place of today.
      jsonb_build_object('id', here.id, 'names', here.names, 'receives', false, 'decides', false, 'parent', (
        select jsonb_build_object('id', above.id, 'names', above.names) from public.units as above where above.id = here.parent_id)))
      || private.successions_of(p_unit),
    'excluded', (select coalesce(max(u.excluded), 0) from private.published_units as u where u.publication_id = publication and u.unit_id = p_unit),
    'rates', private.published_rates(publication, p_unit),
    'changes', private.revision_changes(publication, p_unit),
    'item_texts', (select coalesce(max(p.item_texts::text)::jsonb, '{}') from private.published_periods as p where p.id = publication),
    'cells', private.published_part(publication, here.organisation_id, code, p_unit, 'measure:'),
    'items', private.published_part(publication, here.organisation_id, code, p_unit, 'item:'),
    'facts', private.published_part(publication, here.organisation_id, code, p_unit, 'fact:'));
end
$$;
comment on function public.public_unit_results is
  'Results of one unit in a published period (the nearest to the one asked for), down to the five levels of each item: PT404 unknown_unit, PT422 unknown_period';
grant execute on function public.public_unit_results(uuid, text, integer) to anon, authenticated, service_role;

create function private.published_part(p_publication uuid, p_organisation uuid, p_period text, p_unit uuid, p_subjects text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.published_cell(f, p_organisation, p_period) order by f.subject), '[]')
  from private.published_figures as f
  where f.publication_id = p_publication and f.unit_id = p_unit and starts_with(f.subject, p_subjects)
$$;
