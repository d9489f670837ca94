import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, selectFacts } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';

/** SQL of a step: the line items that are billed without a quantity, and not on most days of their time. */
export const oneOffs = (filters: Filters): string => sql`
  SELECT line_item
  FROM (
    ${selectFacts(costFacts, ['amount', 'line_item', 'quantity'], filters)}
  )
  WHERE quantity IS NULL AND amount > 0
  GROUP BY line_item
  HAVING uniqExact(day) < 3 OR uniqExact(day) * 2 <= dateDiff('day', min(day), max(day)) + 1`;

/** SQL of a condition on a fact, beside the step `one_offs`. */
export const RECURRING = '(quantity IS NOT NULL OR line_item NOT IN (SELECT line_item FROM one_offs))';
