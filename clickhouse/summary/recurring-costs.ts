import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, selectFacts } from '../aggregates/select-facts.ts';
import { sql } from '../client/sql.ts';
import { billedOften } from './billed-often.ts';

/** SQL of whether a fact is of an integration that is not disconnected. */
const IS_CONNECTED = `integration_id IN (
  SELECT integration_id FROM integration_records FINAL WHERE tenant_id = {tenant_id: String} AND status != 'disconnected')`;

/** The columns of a fact that tell whether its costs recur. */
const COLUMNS = ['amount', 'currency', 'line_item', 'quantity'];

/** SQL of the facts of all integrations, and whether each is of a connected one. */
export const factsOfAll = (filters: Filters) => sql`
  SELECT *, ${IS_CONNECTED} AS is_connected
  FROM (
    ${selectFacts(costFacts, COLUMNS, filters)}
  )`;

/** SQL of the facts of connected integrations, with further columns. */
export const connectedFacts = (filters: Filters, columns: readonly string[]) =>
  selectFacts(costFacts, [...COLUMNS, ...columns], filters, { conditions: [IS_CONNECTED] });

/** Whether a charge without a quantity is more than a one-off: its line item is billed on most days of its time. */
const IS_RECURRING = `unmeasured_item = '' OR (${billedOften({ days: 'days_billed', first: 'first_billed', last: 'last_billed' })})`;

/** Steps whose last one, `costs_of_days`, has what recurs of each day's costs, for each value of the columns `by`. */
export function recurringSteps(
  facts: string,
  {
    by = [],
    isCounted = 'true',
    columns = {},
  }: {
    by?: readonly string[];
    /** SQL of the facts that count. */
    isCounted?: string;
    /** Further columns of a day: the SQL over facts, and the aggregate that adds up its parts. */
    columns?: Readonly<Record<string, { sql: string; add: string }>>;
  } = {},
) {
  const each = by.map((column) => `${column}, `).join('');
  const further = (text: (name: string, column: { sql: string; add: string }) => string) =>
    Object.entries(columns)
      .map(([name, column]) => `,\n${text(name, column)}`)
      .join('');
  return {
    charges: sql`
      SELECT
        ${each}day,
        if(quantity IS NULL, line_item, '') AS unmeasured_item,
        sumIf(amount, amount > 0 AND ${isCounted}) AS charged${further((name, column) => `${column.sql} AS ${name}`)}
      FROM ${facts}
      GROUP BY ${each}day, unmeasured_item`,
    charges_in_time: sql`
      SELECT
        *,
        countIf(charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS days_billed,
        minIf(day, charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS first_billed,
        maxIf(day, charged > 0) OVER (PARTITION BY ${each}unmeasured_item) AS last_billed
      FROM charges`,
    costs_of_days: sql`
      SELECT
        ${each}day,
        sumIf(charged, ${IS_RECURRING}) AS recurring${further((name, { add }) => `${add}(charges_in_time.${name}) AS ${name}`)}
      FROM charges_in_time
      GROUP BY ${each}day`,
  };
}
