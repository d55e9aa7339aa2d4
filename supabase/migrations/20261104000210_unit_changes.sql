-- What administrators do to the units of their subtree: add, change, move, close, remove, merge, split.
-- Closing keeps everything: the tree stays as it was for the figures of the past, results stay with their unit.

create function private.unit_card(p_unit uuid)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', u.id, 'names', u.names, 'kind', u.kind, 'code', u.code, 'sort', u.sort, 'revision', u.revision,
    'valid_from', u.valid_from, 'valid_to', u.valid_to, 'closed_reason', u.closed_reason, 'is_root', u.id = u.organisation_id,
    'parent', (select jsonb_build_object('id', above.id, 'names', above.names) from public.units as above where above.id = u.parent_id))
  from public.units as u where u.id = p_unit
$$;
comment on function private.unit_card is 'A unit as its set-up pages show it, and as an editor reads it whose edit came too late';

create function private.unit_of(p_unit uuid)
returns public.units
language plpgsql
stable
set search_path = ''
as $$
declare
  here public.units;
begin
  select * into here from public.units where id = p_unit;
  if not found then
    perform private.fail('404', 'unknown_unit', 'there is no such unit');
  end if;
  perform private.require_role(p_unit, array['administrator']);
  return here;
end
$$;
comment on function private.unit_of is 'The unit, for an administrator of it: PT404 unknown_unit, PT401, PT403';

create function public.save_unit(p_unit uuid, p_values jsonb, p_seen integer default null)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_values);
  here public.units;
begin
  if p_unit is null then
    here := private.unit_of((asked ->> 'parent_id')::uuid);
  else
    here := private.unit_of(p_unit);
    perform private.one_at_a_time(here.organisation_id);
    perform private.require_revision(p_seen, (select revision from public.units where id = p_unit), private.unit_card(p_unit));
    -- Moving has its own page.
    asked := asked - 'parent_id';
  end if;
  return private.put_unit(here.organisation_id, p_unit, asked);
end
$$;
comment on function public.save_unit is
  'Adds a unit under parent_id (p_unit null) or changes names, kind, code, sort of one; for administrators. PT409 changed_meanwhile unless p_seen is its revision, and what put_unit refuses';
grant execute on function public.save_unit(uuid, jsonb, integer) to authenticated;

create function public.move_unit(p_unit uuid, p_parent uuid, p_seen integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
begin
  perform private.unit_of(p_parent);
  perform private.one_at_a_time(here.organisation_id);
  perform private.require_revision(p_seen, (select revision from public.units where id = p_unit), private.unit_card(p_unit));
  perform private.put_unit(here.organisation_id, p_unit, jsonb_build_object('parent_id', p_parent));
end
$$;
comment on function public.move_unit is
  'Places a unit with all below it under another; figures of past periods keep the old place. For administrators of both. PT422 unit_cycle';
grant execute on function public.move_unit(uuid, uuid, integer) to authenticated;

-- Closing ------------------------------------------------------------------------------------------------------

create function private.require_free(p_unit uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if exists (select from public.service_points where unit_id = p_unit and is_active) then
    perform private.fail('409', 'unit_has_points', 'open service points stand at this unit');
  elsif exists (select from public.units where parent_id = p_unit and valid_to is null) then
    perform private.fail('409', 'unit_has_units', 'open units stand under this unit');
  elsif exists (select from public.procedure_groups where deciding_unit_id = p_unit)
    or exists (select from public.procedures where deciding_unit_id = p_unit)
    or exists (select from public.service_points where default_deciding_unit_id = p_unit and is_active) then
    perform private.fail('409', 'unit_decides', 'procedures or service points name this unit as the deciding one');
  end if;
end
$$;
comment on function private.require_free is 'PT409 unit_has_points, unit_has_units or unit_decides while something open depends on the unit';

create function private.end_unit(p_unit uuid, p_on date, p_reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  here public.units;
  reason text := nullif(btrim(p_reason, E' \t\r\n'), '');
begin
  select * into here from public.units where id = p_unit;
  if here.id = here.organisation_id then
    perform private.refuse('409', 'root_unit', 'form', 'the organisation itself is not closed');
  elsif here.valid_to is not null then
    perform private.refuse('409', 'unit_closed', 'form', 'this unit is closed already');
  elsif reason is null then
    perform private.refuse('422', 'reason_missing', 'reason', 'closing needs a reason');
  elsif char_length(reason) > 500 then
    perform private.refuse('422', 'text_too_long', 'reason', 'a reason is too long');
  elsif p_on is null or p_on > private.today() or p_on < here.valid_from then
    perform private.refuse('422', 'impossible_date', 'on', 'a unit is closed today or on a day before, not before it began');
  elsif exists (
    select from private.response_counts as r join public.service_points as p on p.id = r.service_point_id
    where p.unit_id = p_unit and r.day > p_on
  ) then
    perform private.refuse('422', 'answers_after', 'on', 'the unit has answers of later days');
  end if;
  perform private.require_free(p_unit);
  update public.units set valid_to = p_on, closed_reason = reason where id = p_unit;
  update public.invitations set revoked_at = now() where unit_id = p_unit and accepted_at is null and revoked_at is null;
  update public.members set ended_at = now() where unit_id = p_unit and ended_at is null;
end
$$;
comment on function private.end_unit is
  'Closes a unit that nothing open depends on; memberships and invitations there end, results and tree stay';

create function public.close_unit(p_unit uuid, p_on text, p_reason text, p_seen integer)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
begin
  perform private.one_at_a_time(here.organisation_id);
  perform private.require_revision(p_seen, (select revision from public.units where id = p_unit), private.unit_card(p_unit));
  perform private.end_unit(p_unit, private.checked_day(coalesce(p_on, ''), 'on'), p_reason);
end
$$;
comment on function public.close_unit is
  'Closes a unit on a day up to today, with a reason; for administrators. PT409 unit_has_points, unit_has_units, unit_decides, root_unit, unit_closed, PT422 reason_missing, impossible_date, answers_after';
grant execute on function public.close_unit(uuid, text, text, integer) to authenticated;

create function public.reopen_unit(p_unit uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
begin
  perform private.one_at_a_time(here.organisation_id);
  if exists (select from public.unit_successions where predecessor_id = p_unit) then
    perform private.fail('409', 'unit_in_use', 'another unit has followed this one');
  end if;
  perform private.require_unit(here.organisation_id, here.parent_id, 'form');
  update public.units set valid_to = null, closed_reason = null where id = p_unit and valid_to is not null;
end
$$;
comment on function public.reopen_unit is
  'Takes a closing back; memberships that ended with it stay ended. PT409 unit_in_use after a merger or split, unit_closed when the unit above is closed';
grant execute on function public.reopen_unit(uuid) to authenticated;

create function public.remove_unit(p_unit uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
begin
  perform private.one_at_a_time(here.organisation_id);
  if here.id = here.organisation_id then
    perform private.fail('409', 'root_unit', 'the organisation itself is not removed');
  elsif not private.is_unused(p_unit) then
    perform private.fail('409', 'unit_in_use', 'answers, points, people or other units belong to this unit: close it instead');
  end if;
  delete from public.invitations where unit_id = p_unit;
  delete from private.figures where unit_id = p_unit;
  delete from public.units where id = p_unit;
exception when foreign_key_violation then
  perform private.fail('409', 'unit_in_use', 'something refers to this unit: close it instead');
end
$$;
comment on function public.remove_unit is 'Deletes a unit that was added by mistake: nothing may ever have belonged to it. PT409 unit_in_use, root_unit';
grant execute on function public.remove_unit(uuid) to authenticated;

create function private.is_unused(p_unit uuid)
returns boolean
language sql
stable
set search_path = ''
as $$
  select not exists (select from public.service_points where unit_id = p_unit or default_deciding_unit_id = p_unit)
    and not exists (select from public.units where parent_id = p_unit)
    and not exists (select from public.members where unit_id = p_unit)
    and not exists (select from public.procedure_groups where deciding_unit_id = p_unit)
    and not exists (select from public.procedures where deciding_unit_id = p_unit)
    and not exists (select from public.unit_successions where p_unit in (predecessor_id, successor_id))
    and not exists (select from private.strata where receiving_unit_id = p_unit or deciding_unit_id = p_unit)
$$;
comment on function private.is_unused is 'Whether nothing has ever belonged to the unit';

-- Merging and splitting --------------------------------------------------------------------------------------

create function private.follow_unit(p_old uuid, p_successors uuid[], p_places jsonb, p_on date, p_reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
  house uuid := (select organisation_id from public.units where id = p_old);
  lone uuid := case when cardinality(p_successors) = 1 then p_successors[1] end;
begin
  if exists (
    select from public.unit_tree where ancestor_id = p_old and descendant_id = any (p_successors) and valid_to is null
  ) then
    perform private.fail('422', 'successor_inside', 'the successor stands under the unit it follows: move it first');
  end if;
  if lone is null and exists (
    select from (
      select id from public.service_points where unit_id = p_old and is_active
      union all select id from public.units where parent_id = p_old and valid_to is null
      union all select id from public.procedure_groups where deciding_unit_id = p_old
    ) as left_over
    where not coalesce((p_places ->> left_over.id::text)::uuid = any (p_successors), false)
  ) then
    perform private.fail('422', 'place_missing', 'every open point, unit and procedure group goes to one of the successors');
  end if;
  update public.units set parent_id = coalesce(lone, (p_places ->> id::text)::uuid)
  where parent_id = p_old and valid_to is null and id <> all (p_successors);
  update public.service_points set unit_id = coalesce(lone, (p_places ->> id::text)::uuid)
  where unit_id = p_old and is_active;
  update public.procedure_groups set deciding_unit_id = coalesce(lone, (p_places ->> id::text)::uuid)
  where deciding_unit_id = p_old;
  update public.procedures as p set deciding_unit_id = coalesce(lone,
    (select g.deciding_unit_id from public.procedure_groups as g where g.id = p.procedure_group_id and g.deciding_unit_id = any (p_successors)),
    p_successors[1])
  where p.deciding_unit_id = p_old;
  update public.service_points set default_deciding_unit_id =
    case when unit_id = any (p_successors) then unit_id else p_successors[1] end
  where default_deciding_unit_id = p_old;
  -- Whoever worked at the old unit works at what follows it.
  insert into public.members (person_id, organisation_id, unit_id, role)
  select m.person_id, house, s.id, m.role from public.members as m cross join unnest(p_successors) as s (id)
  where m.unit_id = p_old and m.ended_at is null
  on conflict do nothing;
  insert into public.unit_successions (organisation_id, predecessor_id, successor_id, on_day)
  select house, p_old, s.id, p_on from unnest(p_successors) as s (id);
  perform private.end_unit(p_old, p_on, p_reason);
end
$$;
comment on function private.follow_unit is
  'Closes a unit in favour of its successors: its open points, units, procedure groups and people go to them, its results stay. With several successors p_places says which thing goes where';

create function public.merge_units(p_values jsonb)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_values);
  old_units uuid[] := array(select distinct id::uuid from jsonb_array_elements_text(asked -> 'units') as u (id));
  successor uuid := (asked ->> 'successor_id')::uuid;
  ends_on date := private.checked_day(coalesce(asked ->> 'on', ''), 'on');
  house uuid;
  old uuid;
begin
  old_units := array_remove(old_units, successor);
  foreach old in array old_units loop
    house := (private.unit_of(old)).organisation_id;
  end loop;
  if cardinality(old_units) + (successor is not null)::integer < 2 then
    perform private.refuse('422', 'too_few_units', 'unit_2', 'a merger takes at least two units');
  end if;
  perform private.one_at_a_time(house);
  if successor is null then
    perform private.unit_of((asked ->> 'parent_id')::uuid);
    if (asked ->> 'parent_id')::uuid = any (old_units) then
      perform private.refuse('422', 'successor_inside', 'parent_id', 'the new unit cannot stand under one that is merged');
    end if;
    successor := private.put_unit(house, null, asked || jsonb_build_object('valid_from', ends_on));
  else
    perform private.unit_of(successor);
    perform private.require_unit(house, successor, 'successor_id');
  end if;
  foreach old in array old_units loop
    perform private.follow_unit(old, array[successor], '{}', ends_on, asked ->> 'reason');
  end loop;
  return successor;
end
$$;
comment on function public.merge_units is
  'Merges units into an open one (successor_id) or a new one (names, kind, code, parent_id), on a day up to today (on), with a reason; returns the successor. For administrators of all of them. PT422 too_few_units, successor_inside, and what closing refuses';
grant execute on function public.merge_units(jsonb) to authenticated;

create function public.split_unit(p_unit uuid, p_values jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
  asked jsonb := private.unwrapped(p_values);
  ends_on date := private.checked_day(coalesce(asked ->> 'on', ''), 'on');
  successors uuid[] := '{}';
  part jsonb;
  places jsonb;
begin
  perform private.one_at_a_time(here.organisation_id);
  if here.parent_id is null then
    perform private.refuse('409', 'root_unit', 'form', 'the organisation itself is not split');
  end if;
  perform private.unit_of(here.parent_id);
  for part in select value from jsonb_array_elements(asked -> 'parts') loop
    if part ->> 'id' is not null then
      perform private.unit_of((part ->> 'id')::uuid);
      perform private.require_unit(here.organisation_id, (part ->> 'id')::uuid, 'parts');
      successors := successors || (part ->> 'id')::uuid;
    else
      successors := successors || private.put_unit(here.organisation_id, null, jsonb_build_object(
        'names', part -> 'names', 'kind', coalesce(part ->> 'kind', here.kind), 'code', part ->> 'code',
        'parent_id', here.parent_id, 'sort', here.sort, 'valid_from', ends_on));
    end if;
  end loop;
  if cardinality(successors) < 2 or cardinality(successors) > 12 then
    perform private.refuse('422', 'too_few_units', 'part_1', 'a unit is split into two to twelve parts');
  end if;
  -- places: thing → number of the part, counted from 0.
  select coalesce(jsonb_object_agg(p.key, successors[p.value::integer + 1]), '{}') into places
  from jsonb_each_text(asked -> 'places') as p where p.value ~ '^\d{1,2}$';
  perform private.follow_unit(p_unit, successors, places, ends_on, asked ->> 'reason');
  return to_jsonb(successors);
end
$$;
comment on function public.split_unit is
  'Splits a unit into parts (new ones beside it: names, kind, code; or open ones: id) on a day up to today (on), with a reason; places says which open point, unit and procedure group goes to which part. PT422 too_few_units, place_missing, successor_inside, and what closing refuses';
grant execute on function public.split_unit(uuid, jsonb) to authenticated;
