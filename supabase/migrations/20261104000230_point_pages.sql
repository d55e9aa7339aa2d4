-- Service points on their set-up pages: lists, one point, many at once, a new token, the monthly check of the codes.

create function private.refuse_token(p_token text)
returns void
language plpgsql
stable
set search_path = ''
as $$
declare
  old public.replaced_tokens;
begin
  select * into old from public.replaced_tokens where token = p_token;
  if not found then
    perform private.fail('404', 'unknown_token', 'no service point has this token');
  end if;
  perform private.fail('410', 'token_replaced', 'this code was replaced by another', (
    select jsonb_build_object('phone', o.phone, 'unit', u.names)
    from public.service_points as p
    join public.units as u on u.id = p.unit_id
    join public.organisations as o on o.id = p.organisation_id
    where p.id = old.service_point_id)::text);
end
$$;
comment on function private.refuse_token is 'PT410 token_replaced for a token that was one of ours, PT404 unknown_token for any other; never names the new one, which hangs at the counter';

create function private.this_month()
returns date
language sql
stable
set search_path = ''
as $$ select date_trunc('month', private.today())::date $$;
comment on function private.this_month is 'First day of the calendar month: codes are checked once in each';

create function private.point_card(p_point uuid)
returns jsonb
-- Not SQL: the column questionnaire_id comes with the next migration.
language plpgsql
stable
set search_path = ''
as $$
begin
  return (select jsonb_build_object('id', p.id, 'token', p.token, 'labels', p.labels, 'code', p.code, 'kind', p.kind, 'moment', p.moment,
    'wording', p.wording, 'scope_line', p.scope_line, 'staffed_by', p.staffed_by, 'offers_paper', p.offers_paper,
    'is_active', p.is_active, 'inactive_reason', p.inactive_reason, 'revision', p.revision, 'questionnaire_id', p.questionnaire_id,
    'staff', (select jsonb_build_object('id', s.id, 'name', s.name) from public.people as s where s.id = p.staff_person_id),
    'unit', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = p.unit_id),
    'decides', (select jsonb_build_object('id', u.id, 'names', u.names) from public.units as u where u.id = p.default_deciding_unit_id),
    'questionnaire', (
      select jsonb_build_object('names', q.names, 'version', v.number)
      from public.questionnaire_versions as v join public.questionnaires as q on q.id = v.questionnaire_id where v.id = p.version_id),
    'groups', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'names', g.names) order by s.position)
      from public.service_point_groups as s join public.procedure_groups as g on g.id = s.procedure_group_id
      where s.service_point_id = p.id), '[]'))
  from public.service_points as p where p.id = p_point);
end
$$;
comment on function private.point_card is 'A service point as its set-up pages show it, and as an editor reads it whose edit came too late';

create function private.point_of(p_point uuid)
returns public.service_points
language plpgsql
stable
set search_path = ''
as $$
declare
  here public.service_points;
begin
  select * into here from public.service_points where id = p_point;
  if not found then
    perform private.fail('404', 'unknown_point', 'there is no such service point');
  end if;
  perform private.require_role(here.unit_id, array['administrator']);
  return here;
end
$$;
comment on function private.point_of is 'The service point, for an administrator of its unit: PT404 unknown_point, PT401, PT403';

create function public.list_points(p_unit uuid, p_search text default null, p_show text default 'all', p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
set plan_cache_mode = 'force_custom_plan'
as $$
declare
  wanted text[] := private.like_all(p_search);
  result jsonb;
begin
  perform private.require_role(p_unit, array['administrator']);
  with reached as materialized (
    select p.*, u.names as unit_names, u.sort as unit_sort, c.checked_on, who.name as checked_by
    from public.unit_tree as t
    join public.units as u on u.id = t.descendant_id
    join public.service_points as p on p.unit_id = u.id
    left join public.point_checks as c on c.service_point_id = p.id and c.month = private.this_month()
    left join public.people as who on who.id = c.person_id
    where t.ancestor_id = p_unit and t.valid_to is null
  ),
  found as (
    select * from reached
    where case p_show when 'unchecked' then is_active and checked_on is null when 'off' then not is_active else true end
      and (wanted = '{}' or token = upper(btrim(p_search))
        or private.folded(concat_ws(' ', labels ->> 'vi', code, unit_names ->> 'vi')) like all (wanted))
  ),
  shown as (
    select * from found
    -- Quầy 2 before Quầy 10.
    order by unit_sort, unit_names ->> 'vi', unit_id, regexp_replace(labels ->> 'vi', '\d.*$', ''),
      coalesce(nullif(substring(labels ->> 'vi' from '\d{1,9}'), ''), '0')::integer, labels ->> 'vi', id
    offset greatest(p_offset, 0) limit 50
  )
  select jsonb_build_object(
    'total', (select count(*) from found),
    'open', (select count(*) from reached where is_active),
    'off', (select count(*) from reached where not is_active),
    'unchecked', (select count(*) from reached where is_active and checked_on is null),
    'points', coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'token', s.token, 'labels', s.labels, 'code', s.code,
      'kind', s.kind, 'moment', s.moment, 'staffed_by', s.staffed_by, 'is_active', s.is_active, 'inactive_reason', s.inactive_reason,
      'unit', jsonb_build_object('id', s.unit_id, 'names', s.unit_names), 'checked_on', s.checked_on, 'checked_by', s.checked_by))
      from shown as s), '[]'))
  into result;
  return result;
end
$$;
comment on function public.list_points is
  'Fifty service points of the subtree for its administrator, by unit and label, with this month''s check of the code; p_show: all, unchecked, off';
grant execute on function public.list_points(uuid, text, text, integer) to authenticated;

create function public.read_point(p_point uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  here public.service_points := private.point_of(p_point);
begin
  return private.point_card(p_point) || jsonb_build_object(
    'replaced', coalesce((
      select jsonb_agg(jsonb_build_object('token', r.token, 'reason', r.reason,
        'on', (r.replaced_at at time zone 'Asia/Ho_Chi_Minh')::date) order by r.replaced_at desc)
      from public.replaced_tokens as r where r.service_point_id = p_point), '[]'),
    'checks', coalesce((
      select jsonb_agg(jsonb_build_object('month', c.month, 'on', c.checked_on, 'by', w.name) order by c.month desc)
      from (select * from public.point_checks where service_point_id = p_point order by month desc limit 6) as c
      left join public.people as w on w.id = c.person_id), '[]'),
    'checked', exists (
      select from public.point_checks where service_point_id = p_point and month = private.this_month()),
    'has_answers', exists (select from private.strata where service_point_id = p_point),
    'is_demo', (select o.is_demo from public.organisations as o where o.id = here.organisation_id));
end
$$;
comment on function public.read_point is 'One service point for its administrator: everything that can be set, its replaced codes and the checks of the last months';
grant execute on function public.read_point(uuid) to authenticated;

create function public.point_choices(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid;
begin
  perform private.require_role(p_unit, array['administrator']);
  select u.organisation_id into house from public.units as u where u.id = p_unit;
  return jsonb_build_object(
    'groups', coalesce((
      select jsonb_agg(jsonb_build_object('id', g.id, 'code', g.code, 'names', g.names,
        'unit', (select u.names from public.units as u where u.id = g.deciding_unit_id)) order by g.code)
      from public.procedure_groups as g where g.organisation_id = house), '[]'),
    'questionnaires', coalesce((
      select jsonb_agg(jsonb_build_object('id', q.id, 'names', q.names) order by q.names ->> 'vi')
      from public.questionnaires as q
      where q.organisation_id = house and private.newest_version(q.id) is not null), '[]'),
    'inherited', (select q.names from public.questionnaires as q where q.id = private.questionnaire_in_force(p_unit)),
    -- Who works in the subtree: an administrator reads these people anyway (list_members).
    'people', coalesce((
      select jsonb_agg(jsonb_build_object('id', w.id, 'name', w.name) order by w.name, w.id)
      from (
        select distinct p.id, p.name
        from public.unit_tree as t
        join public.members as m on m.unit_id = t.descendant_id and m.ended_at is null
        join public.people as p on p.id = m.person_id
        where t.ancestor_id = p_unit and t.valid_to is null
        order by p.name limit 300
      ) as w), '[]'),
    'wording', (select case when kind in ('gate', 'yard') then 'gate' else 'one_stop' end from public.units where id = p_unit),
    'gate_line', private.gate_scope_line(p_unit));
end
$$;
comment on function public.point_choices is
  'What the form of a service point offers at this unit: procedure groups, published questionnaires and the inherited one, people, the scope line of gates';
grant execute on function public.point_choices(uuid) to authenticated;

create function public.save_point(p_point uuid, p_values jsonb, p_seen integer)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.service_points := private.point_of(p_point);
  asked jsonb := private.unwrapped(p_values);
begin
  if asked ->> 'unit_id' is not null and (asked ->> 'unit_id')::uuid <> here.unit_id then
    perform private.unit_of((asked ->> 'unit_id')::uuid);
  end if;
  perform private.one_at_a_time(here.organisation_id);
  perform private.require_revision(p_seen, (select revision from public.service_points where id = p_point), private.point_card(p_point));
  return private.put_point(here.organisation_id, p_point, asked);
end
$$;
comment on function public.save_point is
  'Changes what p_values names of a service point; for administrators of its unit, and of the new one when it moves. PT409 changed_meanwhile unless p_seen is its revision, and what put_point refuses';
grant execute on function public.save_point(uuid, jsonb, integer) to authenticated;

create function public.add_points(p_unit uuid, p_batch jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.units := private.unit_of(p_unit);
  items jsonb := private.unwrapped(p_batch) -> 'items';
  item jsonb;
  made jsonb := '[]';
begin
  if jsonb_array_length(items) not between 1 and 100 then
    perform private.refuse('422', 'too_many_points', 'last', 'between one and a hundred points at once');
  end if;
  for item in select value from jsonb_array_elements(items) loop
    made := made || to_jsonb(private.put_point(here.organisation_id, null, item || jsonb_build_object('unit_id', p_unit)));
  end loop;
  return made;
end
$$;
comment on function public.add_points is
  'Adds one service point or up to a hundred ({"items": […]}) to a unit, all or none; for its administrators. Refuses what put_point refuses';
grant execute on function public.add_points(uuid, jsonb) to authenticated;

create function public.replace_token(p_point uuid, p_reason text default null)
returns text
language plpgsql
security definer
set search_path = ''
as $$
declare
  here public.service_points := private.point_of(p_point);
  fresh text := private.new_token();
  reason text := nullif(btrim(p_reason, E' \t\r\n'), '');
begin
  if char_length(reason) > 500 then
    perform private.refuse('422', 'text_too_long', 'reason', 'a reason is too long');
  end if;
  perform private.one_at_a_time(here.organisation_id);
  select * into here from public.service_points where id = p_point;
  insert into public.replaced_tokens (token, organisation_id, service_point_id, reason)
  values (here.token, here.organisation_id, here.id, reason);
  update public.service_points set token = fresh where id = p_point;
  return fresh;
end
$$;
comment on function public.replace_token is
  'Gives a service point a new token; whoever scans the old code is told that it was replaced. For administrators of its unit';
grant execute on function public.replace_token(uuid, text) to authenticated;

create function public.check_points(p_unit uuid, p_batch jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  wanted uuid[] := array(
    select distinct id::uuid from jsonb_array_elements_text(private.unwrapped(p_batch) -> 'items') as i (id));
  point uuid;
  marked integer;
begin
  perform private.require_role(p_unit, array['administrator']);
  foreach point in array wanted loop
    perform private.point_of(point);
  end loop;
  insert into public.point_checks (organisation_id, service_point_id, month, person_id)
  select p.organisation_id, p.id, private.this_month(), private.me()
  from public.service_points as p where p.id = any (wanted) and p.is_active
  on conflict (service_point_id, month) do nothing;
  get diagnostics marked = row_count;
  return marked;
end
$$;
comment on function public.check_points is
  'Notes that the caller has looked at the codes of these points ({"items": [id, …]}) this month; returns how many were new. For administrators';
grant execute on function public.check_points(uuid, jsonb) to authenticated;
