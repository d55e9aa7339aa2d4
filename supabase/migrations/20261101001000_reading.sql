-- What the public may read. Every function here is open to anon on purpose and returns only what is named.

create function public.survey_form(p_token text)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  point public.service_points;
  asked_at public.units;
  organisation public.organisations;
  version public.questionnaire_versions;
begin
  select * into point from public.service_points where token = p_token;
  if not found then
    perform private.refuse_token(p_token);
  end if;
  select * into asked_at from public.units where id = point.unit_id;
  select * into organisation from public.organisations where id = point.organisation_id;
  if not point.is_active then
    perform private.fail('410', 'point_closed', 'this service point does not collect answers now',
      jsonb_build_object('phone', organisation.phone, 'unit', asked_at.names)::text);
  end if;
  select * into version from public.questionnaire_versions where id = point.version_id;
  return jsonb_build_object(
    'service_point', jsonb_build_object(
      'id', point.id, 'token', point.token, 'label', point.labels ->> 'vi', 'labels', point.labels, 'kind', point.kind,
      'moment', point.moment, 'wording', point.wording, 'scope_line', point.scope_line, 'offers_paper', point.offers_paper),
    'unit', jsonb_build_object('id', asked_at.id, 'names', asked_at.names),
    'organisation', private.organisation_card(organisation),
    -- Asked only where it decides whose figure the answer counts for.
    'procedure_groups', (
      select case when count(distinct g.deciding_unit_id) > 1
        then jsonb_agg(jsonb_build_object('id', g.id, 'names', g.names) order by served.position) else '[]' end
      from public.service_point_groups as served
      join public.procedure_groups as g on g.id = served.procedure_group_id
      where served.service_point_id = point.id),
    'version', jsonb_build_object('id', version.id, 'number', version.number, 'definition', version.definition));
end
$$;
comment on function public.survey_form is 'Everything the form of one QR code shows: PT404 unknown_token, PT410 point_closed or token_replaced';
grant execute on function public.survey_form(text) to anon, authenticated, service_role;

create function private.organisation_card(o public.organisations)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'id', o.id, 'names', o.names, 'phone', o.phone, 'email', o.email, 'address', o.address, 'is_demo', o.is_demo,
    'locale', o.locale, 'response_months', o.response_months, 'comment_months', o.comment_months,
    'data_protection_contact', o.data_protection_contact)
$$;

create function private.results_are_public(o public.organisations)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return o.is_demo or exists (select from private.published_periods as p where p.organisation_id = o.id);
end
$$;
comment on function private.results_are_public is 'Whoever has published a period shows results to everybody, and the demo always does';

create function public.public_organisations()
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('organisations', coalesce(jsonb_agg(
    private.organisation_card(o) || jsonb_build_object(
      'results_visible', private.results_are_public(o),
      'points', case when o.is_demo then (
        select coalesce(jsonb_agg(jsonb_build_object(
          'token', p.token, 'label', p.labels ->> 'vi', 'labels', p.labels,
          'unit', jsonb_build_object('id', u.id, 'names', u.names)) order by u.sort, p.labels ->> 'vi'), '[]')
        from public.service_points as p join public.units as u on u.id = p.unit_id
        where p.organisation_id = o.id and p.is_active) else '[]' end)
    order by o.created_at), '[]'))
  from public.organisations as o
$$;
comment on function public.public_organisations is 'Who is responsible here and how to reach them; the demo also shows its QR codes';
grant execute on function public.public_organisations() to anon, authenticated, service_role;

create function private.listed_periods(p_organisation uuid)
returns table (code text, kind text, parent text, months smallint, starts_on date, ends_on date, is_closed boolean)
language sql
stable
set search_path = ''
as $$
  -- Whatever is released counts for the root, too: its figures alone tell which periods there are.
  with known as materialized (
    select o.id, o.scheme, (
      select min(f.period) from private.figures as f
      where f.organisation_id = o.id and f.unit_id = o.id and f.cross_kind = 'none') as first_period
    from public.organisations as o
    where o.id = p_organisation
  )
  select y.code, y.kind, y.parent, y.months, private.month_start(k.scheme, y.first_label), private.month_end(k.scheme, y.last_label),
         private.is_closed(k.id, y.last_label)
  from known as k
  cross join generate_series(left(k.first_period, 4)::integer, extract(year from private.month_label(k.scheme, private.today()))::integer) as reporting_year
  cross join private.year_periods(reporting_year) as y
  where exists (
    select from private.figures as f
    where f.organisation_id = k.id and f.period = y.code and f.cross_kind = 'none' and f.unit_id = k.id)
$$;
comment on function private.listed_periods is 'The periods of an organisation that hold released answers';

create function private.longer_period(
  p_organisation uuid, p_period text, p_unit uuid, p_subject text, p_kind text default 'none', p_value text default ''
)
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
  join private.figures as f on f.organisation_id = p_organisation and f.period = wider.code and f.unit_id = p_unit
    and f.subject = p_subject and f.cross_kind = p_kind and f.cross_value = p_value and f.is_shown
  order by wider.step
  limit 1
$$;
comment on function private.longer_period is 'The shortest longer period in which a hidden cell may be shown';

-- Without a search_path of its own, so that Postgres can put it into the query: called for every cell of a page.
create function private.figure_cell(f private.figures)
returns jsonb
language sql
stable
as $$
  select jsonb_build_object(
    'state', case when not f.is_shown then 'hidden' when f.persons < 30 then 'interval' else 'shown' end,
    'persons', case when f.is_shown then f.persons end)
  || case
    when f.subject like 'measure:%' then jsonb_build_object(
      'measure', substr(f.subject, 9),
      'top2_sum', case when f.is_shown then f.s1::float8 end, 'top2_squares', case when f.is_shown then f.s2::float8 end,
      'mean_sum', case when f.is_shown then f.s3::float8 end, 'mean_squares', case when f.is_shown then f.s4::float8 end)
    when f.subject like 'item:%' then jsonb_build_object(
      'item', substr(f.subject, 6),
      'n1', case when f.is_shown then f.s1::integer end, 'n2', case when f.is_shown then f.s2::integer end,
      'n3', case when f.is_shown then f.s3::integer end, 'n4', case when f.is_shown then f.s4::integer end,
      'n5', case when f.is_shown then f.s5::integer end, 'not_applicable', case when f.is_shown then f.s6::integer end)
    else jsonb_build_object('fact', substr(f.subject, 6)) end
$$;
comment on function private.figure_cell is
  'One figure as everybody reads it, but for the longer period that a hidden one names: a hidden one says that it is hidden and nothing else; 10 to 29 persons are "interval"';

create function private.public_cell(f private.figures)
returns jsonb
language sql
stable
as $$
  select private.figure_cell(f) || jsonb_build_object('longer_period', case
    when not f.is_shown then private.longer_period(f.organisation_id, f.period, f.unit_id, f.subject, f.cross_kind, f.cross_value) end)
$$;
comment on function private.public_cell is 'One figure as members read it; a hidden one names the shortest longer period in which it is shown';

create function private.received_since_release(p_organisation uuid)
returns bigint
language plpgsql
stable
set plan_cache_mode = force_custom_plan
set search_path = ''
as $$
declare
  -- Days that every pool has released are not even looked at; answers of earlier surveys are no answers received here.
  earliest date := (
    select min(coalesce(mark.released_through, '-infinity'))
    from (select distinct s.pool from private.strata as s where s.organisation_id = p_organisation and s.pool <> 'imported') as used
    left join private.release_marks as mark on mark.organisation_id = p_organisation and mark.pool = used.pool);
begin
  return (
    select coalesce(sum(r.responses), 0)
    from private.response_counts as r
    join public.service_points as point on point.id = r.service_point_id and point.organisation_id = p_organisation
    left join private.release_marks as mark on mark.organisation_id = p_organisation and mark.pool = r.pool
    where r.day > earliest and r.pool <> 'imported' and (mark.pool is null or r.day > mark.released_through));
end
$$;
comment on function private.received_since_release is 'Answers on days that the release rule has not reached yet; those of earlier surveys are no answers received here';

create function private.unit_list(p_organisation uuid, p_on date, p_from date default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with recursive ordered as (
    select u.id, u.parent_id, u.names, u.kind, 0 as depth, array[]::text[] as path
    from public.units as u where u.id = p_organisation
    union all
    select u.id, u.parent_id, u.names, u.kind, above.depth + 1, above.path || (lpad(u.sort::text, 6, '0') || u.id)
    from public.units as u join ordered as above on above.id = u.parent_id
  )
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', o.id, 'parent_id', o.parent_id, 'names', o.names, 'kind', o.kind, 'depth', o.depth, 'order', o.position,
    'receives', exists (
      select from private.strata as s
      join public.unit_tree as t on t.descendant_id = s.receiving_unit_id and t.ancestor_id = o.id
      where s.organisation_id = p_organisation),
    'decides', exists (
      select from private.strata as s
      join public.unit_tree as t on t.descendant_id = s.deciding_unit_id and t.ancestor_id = o.id
      where s.organisation_id = p_organisation)
  ) order by o.position), '[]')
  from (
    select ordered.*, row_number() over (order by path) as position from ordered
  ) as o
  join public.units as u on u.id = o.id
  where u.valid_from <= coalesce(p_on, private.today())
    -- A closed unit stays in the lists of the periods in which it worked.
    and (u.valid_to is null or p_from is null or u.valid_to > p_from)
$$;
comment on function private.unit_list is 'Units that worked between p_from and p_on, in the order of the organisation, never of a score, and whether answers count for them as receiving or deciding unit';

create function private.items_of(p_unit public.units, p_period text, p_kind text default 'none', p_value text default '')
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.public_cell(f) order by f.subject), '[]')
  from private.figures as f
  where f.organisation_id = p_unit.organisation_id and f.period = p_period and f.cross_kind = p_kind
    and f.unit_id = p_unit.id and f.subject like 'item:%' and f.cross_value = p_value
$$;
comment on function private.items_of is 'The items of a unit in one period: of all its answers, or of one listed part of them';

create function private.unit_figures(p_unit public.units, p_period text, p_point uuid default null)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object(
    'cells', (
      select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id)), '[]')
      from private.figures as f
      where f.organisation_id = p_unit.organisation_id and f.period = p_period and f.unit_id = p_unit.id
        and f.cross_kind = case when p_point is null then 'none' else 'point' end and f.cross_value = coalesce(p_point::text, '')
        and f.subject like 'measure:%'),
    'items', private.items_of(p_unit, p_period, case when p_point is null then 'none' else 'point' end, coalesce(p_point::text, '')),
    'facts', (
      select coalesce(jsonb_agg(private.public_cell(f) || jsonb_build_object('choices', case when f.is_shown then (
        select coalesce(jsonb_object_agg(split_part(c.subject, ':', 3), c.persons), '{}')
        from private.figures as c
        where c.organisation_id = f.organisation_id and c.period = f.period and c.unit_id = f.unit_id and c.cross_kind = 'none'
          and c.subject like 'choice:' || substr(f.subject, 6) || ':%') end) order by f.subject), '[]')
      from private.figures as f
      -- F2 (asked for money beyond the rules) is for the leader alone, and not as a figure.
      where f.organisation_id = p_unit.organisation_id and f.period = p_period and f.unit_id = p_unit.id
        and p_point is null and f.cross_kind = 'none' and f.subject like 'fact:%' and f.subject <> 'fact:F2'))
$$;
comment on function private.unit_figures is 'The figures of one unit in one period (members: or of one of its points): dimensions, items with their levels, optional questions without F2';

create function private.item_texts(p_organisation uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_object_agg(newest.code, newest.texts), '{}')
  from (
    select distinct on (item ->> 'code') item ->> 'code' as code,
      jsonb_strip_nulls(jsonb_build_object(
        'vi', item #>> '{texts,vi,text}', 'zh', item #>> '{texts,zh,text}', 'en', item #>> '{texts,en,text}',
        'zero', item ->> 'zero')) as texts
    from public.questionnaire_versions as v
    join public.questionnaires as q on q.id = v.questionnaire_id and q.organisation_id = p_organisation
    cross join lateral jsonb_array_elements(v.definition -> 'items') as item
    where v.published_at is not null
    order by item ->> 'code', v.published_at desc, v.number desc
  ) as newest
$$;
comment on function private.item_texts is 'What each item asks, by code, in the words of the newest published version that has it';
