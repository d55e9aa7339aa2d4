-- Office hours: what an organisation says about when its counters are open. Recording flags answers outside them.

create function private.office_hours(o public.organisations)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select jsonb_build_object('opens', to_char(o.opens_at, 'HH24:MI'), 'closes', to_char(o.closes_at, 'HH24:MI'), 'revision', o.revision)
$$;
comment on function private.office_hours is 'Office hours of an organisation as texts, and the revision that an edit of them begins from';

create function public.change_office_hours(p_organisation uuid, p_revision integer, p_opens text, p_closes text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
  house public.organisations;
begin
  perform private.require_house_role(p_organisation, array['administrator']);
  select * into house from public.organisations where id = p_organisation for update;
  perform private.require_revision(p_revision, house.revision, private.office_hours(house));
  if coalesce(p_opens, '') !~ '^([01][0-9]|2[0-3]):[0-5][0-9]$' or coalesce(p_closes, '') !~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$' then
    perform private.fail('422', 'impossible_hours', 'a time of day is hours and minutes, 00:00 to 24:00');
  elsif p_opens::time >= p_closes::time then
    perform private.fail('422', 'impossible_hours', 'an office closes after it has opened');
  end if;
  update public.organisations set opens_at = p_opens::time, closes_at = p_closes::time where id = house.id
  returning * into house;
  return private.office_hours(house);
end
$$;
comment on function public.change_office_hours is
  'An administrator of the whole organisation says when its counters are open: PT409 changed_meanwhile, PT422 impossible_hours. Answers that are recorded already keep their flags';
grant execute on function public.change_office_hours(uuid, integer, text, text) to authenticated;
