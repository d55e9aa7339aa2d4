-- Reporting periods. An organisation's year has twelve months; quarters, half, nine months and year are
-- built from them. A month is named by its label, the first of a calendar month:
--   calendar        2026-03-01 is 01/03/2026 to 31/03/2026
--   administrative  2026-03-01 is 15/02/2026 to 14/03/2026 (CCHC reports: quarter I is 15/12 to 14/03)
-- The periods of a year form one tree, month < quarter < half < nine months < year, so that figures of
-- two listed periods are either nested or apart.

create function private.month_label(p_scheme text, p_day date)
returns date
language sql
immutable
set search_path = ''
as $$
  select case
    when p_scheme = 'administrative' and extract(day from p_day) >= 15
      then (date_trunc('month', p_day::timestamp) + interval '1 month')::date
    else date_trunc('month', p_day::timestamp)::date
  end
$$;
comment on function private.month_label is 'The reporting month (its label) to which a day belongs';

create function private.month_start(p_scheme text, p_label date)
returns date
language sql
immutable
set search_path = ''
as $$
  select case when p_scheme = 'administrative' then (p_label - interval '1 month')::date + 14 else p_label end
$$;
create function private.month_end(p_scheme text, p_label date)
returns date
language sql
immutable
set search_path = ''
as $$
  select case when p_scheme = 'administrative' then p_label + 13 else (p_label + interval '1 month')::date - 1 end
$$;

create function private.year_periods(p_year integer)
returns table (code text, kind text, parent text, months smallint, first_label date, last_label date)
language sql
immutable
set search_path = ''
as $$
  select p_year || '-M' || lpad(m::text, 2, '0'), 'month', p_year || '-Q' || (m + 2) / 3, 1::smallint,
         make_date(p_year, m, 1), make_date(p_year, m, 1)
  from generate_series(1, 12) as m
  union all
  select p_year || '-Q' || q, 'quarter', p_year || case when q <= 2 then '-H1' when q = 3 then '-9M' else '-Y' end,
         3::smallint, make_date(p_year, 3 * q - 2, 1), make_date(p_year, 3 * q, 1)
  from generate_series(1, 4) as q
  union all
  select p_year || '-H1', 'half', p_year || '-9M', 6::smallint, make_date(p_year, 1, 1), make_date(p_year, 6, 1)
  union all
  select p_year || '-9M', 'nine_months', p_year || '-Y', 9::smallint, make_date(p_year, 1, 1), make_date(p_year, 9, 1)
  union all
  select p_year || '-Y', 'year', null, 12::smallint, make_date(p_year, 1, 1), make_date(p_year, 12, 1)
$$;
comment on function private.year_periods is
  'The nineteen listed periods of a reporting year with the period that holds each; the only list of them (scoring/period.ts is tested against it)';

create function private.period(p_code text)
returns table (code text, kind text, parent text, months smallint, first_label date, last_label date)
language plpgsql
immutable
set search_path = ''
as $$
begin
  if p_code !~ '^20[0-9]{2}-(M(0[1-9]|1[0-2])|Q[1-4]|H1|9M|Y)$' then
    perform private.fail('422', 'unknown_period', 'there is no such period');
  end if;
  return query select y.* from private.year_periods(left(p_code, 4)::integer) as y where y.code = p_code;
end
$$;
comment on function private.period is 'One listed period by its code; PT422 unknown_period otherwise';
