/**
 * SQL with an organisation as $1: releases as the worker did on its last working day. As of today nothing is released
 * when a test runs on a Sunday.
 */
export const RELEASE_LAST_WORKING_DAY = `select public.release_figures((
	select max(day)::date::text from generate_series(private.today() - 20, private.today(), interval '1 day') as day
	where private.is_working_day($1, day::date)))`;
