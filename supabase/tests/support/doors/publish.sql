insert into open_doors (role, name) values
  ('anon', 'public.published_list'),
  ('anon', 'public.published_frame'),
  ('anon', 'public.published_cells'),
  ('authenticated', 'public.published_list'),
  ('authenticated', 'public.published_frame'),
  ('authenticated', 'public.published_cells'),
  ('authenticated', 'public.list_publications'),
  ('authenticated', 'public.preview_publication'),
  ('authenticated', 'public.publish_period'),
  ('service_role', 'published_list'),
  ('service_role', 'published_frame'),
  ('service_role', 'published_cells'),
  ('service_role', 'publish_demo');
