import { ClickHouseException } from '../sql/exception.ts';

/** What an analyst's statements run with, unless the client says less. */
export const ANALYST_SETTINGS: Record<string, string> = {
  max_memory_usage: '2000000000',
  max_execution_time: '60',
  use_query_condition_cache: '0', // it is of all users
};
const LIMITS = new Map([
  ['max_memory_usage', 4_000_000_000],
  ['max_execution_time', 300],
  ['max_result_bytes', 4_000_000_000],
]);
// The last ones would have other users' rights decide what a view shows, or our lexer read another language.
const FIXED = new Set([
  'use_query_condition_cache',
  'query_cache_tag',
  'profile',
  'dialect',
  'default_view_definer',
  'default_normal_view_sql_security',
  'default_materialized_view_sql_security',
  'ignore_empty_sql_security_in_create_view_query',
]);

/** @throws ClickHouseException 452 when a setting is beyond what an analyst may choose, as with constraints on a server */
export function refuseSetting(name: string, value: string): void {
  const limit = LIMITS.get(name);
  const number = Number(value.replaceAll("'", '') || Number.NaN);
  const isWithin = limit === undefined || (number > 0 && number <= limit);
  if (!FIXED.has(name) && isWithin) return;
  throw new ClickHouseException(
    452,
    'SETTING_CONSTRAINT_VIOLATION',
    limit ? `Setting ${name} shouldn't be greater than ${limit}` : `Setting ${name} should not be changed`,
  );
}
