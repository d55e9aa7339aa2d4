-- A fall that is established asks the head of its unit for an explanation (KH 126/KH-UBND of 03/06/2024, III.1). Which fall
-- is established src/lib/compare/falls.ts says; here the words are kept with the period, every version of them.

create table private.explanations (
  id uuid primary key default gen_random_uuid(),
  organisation_id uuid not null references public.organisations (id) on delete cascade,
  unit_id uuid not null references public.units (id),
  period text not null,
  measure text not null check (measure in ('S0', 'A', 'B', 'C', 'D', 'E', 'B0', 'C0', 'D0', 'E0')),
  revision integer not null default 0,
  unique (unit_id, period, measure)
);
comment on table private.explanations is 'Giải trình: what the head of a unit says about an established fall in a closed period; its words are the versions';
create index explanations_organisation_id_idx on private.explanations (organisation_id);
alter table private.explanations enable row level security;
revoke all on private.explanations from public, anon, authenticated;
grant select on private.explanations to service_role;

create table private.explanation_versions (
  id uuid primary key default gen_random_uuid(),
  explanation_id uuid not null references private.explanations (id) on delete cascade,
  number integer not null,
  text text not null check (char_length(text) between 1 and 2000),
  written_by uuid references public.people (id) on delete set null,
  written_at timestamptz not null default now(),
  unique (explanation_id, number)
);
comment on table private.explanation_versions is 'Every version of an explanation as it was written; none is changed or deleted';
create index explanation_versions_written_by_idx on private.explanation_versions (written_by);
alter table private.explanation_versions enable row level security;
revoke all on private.explanation_versions from public, anon, authenticated;
grant select on private.explanation_versions to service_role;

create function private.explanation_card(e private.explanations)
returns jsonb
language sql
stable
security definer
set search_path = ''
as $$
  select jsonb_build_object('unit_id', e.unit_id, 'period', e.period, 'measure', e.measure, 'revision', e.revision,
    'versions', (
      select coalesce(jsonb_agg(jsonb_build_object('number', v.number, 'text', v.text,
        'on', (v.written_at at time zone 'Asia/Ho_Chi_Minh')::date, 'by', p.name) order by v.number desc), '[]')
      from private.explanation_versions as v left join public.people as p on p.id = v.written_by
      where v.explanation_id = e.id))
$$;
comment on function private.explanation_card is 'An explanation with all its versions, the newest first';

create function private.explanations_of(p_unit uuid, p_period text)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(private.explanation_card(e) order by c.place, e.measure), '[]')
  from private.compared_units(p_unit) as c
  join private.explanations as e on e.unit_id = c.unit_id and e.period = p_period
$$;
comment on function private.explanations_of is 'The explanations of a subtree for one period';

create function public.put_explanation(p_unit uuid, p_period text, p_measure text, p_text text, p_seen integer default 0)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
  house uuid := (select u.organisation_id from public.units as u where u.id = p_unit);
  frame jsonb;
  kept private.explanations;
  words text := btrim(coalesce(p_text, ''));
begin
  perform private.require_role(p_unit, array['leader']);
  frame := private.office_period(house, coalesce(p_period, ''));
  if char_length(words) not between 1 and 2000 then
    perform private.fail('422', 'impossible_text', 'an explanation has 1 to 2,000 characters');
  elsif not (frame #>> '{period,closed}')::boolean or not exists (
    select from private.figures as f
    join private.figures as earlier on earlier.organisation_id = f.organisation_id and earlier.unit_id = f.unit_id
      and earlier.subject = f.subject and earlier.cross_kind = 'none' and earlier.period = frame #>> '{before,code}'
    where f.organisation_id = house and f.unit_id = p_unit and f.period = p_period and f.cross_kind = 'none'
      and f.subject = 'measure:' || p_measure and f.is_shown and f.persons >= 30 and earlier.is_shown and earlier.persons >= 30
      and f.s1::float8 / f.persons < earlier.s1::float8 / earlier.persons) then
    perform private.fail('422', 'no_fall', 'only a figure of a closed period that fell asks for an explanation');
  end if;
  insert into private.explanations (organisation_id, unit_id, period, measure) values (house, p_unit, p_period, p_measure)
  on conflict (unit_id, period, measure) do nothing;
  select * into kept from private.explanations where unit_id = p_unit and period = p_period and measure = p_measure for update;
  perform private.require_revision(p_seen, kept.revision, private.explanation_card(kept));
  update private.explanations set revision = revision + 1 where id = kept.id;
  insert into private.explanation_versions (explanation_id, number, text, written_by) values (kept.id, kept.revision + 1, words, private.me());
  perform private.audit_write(house, p_unit, case when kept.revision = 0 then 'insert' else 'update' end, 'explanations', kept.id::text,
    jsonb_build_object('text', '•'));
end
$$;
comment on function public.put_explanation is
  'The head of a unit explains a fall; each saving is a version: PT409 changed_meanwhile, PT422 impossible_text, no_fall, unknown_period';
grant execute on function public.put_explanation(uuid, text, text, text, integer) to authenticated;
