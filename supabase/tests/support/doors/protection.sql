insert into open_doors (role, name) values
  ('authenticated', 'public.read_protection'),
  ('authenticated', 'public.change_protection'),
  ('authenticated', 'public.read_calendar'),
  ('authenticated', 'public.put_calendar_day'),
  ('authenticated', 'public.remove_calendar_day'),
  ('authenticated', 'public.change_office_hours'),
  ('service_role', 'enforce_retention');
insert into open_doors (role, name)
select 'authenticated', 'public.' || name
from unnest(array['read_archive', 'ask_archive', 'confirm_archive', 'withdraw_archive', 'open_archive',
  'read_deletion', 'ask_deletion', 'confirm_deletion', 'stop_deletion']) as name
union all
select 'service_role', unnest(array['archive_begin', 'archive_page', 'archive_ready', 'archive_files', 'delete_organisations']);
