insert into open_doors (role, name) values
  ('reads', 'unit_successions');
