import { z } from 'zod';
import { type Grouping, groupingNames, sumCosts } from '../../clickhouse/costs.ts';
import { freshness } from '../../clickhouse/coverage.ts';
import { readIntegration } from '../../clickhouse/integrations.ts';
import { checkDayRange, dayRange } from '../day-range.ts';
import type { Dependencies } from '../dependencies.ts';
import { Problem } from '../problem.ts';
import { route } from '../route.ts';

const MAX_GROUPINGS = 3;

const grouping = z.enum(groupingNames as [Grouping, ...Grouping[]], `must be one of ${groupingNames.join(', ')}`);

const query = checkDayRange(
  z.strictObject({
    ...dayRange,
    // Once or several times, or with commas: group_by=month,model
    group_by: z
      .union([z.string(), z.array(z.string())], 'must be text')
      .transform((names) => [names].flat().flatMap((each) => each.split(',')))
      .pipe(
        z
          .array(grouping)
          .max(MAX_GROUPINGS, `takes at most ${MAX_GROUPINGS} groupings`)
          .refine((names) => new Set(names).size === names.length, 'names a grouping twice'),
      )
      .default([]),
    integration_id: z.string('must be given once').optional(),
  }),
);

/** What a tenant's costs are, summed; with how far they can be trusted. Money is decimal text. */
export const readCosts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs',
    query,
    async handle({ tenantId, query: question }) {
      const { integration_id } = question;
      if (integration_id && !(await readIntegration(warehouse, { tenant_id: tenantId, integration_id }))) {
        throw new Problem('not_found');
      }
      const [costs, trust] = await Promise.all([
        sumCosts(warehouse, tenantId, question),
        freshness(warehouse, tenantId, question),
      ]);
      return { body: { ...question, ...costs, ...trust } };
    },
  });
