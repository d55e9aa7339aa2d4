insert into open_doors (role, name) values
  ('authenticated', 'public.acknowledge_alert'),
  ('authenticated', 'public.list_alerts'),
  ('authenticated', 'public.office_results'),
  ('authenticated', 'public.office_units'),
  ('authenticated', 'public.see_alerts'),
  ('authenticated', 'public.set_alert_setting'),
  ('service_role', 'alert_series'),
  ('service_role', 'alert_work'),
  ('service_role', 'finish_alerts'),
  ('service_role', 'put_alerts');
