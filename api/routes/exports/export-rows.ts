import { z } from 'zod';
import {
  ExportColumnsError,
  exportDatasets,
  exportFormats,
  focusVersions,
  exportRows as readRows,
} from '#clickhouse/exports/exports.ts';
import { route } from '../../http/route.ts';
import { tenantSemaphore } from '../../limits/tenant-semaphore.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';
import { checkDayRange, dayRange, integrationId, repeatable } from '../parameters.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
  jsonl: 'application/x-ndjson',
} as const;

const columnNames = repeatable(z.string('must be text').max(100, 'must have at most 100 characters'), 50, {
  commas: true,
});

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    format: z
      .enum(exportFormats, `must be one of ${exportFormats.join(', ')}`)
      .default('csv')
      .meta({ description: 'csv for spreadsheets, parquet or jsonl for programs' }),
    integration_id: integrationId.optional(),
    version: z
      .enum(focusVersions, `must be one of ${focusVersions.join(', ')}`)
      .optional()
      .meta({ description: 'Version of FOCUS, for focus only; 1.4 by default' }),
    include: columnNames.meta({
      description:
        'Columns that are left out unless they are named here, because they are personal data: user_email in costs, ' +
        'x_UserEmail in focus',
    }),
    exclude: columnNames.meta({
      description: 'Columns to leave out, such as x_UserId; separated by commas or repeated',
    }),
    formulas: z
      .enum(['escaped', 'raw'], 'must be escaped or raw')
      .optional()
      .meta({
        description:
          'In CSV, whether text that a spreadsheet would run as a formula (`=1+1`, `-prod`) is prefixed with an ' +
          'apostrophe. By default it is in costs and usage, which people open, and not in focus, which programs load. ' +
          'Parquet and JSON lines are always raw',
      }),
    bom: z.enum(['true', 'false'], 'must be true or false').optional().meta({
      description: 'In CSV, whether the file begins with a byte order mark, by which Excel knows that it is UTF-8',
    }),
  }),
).check(({ value: { format, formulas, bom }, issues }) => {
  if (format === 'csv') return;
  for (const [name, given] of Object.entries({ formulas, bom })) {
    if (given !== undefined) issues.push({ code: 'custom', input: given, path: [name], message: 'is for csv only' });
  }
});

/** A file of a tenant's rows, of any size. If the export fails, the connection is reset, so a file that ends is complete. */
export const exportRows = ({ warehouse }: Dependencies) => {
  // No queue: the export ahead may take an hour.
  const acquire = tenantSemaphore({ concurrency: 4, queueLimit: 0 });
  return route({
    method: 'get',
    path: '/exports/:dataset',
    scope: 'costs:read',
    operationId: 'exportRows',
    summary: 'Exports every row of a view over a range of days, as a file of any size',
    params: z.object({
      dataset: z
        .enum(exportDatasets, `must be one of ${exportDatasets.join(', ')}`)
        .meta({ description: 'The view to export' }),
    }),
    query,
    responses: {},
    stream: {
      description: 'The file. If the export fails, the connection is reset: a file that ends regularly is complete',
      mediaTypes: ['text/csv', 'application/vnd.apache.parquet', 'application/x-ndjson'],
    },
    problems: ['not_found', 'too_many_at_once'],
    async handle({ tenantId, params: { dataset }, query: question, signal }) {
      signal.addEventListener('abort', await acquire(tenantId, signal));
      await requireIntegrations(warehouse, tenantId, question.integration_id ? [question.integration_id] : []);
      const { from, to, format, version, formulas = dataset === 'focus' ? 'raw' : 'escaped', bom } = question;
      if (version && dataset !== 'focus') {
        throw new Problem('invalid_request', { errors: [{ pointer: '/query/version', message: 'is for focus only' }] });
      }
      const escapesFormulas = format === 'csv' && formulas === 'escaped';
      const rows = await refuseColumns(
        readRows(warehouse, tenantId, { dataset, ...question, version: version ?? '1.4', escapesFormulas }, signal),
      );
      return {
        stream: bom === 'true' ? withByteOrderMark(rows) : rows,
        headers: {
          'content-type': mediaTypes[format],
          'content-disposition': `attachment; filename="openai-${dataset}${version ? `-${version}` : ''}_${from}_${to}.${format}"`,
        },
      };
    },
  });
};

async function* withByteOrderMark(rows: AsyncIterable<Buffer>) {
  yield Buffer.from([0xef, 0xbb, 0xbf]);
  yield* rows;
}

const REFUSALS = {
  include: 'must be columns that are left out otherwise: user_email in costs, x_UserEmail in focus',
  exclude: 'must be columns of the view, and not all of them',
} as const;

async function refuseColumns<T>(rows: Promise<T>): Promise<T> {
  try {
    return await rows;
  } catch (error) {
    if (!(error instanceof ExportColumnsError)) throw error;
    const { parameter } = error;
    throw new Problem('invalid_request', {
      errors: [{ pointer: `/query/${parameter}`, message: REFUSALS[parameter] }],
    });
  }
}
