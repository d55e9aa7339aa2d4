insert into open_doors (role, name) values
  ('anon', 'public.put_served_by_token'),
  ('authenticated', 'public.list_access_tokens'),
  ('authenticated', 'public.make_access_token'),
  ('authenticated', 'public.put_served_by_token'),
  ('authenticated', 'public.read_served'),
  ('authenticated', 'public.revoke_access_token'),
  ('authenticated', 'public.set_served');
