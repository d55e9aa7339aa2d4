-- A small organisation for the tests, and short ways to answer there. Included by the test files inside their
-- transaction (\ir); everything is rolled back with it.
--
--   root ─┬─ one_stop ── small        points: counter (both moments, two groups), returns (return, one group),
--         ├─ division_a (decides)             small_counter (at small, receive), alone (staffed by one), closed
--         └─ division_b (decides)

grant execute on all functions in schema extensions to public;

create function pg_temp.id(p_name text) returns uuid language sql immutable as $$
  select ('00000000-0000-4000-8000-' || lpad(array_position(array[
    'root', 'one_stop', 'division_a', 'division_b', 'small', 'group_a', 'group_b', 'form', 'version',
    'counter', 'returns', 'small_counter', 'alone', 'closed'], p_name)::text, 12, '0'))::uuid
$$;

insert into public.organisations (id, names, phone, email, is_demo)
values (pg_temp.id('root'), '{"vi": "Ban thử nghiệm"}', '0205 3 000 000', 'thu@bql.example', true);
insert into public.units (id, organisation_id, parent_id, kind, names) values
  (pg_temp.id('one_stop'), pg_temp.id('root'), pg_temp.id('root'), 'one_stop', '{"vi": "Bộ phận Một cửa"}'),
  (pg_temp.id('division_a'), pg_temp.id('root'), pg_temp.id('root'), 'division', '{"vi": "Phòng A"}'),
  (pg_temp.id('division_b'), pg_temp.id('root'), pg_temp.id('root'), 'division', '{"vi": "Phòng B"}'),
  (pg_temp.id('small'), pg_temp.id('root'), pg_temp.id('one_stop'), 'one_stop', '{"vi": "Tổ nhỏ"}');
insert into public.procedure_groups (id, organisation_id, code, names, deciding_unit_id) values
  (pg_temp.id('group_a'), pg_temp.id('root'), 'A', '{"vi": "Lĩnh vực A"}', pg_temp.id('division_a')),
  (pg_temp.id('group_b'), pg_temp.id('root'), 'B', '{"vi": "Lĩnh vực B"}', pg_temp.id('division_b'));
insert into public.questionnaires (id, organisation_id, code, names)
values (pg_temp.id('form'), pg_temp.id('root'), 'test', '{"vi": "Phiếu"}');
-- Ratings in this order: B1, B2, D1, E1, E3, S0.
insert into public.questionnaire_versions (id, questionnaire_id, number, definition, published_at)
values (pg_temp.id('version'), pg_temp.id('form'), 1, '{
  "items": [
    {"code": "B1", "measure": "B", "when": "always", "zero": null},
    {"code": "B2", "measure": "B", "when": "always", "zero": "unknown"},
    {"code": "D1", "measure": "D", "when": "return", "zero": "result_pending"},
    {"code": "E1", "measure": null, "when": "always", "zero": "unknown"},
    {"code": "E3", "measure": "E", "when": "filed", "zero": "not_filed"},
    {"code": "S0", "measure": "S0", "when": "always", "zero": null}],
  "facts": [
    {"code": "F1", "choices": [1, 2, 3], "max": 1},
    {"code": "I1", "choices": [1, 2, 3, 4], "max": 3},
    {"code": "H1", "choices": [1, 2, 3], "max": 1}]}', now());
insert into public.service_points (id, organisation_id, unit_id, labels, kind, moment, default_deciding_unit_id, version_id, staffed_by, is_active)
select pg_temp.id(name), pg_temp.id('root'), pg_temp.id(unit), jsonb_build_object('vi', name), kind, moment,
  pg_temp.id('division_a'), pg_temp.id('version'), staffed, name <> 'closed'
from (values
  ('counter', 'one_stop', 'counter', 'both', 'several'),
  ('returns', 'one_stop', 'kiosk', 'return', 'several'),
  ('small_counter', 'small', 'counter', 'receive', 'several'),
  ('alone', 'one_stop', 'counter', 'both', 'one'),
  ('closed', 'one_stop', 'link', 'both', 'several')) as p (name, unit, kind, moment, staffed);
insert into public.service_point_groups (service_point_id, procedure_group_id, position) values
  (pg_temp.id('counter'), pg_temp.id('group_a'), 1), (pg_temp.id('counter'), pg_temp.id('group_b'), 2),
  (pg_temp.id('returns'), pg_temp.id('group_b'), 1);

-- An answer without ticket or date; p_more replaces or adds keys.
create function pg_temp.answer(p_point text, p_ratings jsonb, p_more jsonb default '{}') returns jsonb language sql as $$
  select jsonb_build_object('service_point_id', pg_temp.id(p_point), 'version_id', pg_temp.id('version'), 'language', 'vi',
    'ratings', p_ratings, 'moment', (select nullif(moment, 'both') from public.service_points where id = pg_temp.id(p_point))) || p_more
$$;

-- Records p_count equal answers of one day, as the worker would.
create function pg_temp.record(p_point text, p_day date, p_count integer, p_ratings jsonb default '[4, 4, null, 4, 0, 4]', p_more jsonb default '{}')
returns jsonb language sql as $$
  select public.record_responses(jsonb_build_object('items', (
    select jsonb_agg(pg_temp.answer(p_point, p_ratings, jsonb_build_object(
      'date', p_day, 'half_day', 'morning', 'pool', 'open', 'channel', 'qr') || p_more))
    from generate_series(1, p_count))))
$$;

-- The cells, items and facts of a unit as they are shown to members, published or not.
create function pg_temp.figures_of(p_unit text, p_period text) returns jsonb language sql as $$
  select private.unit_figures((select u from public.units as u where u.id = pg_temp.id(p_unit)), p_period)
$$;

create function pg_temp.ticket(p_point text, p_issued timestamptz default now(), p_key text default 'test key', p_version text default 'version')
returns text language sql volatile as $$
  select concat_ws('.', nonce, issued, rtrim(translate(encode(extensions.hmac(
      concat_ws('|', 'lang-nghe ticket 1', nonce, pg_temp.id(p_point), pg_temp.id(p_version), issued), p_key, 'sha256'), 'base64'), '+/', '-_'), '='))
  from (select rtrim(translate(encode(extensions.gen_random_bytes(16), 'base64'), '+/', '-_'), '=') as nonce,
               extract(epoch from p_issued)::bigint::text as issued) as parts
$$;

create function pg_temp.submit(variadic p_items jsonb[]) returns jsonb language sql as $$
  select public.submit_responses(jsonb_build_object('items', to_jsonb(p_items))) -> 'results'
$$;

-- "PT409 ticket_stale" of a statement that is refused, "fine" of one that is not.
create function pg_temp.refusal(p_statement text) returns text language plpgsql as $$
declare
  status text;
  key text;
begin
  execute p_statement;
  return 'fine';
exception when others then
  get stacked diagnostics status = returned_sqlstate, key = pg_exception_hint;
  return trim(status || ' ' || coalesce(key, ''));
end
$$;
