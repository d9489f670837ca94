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

const formats = { csv: 'CSVWithNames', parquet: 'Parquet', jsonl: 'JSONEachRow' } as const;
export type ExportFormat = keyof typeof formats;
export const exportFormats = Object.keys(formats) as [ExportFormat, ...ExportFormat[]];

export type ExportQuestion = DayRange & {
  dataset: ExportDataset;
  format: ExportFormat;
  integration_id?: string | undefined;
};

/**
 * A tenant's rows of one view over the UTC days [from, to), as the bytes of a file, without the tenant's column.
 * Decimals are exact. Rows are ordered as they are stored, then by their columns from left to right: so the warehouse
 * sorts one day at a time, and sends the first rows at once however long the range is.
 */
export async function exportRows(
  warehouse: Warehouse,
  tenantId: string,
  { dataset, format, from, to, integration_id = '' }: ExportQuestion,
  signal: AbortSignal,
): Promise<AsyncIterable<Buffer>> {
  const { tenant, integration, day, storedBy } = datasets[dataset];
  const columns = (await columnsOf(warehouse, dataset)).filter(({ name }) => name !== tenant);
  const order = new Set([...storedBy, ...columns.map(({ name }) => name)]);
  const cell = format === 'csv' ? escapeFormula : ({ name }: Column) => `exported.${name}`;
  return warehouse.stream({
    name: `export ${dataset}`,
    sql: `SELECT ${columns.map((column) => `${cell(column)} AS ${column.name}`).join(', ')}
          FROM ${dataset} AS exported
          WHERE exported.${tenant} = {tenant_id: String} AND ${day} >= {from: Date} AND ${day} < {to: Date}
            AND ({integration_id: String} = '' OR exported.${integration} = {integration_id: String})
          ORDER BY ${[...order].map((name) => `exported.${name}`).join(', ')}`,
    params: { tenant_id: tenantId, from, to, integration_id },
    format: formats[format],
    settings: {
      date_time_output_format: 'iso',
      format_csv_null_representation: '',
      output_format_csv_crlf_end_of_line: 1, // RFC 4180
      // If rows are not stored in this order, sorting spills to disk rather than run out of memory.
      max_bytes_before_external_sort: '268435456',
    },
    signal,
  });
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
