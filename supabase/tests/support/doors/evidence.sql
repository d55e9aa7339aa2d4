insert into open_doors (role, name) values
  ('anon', 'public.public_excluded'),
  ('authenticated', 'public.public_excluded'),
  ('authenticated', 'public.read_evidence'),
  ('authenticated', 'public.propose_exclusion'),
  ('authenticated', 'public.propose_exclusion_end'),
  ('authenticated', 'public.decide_exclusion'),
  ('service_role', 'public_excluded'),
  ('service_role', 'flag_answers');
