-- Comparing units: what analysts and leaders of a subtree read. The same figures and the same suppression as
-- everywhere; which unit differs from its peers is told in src/lib/scoring/peers.ts.

create function public.office_comparison(p_unit uuid, p_period text default null, p_before text default null)
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
  return frame || jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'scheme', house.scheme,
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'items', private.unit_figures(here, code) -> 'items',
    'item_texts', private.item_texts(here.organisation_id),
    'excluded', case when code is null then 0 else private.excluded_in(p_unit, code) end,
    'rates', case when code is null then '[]' else private.rates_of(here.organisation_id, code, p_unit) end
  ) || (
    with compared as materialized (select * from private.compared_units(p_unit)),
    found as materialized (
      select f.period, private.public_cell(f) || jsonb_build_object('unit_id', f.unit_id) as cell
      from compared as t
      join private.figures as f on f.organisation_id = here.organisation_id and f.period in (code, before_code)
        and f.cross_kind = 'none' and f.unit_id = t.unit_id and f.subject like 'measure:%')
    select jsonb_build_object(
      'units', (
        select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'parent_id', u.parent_id, 'names', u.names, 'kind', u.kind,
          'depth', t.depth) order by t.place), '[]')
        from compared as t join public.units as u on u.id = t.unit_id),
      'cells', (select coalesce(jsonb_agg(cell), '[]') from found where period = code),
      'earlier', (select coalesce(jsonb_agg(cell), '[]') from found where period = before_code)));
end
$$;

create function private.compared_units(p_unit uuid)
returns table (unit_id uuid, depth integer, place bigint)
language sql
stable
set search_path = ''
as $$ select t.unit_id, t.depth, t.place from private.units_in_order(p_unit) as t order by t.place limit 400 $$;
comment on function private.compared_units is 'The units of one comparison: the first 400 of a subtree in its own order';

comment on function public.office_comparison is
  'Figures of a unit and all below it for a listed period (default: the running quarter) and one to compare with (default: the one before): analysts and leaders. PT403 not_allowed, PT422 unknown_period';
grant execute on function public.office_comparison(uuid, text, text) to authenticated;
