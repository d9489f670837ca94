import { z } from 'zod';
import { type Grouping, groupingNames, sumCosts } from '../../clickhouse/costs.ts';
import { freshness } from '../../clickhouse/coverage.ts';
import type { Dependencies } from '../dependencies.ts';
import { route } from '../route.ts';

const DAY_MS = 86_400_000;
const MAX_GROUPINGS = 3;
const MAX_DAYS = 3 * 366;
const dayFromNow = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

const grouping = z.enum(groupingNames as [Grouping, ...Grouping[]], `must be one of ${groupingNames.join(', ')}`);
const day = z.iso.date({ error: 'must be a UTC day, YYYY-MM-DD', abort: true });

const query = z
  .strictObject({
    from: day.default(() => dayFromNow(-364)),
    to: day.default(() => dayFromNow(1)),
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
  })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from: the range is half-open' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_DAYS * DAY_MS, {
    path: ['from'],
    message: `must be within ${MAX_DAYS} days of to`,
  });

/** What a tenant's costs are, summed; with how far they can be trusted. Money is decimal text. */
export const readCosts = ({ warehouse }: Dependencies) =>
  route({
    method: 'get',
    path: '/costs',
    query,
    async handle({ tenantId, query: question }) {
      const [costs, trust] = await Promise.all([
        sumCosts(warehouse, tenantId, question),
        freshness(warehouse, tenantId, question),
      ]);
      return { body: { ...question, ...costs, ...trust } };
    },
  });
