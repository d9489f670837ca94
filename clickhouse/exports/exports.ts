import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import type { Warehouse } from '../client/client.ts';

/** The views that can be exported, their columns for tenant, integration and day, and the order that rows are stored in. */
const datasets = {
  costs: {
    tenant: 'tenant_id',
    integration: 'integration_id',
    day: 'exported.day',
    storedBy: ['integration_id', 'day'],
  },
  usage: {
    tenant: 'tenant_id',
    integration: 'integration_id',
    day: 'exported.day',
    storedBy: ['integration_id', 'dataset', 'day'],
  },
  focus: {
    tenant: 'x_TenantId',
    integration: 'x_IntegrationId',
    day: 'toDate(exported.ChargePeriodStart)',
    storedBy: ['x_IntegrationId', 'ChargePeriodStart'],
  },
} as const;
export type ExportDataset = keyof typeof datasets;
export const exportDatasets = Object.keys(datasets) as [ExportDataset, ...ExportDataset[]];

/** The view of each version of FOCUS. */
const focusViews = { '1.4': 'focus', '1.2': 'focus_1_2' } as const;
export type FocusVersion = keyof typeof focusViews;
export const focusVersions = Object.keys(focusViews) as [FocusVersion, ...FocusVersion[]];

const formats = { csv: 'CSVWithNames', parquet: 'Parquet', jsonl: 'JSONEachRow' } as const;
export type ExportFormat = keyof typeof formats;
export const exportFormats = Object.keys(formats) as [ExportFormat, ...ExportFormat[]];

/** Personal data: an export has them only where it is asked to. */
const ONLY_IF_ASKED = ['user_email', 'x_UserEmail'];

export type ExportQuestion = DayRange & {
  dataset: ExportDataset;
  /** Of FOCUS, for the dataset focus. */
  version: FocusVersion;
  format: ExportFormat;
  integration_id?: string | undefined;
  /** Columns that are left out unless they are asked for: e-mail addresses. */
  include?: readonly string[] | undefined;
  /** Columns to leave out. */
  exclude?: readonly string[] | undefined;
  /** Whether text that a spreadsheet would run as a formula begins with an apostrophe. */
  escapesFormulas: boolean;
};

/** The columns to include or to leave out are not some of the view's. */
export class ExportColumnsError extends Error {
  override readonly name = 'ExportColumnsError';
  readonly parameter: 'include' | 'exclude';

  constructor(parameter: 'include' | 'exclude') {
    super(`The columns to ${parameter} are not some of the view's.`);
    this.parameter = parameter;
  }
}

/**
 * A tenant's rows of one view over the UTC days [from, to), as the bytes of a file, without the tenant's column. Text is
 * the same in every format, unless formulas are escaped.
 * Decimals are exact. Rows are ordered as they are stored, then by their columns from left to right: so the warehouse
 * sorts one day at a time, and sends the first rows at once however long the range is.
 * @throws ExportColumnsError where `exclude` names other columns than the view has, or all of them, and `include` others
 * than those that are left out by default
 */
export async function exportRows(
  warehouse: Warehouse,
  tenantId: string,
  { dataset, version, format, from, to, integration_id = '', include, exclude, escapesFormulas }: ExportQuestion,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const { tenant, integration, day, storedBy } = datasets[dataset];
  const view = dataset === 'focus' ? focusViews[version] : dataset;
  const all = (await columnsOf(warehouse, view)).filter(({ name }) => name !== tenant);
  const columns = selectColumns(all, include, exclude);
  const order = new Set([...storedBy, ...columns.map(({ name }) => name)]);
  const cell = escapesFormulas ? escapeFormula : ({ name }: Column) => `exported.${name}`;
  return warehouse.stream({
    name: `export ${dataset}`,
    sql: `SELECT ${columns.map((column) => `${cell(column)} AS ${column.name}`).join(', ')}
          FROM ${view} AS exported
          WHERE exported.${tenant} = {tenant_id: String} AND ${day} >= {from: Date} AND ${day} < {to: Date}
            AND ({integration_id: String} = '' OR exported.${integration} = {integration_id: String})
          ORDER BY ${[...order].map((name) => `exported.${name}`).join(', ')}`,
    params: { tenant_id: tenantId, from, to, integration_id },
    format: formats[format],
    settings: {
      date_time_output_format: 'iso',
      format_csv_null_representation: '',
      output_format_csv_crlf_end_of_line: 1, // RFC 4180
      // Dates and times, not the numbers that older servers write by default.
      output_format_parquet_date_as_uint16: 0,
      output_format_parquet_datetime_as_uint32: 0,
      // If rows are not stored in this order, sorting spills to disk rather than run out of memory.
      max_bytes_before_external_sort: '268435456',
    },
    signal,
  });
}

function selectColumns(all: readonly Column[], include: readonly string[] = [], exclude: readonly string[] = []) {
  const isOptional = ({ name }: Column) => ONLY_IF_ASKED.includes(name);
  const optional = all.filter(isOptional).map(({ name }) => name);
  if (!include.every((name) => optional.includes(name))) throw new ExportColumnsError('include');
  const names = new Set(all.map(({ name }) => name));
  const columns = all.filter(
    (each) => !exclude.includes(each.name) && (!isOptional(each) || include.includes(each.name)),
  );
  if (!exclude.every((name) => names.has(name)) || columns.length === 0) throw new ExportColumnsError('exclude');
  return columns;
}

const column = z.object({ name: z.string(), type: z.string() });
type Column = z.infer<typeof column>;

function columnsOf(warehouse: Warehouse, view: string): Promise<Column[]> {
  return warehouse.query({
    name: 'columns of a view',
    sql: `SELECT name, type FROM system.columns
          WHERE database = currentDatabase() AND table = {view: String}
          ORDER BY position`,
    params: { view },
    row: column,
  });
}

/**
 * SQL of a cell, with an apostrophe before text that a spreadsheet would run as a formula: a project may have any name.
 * Numbers are never formulas, not even those stored as text.
 */
function escapeFormula({ name, type }: Column): string {
  if (!/^(LowCardinality\(|Nullable\()*String/.test(type)) return `exported.${name}`;
  const isFormula = `match(exported.${name}, '^[=+@＝＋－＠\\\\t\\\\r\\\\n-]') AND NOT match(exported.${name}, '^-[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$')`;
  return `if(${isFormula}, concat('\\'', exported.${name}), exported.${name})`;
}
