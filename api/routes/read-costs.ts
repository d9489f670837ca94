import { z } from 'zod';
import { type Grouping, groupingNames, sumCosts } from '../../clickhouse/costs.ts';
import { freshness } from '../../clickhouse/coverage.ts';
import { readIntegration } from '../../clickhouse/integrations.ts';
import type { Dependencies } from '../dependencies.ts';
import { checkDayRange, dayRange, integrationId, repeatable } from '../parameters.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const grouping = z.enum(groupingNames as [Grouping, ...Grouping[]], `must be one of ${groupingNames.join(', ')}`);

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    group_by: repeatable(grouping, 3, { commas: true }),
    integration_id: integrationId.optional(),
  }),
);

/** What a tenant's costs are, summed; with how far they can be trusted. Money is decimal text. */
export const readCosts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs',
    scope: 'costs:read',
    operationId: 'readCosts',
    summary: 'Costs over a range of days, summed by what is asked for',
    query,
    answers: { 200: { description: 'Sums', body: z.looseObject({}) } },
    problems: ['not_found', 'mixed_currencies'],
    cached: true,
    async handle({ tenantId, query: { group_by = [], ...question } }) {
      const { integration_id } = question;
      if (integration_id && !(await readIntegration(warehouse, { tenant_id: tenantId, integration_id }))) {
        throw new Problem('not_found');
      }
      const [costs, trust] = await Promise.all([
        sumCosts(warehouse, tenantId, { ...question, group_by }),
        freshness(warehouse, tenantId, question),
      ]);
      return { 200: { ...question, group_by, ...costs, ...trust } };
    },
  });
