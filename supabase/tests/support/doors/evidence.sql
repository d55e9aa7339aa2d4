insert into open_doors (role, name) values
  ('authenticated', 'public.read_evidence'),
  ('authenticated', 'public.propose_exclusion'),
  ('authenticated', 'public.propose_exclusion_end'),
  ('authenticated', 'public.decide_exclusion'),
  ('service_role', 'flag_answers');
