import { z } from 'zod';
import { integrationDay, readDays as readDaysOf } from '#clickhouse/coverage/integration-days.ts';
import { readIntegration } from '#clickhouse/integrations/integrations.ts';
import type { Dependencies } from '../../dependencies.ts';
import { checkDayRange, dayRange, integrationId } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import { Problem } from '../../problem.ts';

export type { IntegrationDay } from '#clickhouse/coverage/integration-days.ts';

/** For a calendar: what is there, what is missing, what does not add up, what was restated. */
export const readDays = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/integrations/:integration_id/days',
    scope: 'costs:read',
    operationId: 'listIntegrationDays',
    summary: 'Each day of an integration’s history: whether it was read, adds up, and was restated',
    params: z.object({ integration_id: integrationId }),
    query: checkDayRange(z.strictObject(dayRange)),
    answers: { 200: { description: 'In order', body: z.object({ data: z.array(integrationDay) }) } },
    problems: ['not_found'],
    cached: true,
    async handle({ tenantId, params: { integration_id }, query }) {
      const key = { tenant_id: tenantId, integration_id };
      if (!(await readIntegration(warehouse, key))) throw new Problem('not_found');
      return { 200: { data: await readDaysOf(warehouse, key, query) } };
    },
  });
