insert into open_doors (role, name) values
  ('authenticated', 'public.office_comparison'),
  ('authenticated', 'public.office_trend'),
  ('authenticated', 'public.office_help'),
  ('authenticated', 'public.office_weights');
