insert into open_doors (role, name) values ('authenticated', 'public.office_comparison');
