-- The outline of an organisation's own report: a Word file whose placeholders are filled (src/lib/reports/outline).
-- Its inside is checked by the app before it is stored and before it is filled; SQL knows its size and that it is a zip file.

create table private.report_outlines (
  organisation_id uuid primary key references public.organisations (id) on delete cascade,
  name text not null check (char_length(name) between 1 and 200),
  file bytea not null check (octet_length(file) between 100 and 1048576),
  uploaded_by uuid references public.people (id) on delete set null,
  uploaded_at timestamptz not null default now()
);
comment on table private.report_outlines is 'The Word outline (.docx, at most 1 MB) into which an organisation''s section of its CCHC report is written';
create index report_outlines_uploaded_by_idx on private.report_outlines (uploaded_by);
alter table private.report_outlines enable row level security;
revoke all on private.report_outlines from public, anon, authenticated;
grant select on private.report_outlines to service_role;
create trigger report_outlines_audit after insert or update or delete on private.report_outlines
  for each row execute function private.audit('', 'file');

create function public.read_outline(p_unit uuid, p_with_file boolean default false)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
begin
  perform private.require_role(p_unit, array['analyst', 'leader']);
  return jsonb_build_object('organisation', house, 'may_change', private.has_role(house, array['analyst', 'leader']),
    'outline', (
      select jsonb_build_object('name', o.name, 'bytes', octet_length(o.file),
        'uploaded_on', (o.uploaded_at at time zone 'Asia/Ho_Chi_Minh')::date,
        'file', case when p_with_file then encode(o.file, 'base64') end)
      from private.report_outlines as o where o.organisation_id = house));
end
$$;
comment on function public.read_outline is 'The Word outline of the organisation, or null; with its content (base64) only when asked for; analysts and leaders';
grant execute on function public.read_outline(uuid, boolean) to authenticated;

create function public.put_outline(p_organisation uuid, p_name text, p_file text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  content bytea;
begin
  perform private.require_house_role(p_organisation, array['analyst', 'leader']);
  if char_length(p_file) > 1500000 then
    perform private.fail('413', 'outline_too_large', 'an outline has at most 1 MB');
  end if;
  content := decode(p_file, 'base64');
  if octet_length(content) > 1048576 then
    perform private.fail('413', 'outline_too_large', 'an outline has at most 1 MB');
  elsif octet_length(content) < 100 or substr(content, 1, 4) <> '\x504b0304' or coalesce(char_length(btrim(p_name)), 0) not between 1 and 200 then
    perform private.fail('422', 'impossible_outline', 'this is no Word file');
  end if;
  insert into private.report_outlines (organisation_id, name, file, uploaded_by) values (p_organisation, btrim(p_name), content, private.me())
  on conflict (organisation_id) do update
    set name = excluded.name, file = excluded.file, uploaded_by = excluded.uploaded_by, uploaded_at = now();
exception
  when data_exception then
    perform private.fail('422', 'impossible_outline', 'this is no Word file');
end
$$;
comment on function public.put_outline is
  'Stores the organisation''s Word outline (base64): PT413 outline_too_large, PT422 impossible_outline; an analyst or leader of the whole organisation';
grant execute on function public.put_outline(uuid, text, text) to authenticated;

create function public.remove_outline(p_organisation uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
  perform private.require_house_role(p_organisation, array['analyst', 'leader']);
  delete from private.report_outlines where organisation_id = p_organisation;
end
$$;
comment on function public.remove_outline is 'Takes the organisation''s own outline away: the built-in one is used again; an analyst or leader of the whole organisation';
grant execute on function public.remove_outline(uuid) to authenticated;
