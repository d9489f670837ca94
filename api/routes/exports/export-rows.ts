import { z } from 'zod';
import { exportDatasets, exportFormats, exportRows } from '#clickhouse/exports/exports.ts';
import { checkDayRange, dayRange, integrationId } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { takeTurns } from '../../http/semaphore.ts';
import type { Dependencies } from '../dependencies.ts';
import { requireIntegrations } from '../integrations/require-integrations.ts';

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
      .meta({ description: 'In CSV, text that a spreadsheet would run begins with an apostrophe' }),
    integration_id: integrationId.optional(),
  }),
);

/** A file of a tenant's rows, of any size. Where it breaks off, so does the connection: a file that ends is whole. */
export const readExports = ({ warehouse }: Dependencies) => {
  // None waits for another: that may take an hour.
  const take = takeTurns({ atOnce: 4, inLine: 0 });
  return route({
    method: 'get',
    path: '/exports/:dataset',
    scope: 'costs:read',
    operationId: 'exportRows',
    summary: 'Every row of a view over a range of days, as a file of any size',
    params: z.object({
      dataset: z
        .enum(exportDatasets, `must be one of ${exportDatasets.join(', ')}`)
        .meta({ description: 'The view whose rows are read' }),
    }),
    query,
    answers: {},
    stream: {
      description: 'The file. Where it breaks off, so does the connection: a file that ends is whole',
      mediaTypes: ['text/csv', 'application/vnd.apache.parquet', 'application/x-ndjson'],
    },
    problems: ['not_found', 'too_many_at_once'],
    async handle({ tenantId, params: { dataset }, query: question, signal }) {
      signal.addEventListener('abort', await take(tenantId, signal));
      await requireIntegrations(warehouse, tenantId, question.integration_id ? [question.integration_id] : []);
      const { from, to, format } = question;
      return {
        stream: await exportRows(warehouse, tenantId, { dataset, ...question }, signal),
        headers: {
          'content-type': mediaTypes[format],
          'content-disposition': `attachment; filename="openai-${dataset}_${from}_${to}.${format}"`,
        },
      };
    },
  });
};
