import { z } from 'zod';
import { integrationDay, readDays } from '#clickhouse/coverage/integration-days.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import { json, route } from '../../http/route.ts';
import { Problem } from '../../problem/problem.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkDayRange, dayRange, integrationId } from '../parameters.ts';

export type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';

/** The days of an integration, for a calendar. */
export const listIntegrationDays = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/:integration_id/days',
    scope: 'costs:read',
    operationId: 'listIntegrationDays',
    summary: 'Lists the days of an integration’s history: whether each was read, is reconciled, and was restated',
    params: z.object({ integration_id: integrationId }),
    query: checkDayRange(z.strictObject(dayRange)),
    responses: {
      200: {
        description: 'Days in order',
        body: z.object({ data: z.array(integrationDay) }).meta({ id: 'IntegrationDays' }),
      },
    },
    problems: ['not_found'],
    conditional: 'several statements',
    async handle({ tenantId, params: { integration_id }, query }) {
      const key = { tenant_id: tenantId, integration_id };
      if (!(await readIntegration(warehouse, key))) throw new Problem('not_found');
      return json(200, { data: await readDays(warehouse, key, query) });
    },
  });
