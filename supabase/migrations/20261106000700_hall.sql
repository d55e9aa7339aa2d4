-- What hangs in the hall: the television (/wall/{unit}) and the monthly sheet read the published figures and
-- public_notes(); here is only what the demo needs to show them with something on.

create function public.put_demo_notes(batch jsonb)
returns integer
language plpgsql
security definer
set search_path = ''
as $$
declare
  put integer;
begin
  insert into private.done_notes (id, organisation_id, unit_id, text, done_on, subject, published_at)
  select (note ->> 'id')::uuid, u.organisation_id, u.id, note ->> 'text', (note ->> 'done_on')::date, note ->> 'subject', now()
  from jsonb_array_elements(private.unwrapped(batch) -> 'items') as note
  join public.units as u on u.id = (note ->> 'unit_id')::uuid
  join public.organisations as o on o.id = u.organisation_id and o.is_demo
  on conflict (id) do nothing;
  get diagnostics put = row_count;
  return put;
end
$$;
comment on function public.put_demo_notes is
  '"Chúng tôi đã làm" of the demo, as if a leader had published it; does nothing for any other organisation. How many were new';
grant execute on function public.put_demo_notes(jsonb) to service_role;
