-- What would help most: the items of a unit beside those of its peers, how much each weighs in its dimension, and
-- how it goes with overall satisfaction.
--
-- Persons who rated an item and S0 are nearly those who rated the item: the difference of the two would often be one
-- person's answer. The sums behind an association are therefore never let out. It is told to a tenth, from 30 persons
-- on; the weight to a thousandth, and that knows only which items were rated, not how (decision 022).

create function private.associations(p_organisation uuid, p_period text, p_unit uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with part as (
    select substr(f.subject, 13) as item, f.persons as n, f.is_shown,
      -- The measure of an item: B1 counts in B, B0 is a measure of its own.
      f.s1::float8 / nullif(sum(f.s1) over same, 0)::float8 as weight, bool_and(f.is_shown) over same as all_shown,
      -- One person is added to each of the four combinations: two at 0 and two at 1 on both sides (design 5).
      f.persons + 4 as m,
      (f.s2::float8 / 1e6 + 2) / (f.persons + 4) as p, (f.s4::float8 / 1e6 + 2) / (f.persons + 4) as q,
      (f.s3::float8 / 1e12 + 1) / (f.persons + 4) as both_
    from private.figures as f
    where f.organisation_id = p_organisation and f.period = p_period and f.cross_kind = 'none' and f.unit_id = p_unit
      and f.subject like 'association:%'
    window same as (partition by case when f.subject ~ '^association:([A-Z]0|E1)$' then f.subject else left(f.subject, 13) end)
  ),
  table_ as (
    select part.*, sqrt(p * (1 - p) * q * (1 - q)) as spread from part
  ),
  found as (
    select t.*, (both_ - p * q) / spread as phi from table_ as t
  ),
  errors as (
    -- Large-sample variance of phi (Bishop, Fienberg and Holland 1975, 11.3).
    select f.*, sqrt(greatest(0, (1 - phi ^ 2
      + phi * (1 + phi ^ 2 / 2) * (1 - 2 * p) * (1 - 2 * q) / spread
      - 0.75 * phi ^ 2 * ((1 - 2 * p) ^ 2 / (p * (1 - p)) + (1 - 2 * q) ^ 2 / (q * (1 - q)))) / m)) as error
    from found as f
  )
  select coalesce(jsonb_agg(jsonb_build_object('item', item,
      'weight', case when all_shown then round(weight * 1000) end,
      'phi', case when is_shown and n >= 30 then round(phi * 10) end,
      'low', case when is_shown and n >= 30 then greatest(-10, floor((phi - 1.959963984540054 * error) * 10)) end,
      'high', case when is_shown and n >= 30 then least(10, ceil((phi + 1.959963984540054 * error) * 10)) end) order by item), '[]')
  from errors
$$;
comment on function private.associations is
  'Per item of a unit: its weight in its dimension in thousandths, and the phi coefficient of "item satisfied" with "S0 satisfied" in tenths with its 95 % interval, rounded outwards; null where nothing may be told';

create function private.peers_of(p_unit public.units)
returns setof uuid
language sql
stable
set search_path = ''
as $$
  select u.id
  from public.units as u
  where u.organisation_id = p_unit.organisation_id and u.kind = p_unit.kind and u.valid_to is null and u.id <> p_unit.id
    -- Not above or below it; of nested ones the upper, so that nobody is counted twice.
    and not exists (
      select from public.unit_tree as t
      join public.units as other on other.id = t.ancestor_id and other.kind = p_unit.kind
      where t.valid_to is null and t.depth > 0 and t.descendant_id = u.id)
    and not exists (
      select from public.unit_tree as t
      where t.valid_to is null and t.depth > 0 and t.ancestor_id = u.id and t.descendant_id = p_unit.id)
$$;
comment on function private.peers_of is 'Units of the same kind, apart from each other and from the unit itself';

create function private.peer_items(p_unit public.units, p_period text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  with shown as (
    select substr(f.subject, 6) as item, f.unit_id, f.persons, f.s4 + f.s5 as satisfied
    from private.peers_of(p_unit) as peer
    join private.figures as f on f.organisation_id = p_unit.organisation_id and f.period = p_period and f.cross_kind = 'none'
      and f.unit_id = peer and f.subject like 'item:%' and f.is_shown and f.persons >= 30
  ),
  pooled as (
    select item, count(*) as units, sum(persons) as persons, sum(satisfied) as satisfied
    from shown
    group by item
    -- One peer alone is that peer's figure: for those who may read it.
    having count(*) > 1 or bool_and(private.has_role(unit_id, array['analyst', 'leader']))
  ),
  -- Without peers the rest of the organisation stands in for them.
  rest as (
    select substr(f.subject, 6) as item, whole.persons - f.persons as persons, whole.s4 + whole.s5 - f.s4 - f.s5 as satisfied
    from private.figures as f
    join private.figures as whole on whole.organisation_id = f.organisation_id and whole.period = f.period and whole.cross_kind = 'none'
      and whole.unit_id = f.organisation_id and whole.subject = f.subject and whole.is_shown
    where f.organisation_id = p_unit.organisation_id and f.period = p_period and f.cross_kind = 'none' and f.unit_id = p_unit.id
      and f.subject like 'item:%' and f.is_shown and whole.persons - f.persons >= 30
      and not exists (select from shown)
  )
  select jsonb_build_object('kind', p_unit.kind, 'units', coalesce((select max(units) from pooled), 0), 'items', (
    select coalesce(jsonb_agg(jsonb_build_object('item', item, 'persons', persons, 'satisfied', satisfied::float8) order by item), '[]')
    from (select item, persons, satisfied from pooled union all select item, persons, satisfied from rest) as found))
$$;
comment on function private.peer_items is
  'How the peers of a unit were rated together, per item, from peers shown in full; without any (units 0) the rest of the organisation';

create function public.office_help(p_unit uuid, p_period text default null)
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
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  select * into here from public.units where id = p_unit;
  select * into house from public.organisations where id = here.organisation_id;
  frame := private.office_period(here.organisation_id, p_period);
  code := frame -> 'period' ->> 'code';
  return frame || jsonb_build_object(
    'organisation', jsonb_build_object('id', house.id, 'names', house.names, 'is_demo', house.is_demo),
    'unit', jsonb_build_object('id', here.id, 'names', here.names),
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place), '[]')
      from private.compared_units(p_unit) as t join public.units as u on u.id = t.unit_id),
    'items', private.items_of(here, code),
    'item_texts', private.item_texts(here.organisation_id),
    'peers', private.peer_items(here, code),
    'associations', private.associations(here.organisation_id, code, p_unit));
end
$$;
comment on function public.office_help is
  'Items of a unit beside its peers, their weight in the dimension and their association with S0, for a listed period (default: the running quarter): analysts and leaders. PT403 not_allowed, PT422 unknown_period';
grant execute on function public.office_help(uuid, text) to authenticated;
