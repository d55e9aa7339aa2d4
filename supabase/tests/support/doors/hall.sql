insert into open_doors (role, name) values
  ('anon', 'public.open_publications'),
  ('anon', 'public.open_figures'),
  ('anon', 'public.open_hashes'),
  ('authenticated', 'public.open_publications'),
  ('authenticated', 'public.open_figures'),
  ('authenticated', 'public.open_hashes'),
  ('service_role', 'open_publications'),
  ('service_role', 'open_figures'),
  ('service_role', 'open_hashes'),
  ('service_role', 'undigested_publications'),
  ('service_role', 'put_open_digest'),
  ('service_role', 'hash_day'),
  ('service_role', 'put_demo_notes');
