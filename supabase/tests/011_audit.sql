-- The audit log: nobody adds to it but the triggers, nobody changes it, and who goes round that is found by the chain.

begin;
\ir support/fixture.sql
select plan(17);

insert into public.organisations (names, phone, email, data_protection_contact)
values ('{"vi": "Cơ quan có nhật ký"}', '0205', 'lienhe@example.vn', 'nguoi.phu.trach@example.vn');
insert into public.holidays (organisation_id, day, name)
select id, '2031-02-03', '{"vi": "Nghỉ riêng"}' from public.organisations where names ->> 'vi' = 'Cơ quan có nhật ký';
update public.organisations set phone = '0206' where names ->> 'vi' = 'Cơ quan có nhật ký';
update public.organisations set phone = '0206' where names ->> 'vi' = 'Cơ quan có nhật ký';

create temp table lines as
select l.* from public.audit_log as l
where l.organisation_id = (select id from public.organisations where names ->> 'vi' = 'Cơ quan có nhật ký');
grant select on lines to public;

select is((select count(*) from lines), 4::bigint, 'making an organisation, its root unit and a holiday and changing it once leave four lines');
select is((select changes -> 'phone' from lines where action = 'update'), '["0205", "0206"]'::jsonb, 'a change is kept as before and after');
select is((select changes ->> 'data_protection_contact' from lines where record_type = 'organisations' and action = 'insert'), '•', 'of a personal field only the name is kept');
select is(private.first_broken_line(), null, 'the chain holds');

select throws_ok('update public.audit_log set action = ''x''', 'PT403', null, 'the owner of the database cannot change a line');
select throws_ok('delete from public.audit_log', 'PT403', null, 'nor delete one');
select throws_ok('truncate public.audit_log', 'PT403', null, 'nor empty the log');

set local role service_role;
select throws_ok('insert into public.audit_log (seq) values (0)', '42501', null, 'the worker cannot add a line of its own');
select throws_ok('update public.audit_log set action = ''x''', '42501', null, 'nor change one');
select throws_ok('delete from public.audit_log', '42501', null, 'nor delete one');
select throws_ok('alter table public.holidays disable trigger holidays_audit', '42501', null, 'nor switch off what writes it');
select throws_ok('select private.audit_write(null, null, ''x'', ''x'', ''x'', ''{}'')', '42501', null, 'nor write through the helper');
reset role;
set local role authenticated;
select throws_ok('insert into public.audit_log (seq) values (0)', '42501', null, 'nor can somebody signed in');
reset role;
set local role anon;
select throws_ok('select from public.audit_log', '42501', null, 'anonymous people do not even read it');
reset role;

-- Whoever owns the tables can take the guard away; the chain then tells.
alter table public.audit_log disable trigger audit_log_is_append_only;
savepoint untouched;
update public.audit_log set changes = '{"phone": ["0205", "0207"]}' where seq = (select seq from lines where action = 'update');
select is(private.first_broken_line(), (select seq from lines where action = 'update'), 'an edited line is named');
rollback to untouched;
delete from public.audit_log where seq = (select seq from lines where record_type = 'holidays');
select is(private.first_broken_line(), (select seq + 1 from lines where record_type = 'holidays'), 'after a line was taken out the next one is named');
rollback to untouched;
update public.audit_log set at = at - interval '1 day' where seq = (select min(seq) from lines);
select is(private.first_broken_line(), (select min(seq) from lines), 'a line moved to another day is named');

select * from finish();
rollback;
