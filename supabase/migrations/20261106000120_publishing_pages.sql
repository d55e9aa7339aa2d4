-- The leader's page: which closed periods are published, which have changed since, and what the public would see.

create function public.list_publications(p_organisation uuid, p_year integer default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house public.organisations;
  years integer[];
  chosen integer;
begin
  perform private.require_house_role(p_organisation, array['leader']);
  select * into house from public.organisations where id = p_organisation;
  select array_agg(distinct left(l.code, 4)::integer order by left(l.code, 4)::integer desc) into years
  from private.listed_periods(p_organisation) as l;
  chosen := coalesce((select y from unnest(years) as y where y = p_year), years[1]);
  return jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'years', to_jsonb(coalesce(years, '{}')),
    'year', chosen,
    'periods', (
      select coalesce(jsonb_agg(jsonb_build_object(
          'code', l.code, 'kind', l.kind, 'start', l.starts_on, 'end', l.ends_on, 'closed', l.is_closed,
          'publications', (
            select coalesce(jsonb_agg(private.publication_card(p) || jsonb_build_object(
              'published_by', (select q.name from public.people as q where q.id = p.published_by)) order by p.revision desc), '[]')
            from private.published_periods as p where p.organisation_id = p_organisation and p.period = l.code),
          'is_changed', private.changed_since_published(p_organisation, l.code)
        ) order by l.ends_on desc, l.months, l.starts_on), '[]')
      from private.listed_periods(p_organisation) as l
      where left(l.code, 4)::integer = chosen));
end
$$;
comment on function public.list_publications is
  'The periods of a year (default: the newest) with their publications and whether figures have changed since; for leaders of the whole organisation';
grant execute on function public.list_publications(uuid, integer) to authenticated;

create function private.changed_since_published(p_organisation uuid, p_period text)
returns boolean
language sql
stable
set search_path = ''
as $$
  select exists (
    select
    from private.published_figures as f
    left join private.figures as now_ on now_.organisation_id = p_organisation and now_.period = p_period and now_.cross_kind = 'none'
      and now_.unit_id = f.unit_id and now_.subject = f.subject
    where f.publication_id = (private.latest_publication(p_organisation, p_period)).id and f.is_shown
      and (now_.persons is null or (f.persons, f.s1, f.s2, f.s3, f.s4, f.s5, f.s6)
        is distinct from (now_.persons, now_.s1, now_.s2, now_.s3, now_.s4, now_.s5, now_.s6)))
$$;
comment on function private.changed_since_published is 'Whether a figure that was published last is another one now: answers left out after review, or counted again';

create function public.preview_publication(p_organisation uuid, p_period text)
returns jsonb
language plpgsql
security definer
set client_min_messages = 'warning'
set search_path = ''
as $$
declare
  house public.organisations;
  asked record;
  before private.published_periods;
  digest text;
begin
  perform private.require_house_role(p_organisation, array['leader']);
  select * into house from public.organisations where id = p_organisation;
  select * into asked from private.period(p_period);
  perform private.require_publishable(p_organisation, p_period);
  before := private.latest_publication(p_organisation, p_period);
  perform private.publication_cells(p_organisation, p_period);
  digest := private.publication_digest();
  return jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'period', jsonb_build_object('code', asked.code, 'kind', asked.kind, 'closed', true,
      'start', private.month_start(house.scheme, asked.first_label), 'end', private.month_end(house.scheme, asked.last_label)),
    'latest', case when before.id is not null then private.publication_card(before) end,
    'seen', coalesce(before.revision, 0) || ':' || digest,
    'nothing_changed', digest is not distinct from before.digest,
    'figures', (select count(*) from pg_temp.to_publish as c where c.is_shown),
    'hidden', (select count(*) from pg_temp.to_publish as c where not c.is_shown),
    -- Against the revision before: how many cells are other, new, or not shown any more.
    'changes', case when before.id is not null then (
      select jsonb_build_object(
        'changed', count(*) filter (where c.is_shown and f.is_shown and (c.persons, c.s1, c.s2, c.s3, c.s4, c.s5, c.s6, c.choices)
          is distinct from (f.persons, f.s1, f.s2, f.s3, f.s4, f.s5, f.s6, f.choices)),
        'added', count(*) filter (where c.is_shown and f.is_shown is not true),
        'hidden', count(*) filter (where c.is_shown is not true and f.is_shown))
      from pg_temp.to_publish as c
      full join (select * from private.published_figures as g where g.publication_id = before.id) as f using (unit_id, subject)) end,
    'excluded', (select coalesce(max(u.excluded), 0) from pg_temp.units_to_publish as u where u.unit_id = p_organisation),
    'rates', (
      select coalesce(jsonb_agg(jsonb_build_object('unit_id', u.unit_id, 'answered', u.answered, 'served', u.served)), '[]')
      from pg_temp.units_to_publish as u where u.served is not null),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.unit_id, 'parent_id', u.parent_id, 'names', u.names, 'kind', u.kind, 'depth', u.depth,
        'order', u.place, 'receives', u.receives, 'decides', u.decides) order by u.place), '[]')
      from pg_temp.units_to_publish as u),
    'cells', (
      select coalesce(jsonb_agg(private.published_cell((null, c.unit_id, c.subject, c.is_shown, c.persons, c.others,
        c.s1, c.s2, c.s3, c.s4, c.s5, c.s6, c.choices)::private.published_figures, p_organisation, p_period)), '[]')
      from pg_temp.to_publish as c where c.subject like 'measure:%'));
end
$$;
comment on function public.preview_publication is
  'What publish_period() would publish now, and "seen" to publish exactly that; for leaders of the whole organisation: PT409 period_running, PT422 unknown_period';
grant execute on function public.preview_publication(uuid, text) to authenticated;
