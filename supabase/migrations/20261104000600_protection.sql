-- Data protection: what an organisation says about the data it keeps, for how long, and its working days.

create function private.require_house_role(p_organisation uuid, p_roles text[])
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  perform private.require_role(p_organisation, p_roles);
  if not exists (select from public.organisations as o where o.id = p_organisation) then
    perform private.fail('403', 'not_allowed', 'this concerns the whole organisation, not one of its units');
  end if;
end
$$;
comment on function private.require_house_role is
  'PT401 not_signed_in or PT403 not_allowed unless the caller holds one of p_roles at the whole organisation';

create function private.retention_cut(p_months integer)
returns date
language sql
stable
set search_path = ''
as $$ select (private.today() - make_interval(months => p_months))::date $$;
comment on function private.retention_cut is 'The first day that is still kept when something is kept for p_months';

create function private.protection_settings(o public.organisations)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('id', o.id, 'names', o.names, 'phone', o.phone, 'email', o.email, 'address', o.address,
    'data_protection_contact', o.data_protection_contact, 'response_months', o.response_months,
    'comment_months', o.comment_months, 'audit_months', o.audit_months, 'revision', o.revision)
$$;

create function public.read_protection(p_unit uuid)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house public.organisations;
  kept private.retention;
begin
  perform private.require_role(p_unit, array['administrator', 'leader']);
  select o.* into house from public.organisations as o join public.units as u on u.organisation_id = o.id where u.id = p_unit;
  select * into kept from private.retention where organisation_id = house.id;
  return jsonb_build_object(
    'settings', private.protection_settings(house),
    'may_change', private.has_role(house.id, array['administrator']),
    'may_ask', private.has_role(house.id, array['administrator', 'leader']),
    'stored', (
      select jsonb_build_object('responses', coalesce(sum(r.responses), 0)::bigint, 'since', min(r.day))
      from public.service_points as point
      join private.response_counts as r on r.service_point_id = point.id
      where point.organisation_id = house.id and r.day >= coalesce(kept.raw_kept_from, '-infinity')),
    'people', (select count(distinct m.person_id) from public.members as m where m.organisation_id = house.id and m.ended_at is null),
    'audit_since', (select (min(l.at) at time zone 'Asia/Ho_Chi_Minh')::date from public.audit_log as l where l.organisation_id = house.id),
    'cleared', case when kept.done_on is not null then jsonb_build_object('on', kept.done_on, 'removed', kept.last_removed) end);
end
$$;
comment on function public.read_protection is
  'What the page about data protection shows: the organisation''s settings, what is stored since when, and the last clearing; for administrators and leaders';
grant execute on function public.read_protection(uuid) to authenticated;

create function public.change_protection(
  p_organisation uuid, p_revision integer, p_values jsonb, p_confirmed boolean default false
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  asked jsonb := private.unwrapped(p_values);
  house public.organisations;
  responses_for integer;
  comments_for integer;
  audit_for integer;
  kept private.retention;
begin
  perform private.require_house_role(p_organisation, array['administrator']);
  select * into house from public.organisations where id = p_organisation for update;
  perform private.require_revision(p_revision, house.revision, private.protection_settings(house));
  if char_length(btrim(coalesce(asked ->> 'phone', ''))) not between 1 and 40
    or char_length(coalesce(asked ->> 'data_protection_contact', '')) > 300
    or exists (select from jsonb_each_text(coalesce(nullif(asked -> 'address', 'null'), '{}')) as t where char_length(t.value) > 300) then
    perform private.fail('422', 'impossible_organisation', 'an organisation needs a phone number, and its texts have their limits');
  elsif coalesce(asked ->> 'email', '') !~ '^[^@[:space:]]+@[^@[:space:]]+$' or char_length(asked ->> 'email') > 320 then
    perform private.fail('422', 'impossible_email', 'this is not an e-mail address');
  elsif asked ->> 'response_months' !~ '^[0-9]{1,3}$' or asked ->> 'comment_months' !~ '^[0-9]{1,3}$' or asked ->> 'audit_months' !~ '^[0-9]{1,3}$' then
    perform private.fail('422', 'impossible_months', 'a time is a whole number of months');
  end if;
  responses_for := asked ->> 'response_months';
  comments_for := asked ->> 'comment_months';
  audit_for := asked ->> 'audit_months';
  if responses_for is null or comments_for is null or audit_for is null
    or responses_for not between 1 and 120 or comments_for not between 1 and responses_for or audit_for not between 12 and 120 then
    perform private.fail('422', 'impossible_months',
      'answers are kept for 1 to 120 months, comments not longer than their answers, the log for 12 to 120');
  end if;
  if not coalesce(p_confirmed, false)
    and (responses_for < house.response_months or comments_for < house.comment_months or audit_for < house.audit_months) then
    select * into kept from private.retention where organisation_id = house.id;
    perform private.fail('409', 'shortening_unconfirmed', 'a shorter time deletes what is older at the next clearing', jsonb_build_object(
      'responses', (
        select coalesce(sum(r.responses), 0)
        from public.service_points as point join private.response_counts as r on r.service_point_id = point.id
        where point.organisation_id = house.id and r.day >= coalesce(kept.raw_kept_from, '-infinity')
          and r.day < private.retention_cut(responses_for)),
      'responses_before', private.retention_cut(responses_for),
      'comments', (
        select count(*)
        from public.service_points as point join public.response_comments as c on c.service_point_id = point.id
        where point.organisation_id = house.id and c.counted_on < private.retention_cut(comments_for)),
      'comments_before', private.retention_cut(comments_for),
      'audit_before', (date_trunc('month', private.today()::timestamp) - make_interval(months => audit_for))::date)::text);
  end if;
  update public.organisations
  set phone = btrim(asked ->> 'phone'), email = lower(btrim(asked ->> 'email')),
      address = (
        select jsonb_object_agg(t.key, btrim(t.value)) from jsonb_each_text(coalesce(nullif(asked -> 'address', 'null'), '{}')) as t
        where t.key in ('vi', 'zh', 'en') and btrim(t.value) <> '' having bool_or(t.key = 'vi')),
      data_protection_contact = nullif(btrim(asked ->> 'data_protection_contact'), ''),
      response_months = responses_for, comment_months = comments_for, audit_months = audit_for
  where id = house.id
  returning * into house;
  return private.protection_settings(house);
end
$$;
comment on function public.change_protection is
  'An administrator of the whole organisation changes contact and times: PT409 changed_meanwhile; PT409 shortening_unconfirmed with what would be deleted (details), until p_confirmed';
grant execute on function public.change_protection(uuid, integer, jsonb, boolean) to authenticated;

-- Working days ----------------------------------------------------------------------------------------

create function private.released_through(p_organisation uuid)
returns date
language sql
stable
set search_path = ''
as $$ select max(mark.released_through) from private.release_marks as mark where mark.organisation_id = p_organisation $$;
comment on function private.released_through is 'The last day whose answers have been released: what happened on working days up to then is fixed';

create function public.read_calendar(p_unit uuid, p_year integer)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house public.organisations;
begin
  perform private.require_role(p_unit, array['administrator']);
  if p_year is null or p_year not between 2020 and 2100 then
    perform private.fail('422', 'impossible_date', 'there is no such year in the calendar');
  end if;
  select o.* into house from public.organisations as o join public.units as u on u.organisation_id = o.id where u.id = p_unit;
  return jsonb_build_object(
    'organisation', house.id,
    'may_change', private.has_role(house.id, array['administrator']),
    'hours', private.office_hours(house),
    'today', private.today(),
    'released_through', private.released_through(house.id),
    'days', coalesce((
      select jsonb_agg(jsonb_build_object('day', d.day,
        'country', (select jsonb_build_object('works', c.works, 'name', c.name) from public.holidays as c where c.day = d.day and c.organisation_id is null),
        'own', (select jsonb_build_object('id', o.id, 'works', o.works, 'name', o.name) from public.holidays as o where o.day = d.day and o.organisation_id = house.id)
      ) order by d.day)
      from (
        select distinct h.day from public.holidays as h
        where (h.organisation_id is null or h.organisation_id = house.id) and extract(year from h.day) = p_year
      ) as d), '[]'));
end
$$;
comment on function public.read_calendar is
  'The days of a year that differ from Monday to Friday: the country''s line and the organisation''s own; and its office hours; for administrators';
grant execute on function public.read_calendar(uuid, integer) to authenticated;

create function private.require_open_day(p_organisation uuid, p_day date)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
  if p_day <= private.released_through(p_organisation) then
    perform private.fail('409', 'day_released', 'figures were released by this day as it stands', p_day::text);
  end if;
end
$$;

create function public.put_calendar_day(p_organisation uuid, p_day text, p_works boolean, p_name text)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
declare
  wanted date;
  called text := btrim(p_name);
  made uuid;
begin
  perform private.require_house_role(p_organisation, array['administrator']);
  begin
    wanted := p_day::date;
  exception when data_exception then
    perform private.fail('422', 'impossible_date', 'this is no date');
  end;
  if wanted is null or p_works is null or wanted not between '2020-01-01' and '2100-12-31' then
    perform private.fail('422', 'impossible_date', 'a day of the calendar lies between 2020 and 2100');
  elsif called is null or char_length(called) not between 1 and 120 then
    perform private.fail('422', 'impossible_name', 'a name has 1 to 120 characters');
  end if;
  perform pg_advisory_xact_lock_shared(private.organisation_lock(p_organisation));
  perform private.require_open_day(p_organisation, wanted);
  if exists (select from public.holidays where organisation_id = p_organisation and day = wanted) then
    perform private.fail('409', 'day_listed', 'the organisation has a line for this day already');
  elsif private.is_working_day(p_organisation, wanted) = p_works then
    perform private.fail('422', 'day_changes_nothing', 'the day is like that without a line of its own');
  end if;
  insert into public.holidays (organisation_id, day, works, name)
  values (p_organisation, wanted, p_works, jsonb_build_object('vi', called))
  on conflict do nothing
  returning id into made;
  if made is null then
    perform private.fail('409', 'day_listed', 'the organisation has a line for this day already');
  end if;
  return made;
end
$$;
comment on function public.put_calendar_day is
  'An administrator of the whole organisation adds a day off or a worked day, also against the country''s list: PT409 day_released, day_listed, PT422 day_changes_nothing';
grant execute on function public.put_calendar_day(uuid, text, boolean, text) to authenticated;

create function public.remove_calendar_day(p_line uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  line public.holidays;
begin
  select * into line from public.holidays where id = p_line and organisation_id is not null for update;
  if not found then
    perform private.fail('404', 'unknown_day', 'there is no such line of an organisation''s own');
  end if;
  perform private.require_house_role(line.organisation_id, array['administrator']);
  perform pg_advisory_xact_lock_shared(private.organisation_lock(line.organisation_id));
  perform private.require_open_day(line.organisation_id, line.day);
  delete from public.holidays where id = p_line;
end
$$;
comment on function public.remove_calendar_day is
  'Takes a line of the organisation''s own out of the calendar; the country''s stay. PT404 unknown_day, PT409 day_released';
grant execute on function public.remove_calendar_day(uuid) to authenticated;
