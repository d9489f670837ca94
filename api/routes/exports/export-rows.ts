import { z } from 'zod';
import { exportDatasets, exportFormats, exportRows as readRows } from '#clickhouse/exports/exports.ts';
import { route } from '../../http/route.ts';
import { tenantSemaphore } from '../../http/tenant-semaphore.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';
import { checkDayRange, dayRange, integrationId } from '../parameters.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8; header=present',
  parquet: 'application/vnd.apache.parquet',
  jsonl: 'application/x-ndjson',
} as const;

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    format: z
      .enum(exportFormats, `must be one of ${exportFormats.join(', ')}`)
      .default('csv')
      .meta({ description: 'In CSV, text that a spreadsheet would run as a formula is prefixed with an apostrophe' }),
    integration_id: integrationId.optional(),
  }),
);

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
      const { from, to, format } = question;
      return {
        stream: await readRows(warehouse, tenantId, { dataset, ...question }, signal),
        headers: {
          'content-type': mediaTypes[format],
          'content-disposition': `attachment; filename="openai-${dataset}_${from}_${to}.${format}"`,
        },
      };
    },
  });
};
