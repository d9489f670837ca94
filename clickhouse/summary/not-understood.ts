import { z } from 'zod';
import type { DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';

const RARE = ['api_source', 'service_tier'] as const;

/** SQL of whether a fact's line item is not understood in full: wholly, or but for a qualifier. */
export const IS_UNKNOWN = `token_type = 'other' OR unknown_qualifier != ''`;

export const notUnderstood = z
  .object({
    amount: z.string().meta({ description: 'What these line items cost; refunds count as costs do' }),
    unclassified_amount: z.string().meta({
      description: 'Of it, the part whose model or token type is unknown; of the rest, a qualifier is',
    }),
    all_amount: z.string().meta({ description: 'The same of all line items, whose one percent would be worth a look' }),
    line_items: z.array(z.string()).meta({ description: 'The ten with the highest costs' }),
  })
  .meta({ id: 'NotUnderstood' });

export const rareDimensions = z
  .object({ api_source: z.array(z.string()), service_tier: z.array(z.string()) })
  .meta({ id: 'RareDimensions' });

const row = notUnderstood.extend(rareDimensions.shape);

/**
 * How much of the costs of a range is for line items that were not understood in full when they were read, and the
 * values of the dimensions that few organizations have, whatever is filtered by: one statement, since reading the facts
 * is what it costs.
 */
export async function readNotUnderstood(
  warehouse: Warehouse,
  tenantId: string,
  { range, filters }: { range: DayRange; filters: Filters },
): Promise<{ not_understood: z.infer<typeof notUnderstood>; rare_dimensions: z.infer<typeof rareDimensions> }> {
  const { integration_id, ...others } = filters;
  const isNarrowed = Object.values(others).some((values) => values !== undefined);
  const valuesOf = (name: (typeof RARE)[number], ofLines: string) =>
    isNarrowed
      ? `(SELECT arraySort(groupUniqArray(toString(${name}))) FROM all_facts)`
      : `arraySort(groupUniqArrayArray(${ofLines}))`;
  const [found] = await warehouse.query({
    name: 'not understood',
    sql: withSteps(
      {
        ...(isNarrowed && { all_facts: selectFacts(costFacts, RARE, { integration_id }) }),
        facts: selectFacts(costFacts, ['line_item', 'token_type', 'unknown_qualifier', 'amount', ...RARE], filters),
        lines: sql`
          SELECT
            line_item,
            sum(abs(amount)) AS line_amount,
            sumIf(abs(amount), ${IS_UNKNOWN}) AS unknown_amount,
            sumIf(abs(amount), token_type = 'other') AS other_amount,
            groupUniqArray(toString(api_source)) AS line_sources,
            groupUniqArray(toString(service_tier)) AS line_tiers
          FROM facts
          GROUP BY line_item`,
      },
      sql`
        SELECT
          sum(unknown_amount) AS amount,
          sum(other_amount) AS unclassified_amount,
          sum(line_amount) AS all_amount,
          arrayMap(
            line -> toString(line.2),
            arraySlice(arraySort(groupArrayIf((-unknown_amount, line_item), unknown_amount > 0)), 1, 10)
          ) AS line_items,
          ${valuesOf('api_source', 'line_sources')} AS api_source,
          ${valuesOf('service_tier', 'line_tiers')} AS service_tier
        FROM lines`,
    ),
    params: factParameters(tenantId, range, filters),
    row,
  });
  if (!found)
    throw new Error('ClickHouse returned no row for what is not understood. An aggregate without groups has one.');
  const { api_source, service_tier, ...not_understood } = found;
  return { not_understood, rare_dimensions: { api_source, service_tier } };
}
