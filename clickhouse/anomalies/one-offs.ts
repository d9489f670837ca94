import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, selectFacts } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';
import { billedOften } from '../summary/billed-often.ts';

/** SQL of a step: the line items that are billed without a quantity, and not on most days of their time. */
export const oneOffs = (filters: Filters): string => sql`
  SELECT line_item
  FROM (
    ${selectFacts(costFacts, ['amount', 'line_item', 'quantity'], filters)}
  )
  WHERE quantity IS NULL AND amount > 0
  GROUP BY line_item
  HAVING NOT (${billedOften({ days: 'uniqExact(day)', first: 'min(day)', last: 'max(day)' })})`;

/** SQL of a condition on a fact, beside the step `one_offs`. */
export const RECURRING = '(quantity IS NOT NULL OR line_item NOT IN (SELECT line_item FROM one_offs))';
