import type { Catalog } from '../engine/catalog.ts';
import { ClickHouseException } from '../sql/exception.ts';

/** What an analyst's statements run with, unless the client says less. */
export const ANALYST_SETTINGS: Record<string, string> = {
  max_memory_usage: '2000000000',
  max_execution_time: '60',
  use_query_condition_cache: '0', // it is of all users
};
// Six statements at a time times this is what an analyst can have.
const LIMITS = new Map([
  ['max_memory_usage', 2_000_000_000],
  ['max_execution_time', 300],
  ['max_result_bytes', 4_000_000_000],
]);
// A text may be SQL, a path or an address, which some settings' are: only these are no more than words.
const TEXTS = new Set(
  `bool_false_representation bool_true_representation
  default_compression_codec force_data_skipping_indices force_optimize_projection_name
  format_csv_null_representation format_custom_field_delimiter format_custom_result_after_delimiter
  format_custom_result_before_delimiter format_custom_row_after_delimiter format_custom_row_before_delimiter
  format_custom_row_between_delimiter format_regexp format_tsv_null_representation http_response_headers
  ignore_data_skipping_indices insert_deduplication_token log_comment network_compression_method
  output_format_pretty_grid_charset preferred_optimize_projection_name temporary_files_codec`.split(/\s+/),
);
// The last ones would have other users' rights decide what a view shows, or our lexer read another language.
const FIXED = new Set([
  'use_query_condition_cache',
  'query_cache_tag',
  'input_format_values_interpret_expressions',
  'input_format_values_deduce_templates_of_expressions',
  'profile',
  'dialect',
  'default_view_definer',
  'default_normal_view_sql_security',
  'default_materialized_view_sql_security',
  'ignore_empty_sql_security_in_create_view_query',
]);

/** The engine has one user: with a limit of 1 byte for the user, statements of the worker and the API fail that run. */
const OF_ALL = /_for_(user|all_users)$/;

/** Expressions in the data of an INSERT … VALUES, which are not checked where the data are long. */
export const NO_EXPRESSIONS: Record<string, string> = {
  input_format_values_interpret_expressions: '0',
  input_format_values_deduce_templates_of_expressions: '0',
};

/** @throws ClickHouseException 452 when a setting is beyond what an analyst may choose, as with constraints on a server */
export function refuseSetting(name: string, value: string, { textSettings }: Pick<Catalog, 'textSettings'>): void {
  const limit = LIMITS.get(name);
  const number = Number(/^'?(\d+)'?$/.exec(value)?.[1]); // the engine makes 0, which is no limit, of 0.5
  const isWithin = limit === undefined || (number > 0 && number <= limit);
  const isText = textSettings.has(name) && !TEXTS.has(name);
  if (!FIXED.has(name) && !OF_ALL.test(name) && !isText && isWithin) return;
  throw new ClickHouseException(
    452,
    'SETTING_CONSTRAINT_VIOLATION',
    limit ? `Setting ${name} shouldn't be greater than ${limit}` : `Setting ${name} should not be changed`,
  );
}
