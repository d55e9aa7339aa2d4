-- Comparing units: what analysts and leaders of a subtree read. The same figures and the same suppression as
-- everywhere; which unit differs from its peers is told in src/lib/scoring/peers.ts.

-- A crossing narrows every figure of the page to one part: "pool:verified", "channel:kiosk", "group:<id>".
create function public.office_comparison(
  p_unit uuid, p_period text default null, p_before text default null, p_cross text default null)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.units;
  house public.organisations;
  frame jsonb;
  code text;
  before_code text;
  parts jsonb;
  part_kind text := 'none';
  part_value text := '';
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  select * into house from public.organisations where id = here.organisation_id;
  frame := private.office_period(here.organisation_id, p_period);
  code := frame -> 'period' ->> 'code';
  before_code := coalesce(p_before, frame -> 'before' ->> 'code');
  if p_before is not null then
    frame := frame || jsonb_build_object('before', (
      select entry from jsonb_array_elements(frame -> 'periods') as entry where entry ->> 'code' = p_before));
    if frame -> 'before' = 'null' then
      perform private.fail('422', 'unknown_period', 'there are no answers in this period');
    end if;
  end if;
  parts := private.crossings_of(here, code);
  -- What cannot be had, a part that is not shown or a period that is not closed, leaves the whole.
  if exists (select from jsonb_array_elements(parts) as part where part ->> 'kind' || ':' || (part ->> 'value') = p_cross) then
    part_kind := split_part(p_cross, ':', 1);
    part_value := split_part(p_cross, ':', 2);
  end if;
  return frame || jsonb_build_object(
    'cross', case when part_kind <> 'none' then p_cross end,
    'crossings', parts,
    'versions', private.versions_behind(here, 'S0', array[code]),
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'items', private.items_of(here, code, part_kind, part_value),
    'item_texts', private.item_texts(here.organisation_id),
    'settings', private.comparison_settings(p_unit, code),
    'excluded', case when code is null then 0 else private.excluded_in(p_unit, code) end,
    'rates', case when code is null then '[]' else private.rates_of(here.organisation_id, code, p_unit) end
  ) || (
    with compared as materialized (select * from private.compared_units(p_unit)),
    found as materialized (
      select f.period, private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id) as cell
      from compared as t
      join private.figures as f on f.organisation_id = here.organisation_id and f.period in (code, before_code)
        and f.cross_kind = part_kind and f.unit_id = t.unit_id and f.subject like 'measure:%' and f.cross_value = part_value),
    -- Answers with a one-time code: the only ones that are ranked.
    verified as (
      select private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id) as cell
      from compared as t
      join private.figures as f on f.organisation_id = here.organisation_id and f.period = code
        and f.cross_kind = 'pool' and f.unit_id = t.unit_id and f.subject like 'measure:%' and f.cross_value = 'verified'
      where f.is_shown)
    select jsonb_build_object(
      'units', (
        select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'parent_id', u.parent_id, 'names', u.names, 'kind', u.kind,
          'depth', t.depth) order by t.place), '[]')
        from compared as t join public.units as u on u.id = t.unit_id),
      'cells', (select coalesce(jsonb_agg(cell), '[]') from found where period = code),
      'earlier', (select coalesce(jsonb_agg(cell), '[]') from found where period = before_code),
      'verified', (select coalesce(jsonb_agg(cell), '[]') from verified)));
end
$$;

create function private.compared_units(p_unit uuid)
returns table (unit_id uuid, depth integer, place bigint)
language sql
stable
set search_path = ''
as $$ select t.unit_id, t.depth, t.place from private.units_in_order(p_unit) as t order by t.place limit 400 $$;
comment on function private.compared_units is 'The units of one comparison: the first 400 of a subtree in its own order';

create function private.crossings_of(p_unit public.units, p_period text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('kind', f.cross_kind, 'value', f.cross_value, 'names',
    case f.cross_kind
      when 'version' then (
        select q.names from public.questionnaire_versions as v join public.questionnaires as q on q.id = v.questionnaire_id where v.id::text = f.cross_value)
      when 'group' then (select g.names from public.procedure_groups as g where g.id::text = f.cross_value)
    end,
    'number', case f.cross_kind when 'version' then (select v.number from public.questionnaire_versions as v where v.id::text = f.cross_value) end)
    order by f.cross_kind, f.cross_value), '[]')
  from private.figures as f
  where f.organisation_id = p_unit.organisation_id and f.period = p_period and f.cross_kind in ('pool', 'channel', 'version', 'group')
    and f.unit_id = p_unit.id and f.subject = 'measure:S0' and f.is_shown
$$;
comment on function private.crossings_of is 'Parts of a unit''s answers that can be looked at alone: the listed crossings with a shown S0; none while the period runs';

comment on function public.office_comparison is
  'Figures of a unit and all below it for a listed period (default: the running quarter) and one to compare with (default: the one before), of all answers or one crossing: analysts and leaders. PT403 not_allowed, PT422 unknown_period';
grant execute on function public.office_comparison(uuid, text, text, text) to authenticated;
