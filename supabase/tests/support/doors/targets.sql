insert into open_doors (role, name)
select 'authenticated', 'public.' || name
from unnest(array['list_targets', 'unit_targets', 'put_target', 'remove_target', 'read_owner_map', 'put_owner_map', 'read_index_goals',
  'put_index_goal', 'remove_index_goal', 'read_outline', 'put_outline', 'remove_outline', 'list_reports', 'put_report_plan',
  'put_report_state', 'put_explanation']) as name;
