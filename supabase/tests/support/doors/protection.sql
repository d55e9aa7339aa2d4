insert into open_doors (role, name) values
  ('authenticated', 'public.read_protection'),
  ('authenticated', 'public.change_protection'),
  ('authenticated', 'public.read_calendar'),
  ('authenticated', 'public.put_calendar_day'),
  ('authenticated', 'public.remove_calendar_day'),
  ('service_role', 'enforce_retention');
