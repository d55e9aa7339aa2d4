-- What the office pages about people read: the members and open invitations of a subtree, its units, and the
-- audit log with its filters. One function per page, so that a page is one call and nothing is cut at max_rows.

create function private.units_in_order(p_unit uuid)
returns table (unit_id uuid, depth integer, place bigint)
language sql
stable
set search_path = ''
as $$
  with recursive walked as (
    select u.id, 0 as depth, array[u.names ->> 'vi'] as path
    from public.units as u where u.id = p_unit
    union all
    select u.id, w.depth + 1, w.path || (to_char(u.sort + 1000000000, '0000000000') || (u.names ->> 'vi'))
    from walked as w join public.units as u on u.parent_id = w.id and u.valid_to is null
  )
  select w.id, w.depth, row_number() over (order by w.path) from walked as w
$$;
comment on function private.units_in_order is 'The units of a subtree in the organisation''s own order: each before those below it';

create function public.list_members(p_unit uuid, p_search text default null, p_offset integer default 0)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := nullif(lower(btrim(p_search)), '');
  result jsonb;
begin
  perform private.require_role(p_unit, array['administrator', 'auditor']);
  with found as (
    select m.id, m.role, m.since, p.id as person_id, p.name, p.email, u.id as unit_id, u.names, t.place
    from private.units_in_order(p_unit) as t
    join public.members as m on m.unit_id = t.unit_id and m.ended_at is null
    join public.people as p on p.id = m.person_id
    join public.units as u on u.id = m.unit_id
    where (wanted is null or strpos(lower(p.name), wanted) > 0 or strpos(lower(p.email), wanted) > 0)
  )
  select jsonb_build_object(
    'total', (select count(*) from found),
    'members', coalesce((
      select jsonb_agg(jsonb_build_object('id', f.id, 'role', f.role, 'since', f.since,
        'person', jsonb_build_object('id', f.person_id, 'name', f.name, 'email', f.email),
        'unit', jsonb_build_object('id', f.unit_id, 'names', f.names)) order by f.place, f.name, f.role)
      from (select * from found order by place, name, role offset greatest(p_offset, 0) limit 50) as f), '[]'))
  into result;
  return result;
end
$$;
comment on function public.list_members is
  'Fifty members of the subtree of p_unit, by unit and name, and how many there are; for administrators and auditors';
grant execute on function public.list_members(uuid, text, integer) to authenticated;

create function public.list_invitations(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['administrator']);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', i.id, 'role', i.role, 'email', i.email, 'expires_at', i.expires_at,
      'expired', i.expires_at < now(), 'unit', jsonb_build_object('id', u.id, 'names', u.names),
      'mail', (select jsonb_build_object('attempts', o.attempts) from public.outbox as o
               where o.payload ->> 'invitation_id' = i.id::text limit 1)) order by i.created_at desc)
    from (
      select i.* from public.invitations as i
      join public.unit_tree as t on t.descendant_id = i.unit_id and t.ancestor_id = p_unit and t.valid_to is null
      where i.accepted_at is null and i.revoked_at is null
      order by i.created_at desc limit 200
    ) as i
    join public.units as u on u.id = i.unit_id), '[]');
end
$$;
comment on function public.list_invitations is
  'Invitations to the subtree that nobody has accepted; mail: attempts so far while the mail waits to be sent, null otherwise';
grant execute on function public.list_invitations(uuid) to authenticated;

create function public.read_member(p_member uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  held public.members;
begin
  select * into held from public.members where id = p_member and ended_at is null;
  if not found then
    perform private.fail('404', 'unknown_membership', 'there is no such membership');
  end if;
  perform private.require_role(held.unit_id, array['administrator']);
  return (
    select jsonb_build_object('id', held.id, 'role', held.role, 'since', held.since,
      'person', jsonb_build_object('id', p.id, 'name', p.name, 'email', p.email),
      'unit', jsonb_build_object('id', u.id, 'names', u.names),
      'colleagues', coalesce((
        select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email) order by c.name, c.email)
        from (
          select distinct q.id, q.name, q.email
          from public.members as m join public.people as q on q.id = m.person_id
          where m.organisation_id = held.organisation_id and m.ended_at is null and m.person_id <> held.person_id
            and private.has_role(m.unit_id, array['administrator'])
          limit 500
        ) as c), '[]'))
    from public.people as p, public.units as u where p.id = held.person_id and u.id = held.unit_id);
end
$$;
comment on function public.read_member is
  'One membership and the colleagues to whom it may be handed over; for an administrator of its unit';
grant execute on function public.read_member(uuid) to authenticated;

create function public.list_units(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform private.require_role(p_unit, array['administrator']);
  return coalesce((
    select jsonb_agg(jsonb_build_object('id', u.id, 'names', u.names, 'depth', t.depth) order by t.place)
    from private.units_in_order(p_unit) as t
    join public.units as u on u.id = t.unit_id), '[]');
end
$$;
comment on function public.list_units is 'The units of the subtree in tree order, p_unit first (depth 0): where an administrator may invite to';
grant execute on function public.list_units(uuid) to authenticated;

create function public.read_audit_log(
  p_unit uuid, p_person text default null, p_action text default null, p_record_type text default null,
  p_from date default null, p_to date default null, p_before bigint default null
)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  wanted text := nullif(lower(btrim(p_person)), '');
  reach uuid[];
  house uuid;
begin
  perform private.require_role(p_unit, array['administrator', 'auditor']);
  select u.organisation_id into house from public.units as u where u.id = p_unit;
  -- Units that were closed or moved since keep their lines readable from where they last belonged.
  select array_agg(distinct t.descendant_id) into reach from public.unit_tree as t where t.ancestor_id = p_unit;
  return (
    with lines as (
      select l.*, p.name, p.email
      from public.audit_log as l
      left join public.people as p on p.id = l.actor_id
      where l.organisation_id = house and coalesce(l.unit_id, l.organisation_id) = any (reach)
        and (p_before is null or l.seq < p_before)
        and (p_action is null or l.action = p_action)
        and (p_record_type is null or l.record_type = p_record_type)
        and (p_from is null or l.at >= p_from::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and (p_to is null or l.at < (p_to + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh')
        and (wanted is null or strpos(lower(p.name), wanted) > 0 or strpos(lower(p.email), wanted) > 0)
      order by l.seq desc
      limit 51
    )
    select jsonb_build_object(
      'lines', coalesce((
        select jsonb_agg(jsonb_build_object('seq', s.seq,
          'at', to_char(s.at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI:SS'),
          'actor', case when s.actor_id is null then null
            else jsonb_build_object('id', s.actor_id, 'name', s.name, 'email', s.email) end,
          'actor_kind', s.actor_kind, 'action', s.action, 'record_type', s.record_type, 'record_id', s.record_id,
          'unit', (select u.names from public.units as u where u.id = s.unit_id),
          'subject', case
            when s.record_type = 'members' then (
              select q.name from public.members as m join public.people as q on q.id = m.person_id where m.id::text = s.record_id)
            when s.record_type = 'service_points' then (
              select v.labels ->> 'vi' from public.service_points as v where v.id::text = s.record_id)
            end,
          'changes', s.changes) order by s.seq desc)
        from (select * from lines order by seq desc limit 50) as s), '[]'),
      'more', (select count(*) > 50 from lines)));
end
$$;
comment on function public.read_audit_log is
  'Fifty lines of the log of the subtree, newest first, before line p_before; filtered by person (part of name or address), action, record type and days in Vietnam; for administrators and auditors';
grant execute on function public.read_audit_log(uuid, text, text, text, date, date, bigint) to authenticated;
