import { z } from 'zod';
import { CAUSE_DIMENSIONS, type CostChange } from '#domain/causes/cost-change.ts';
import type { Day, DayRange } from '#domain/day.ts';
import { costFacts } from '../aggregates/cost-facts.ts';
import { type Filters, factParameters, selectFacts } from '../aggregates/select-facts.ts';
import type { Warehouse } from '../client/client.ts';
import { sql, withSteps } from '../client/sql.ts';
import { listedNames } from '../names/listed-names.ts';
import { oneOffs, RECURRING } from './one-offs.ts';

/** What changed most is all that an explanation needs. */
const MAX_CHANGES = 2000;

const day = z.string();
const row = z.object({
  project_name: z.string(),
  api_key_name: z.string(),
  project_id: z.string(),
  api_key_id: z.string(),
  model: z.string(),
  line_item: z.string(),
  currency: z.string(),
  amount: z.string(),
  before: z.string(),
  quantity: z.string().nullable(),
  quantity_before: z.string().nullable(),
  since: z.object({ project_id: day, api_key_id: day, model: day, line_item: day }),
});

export type ChangesQuestion = {
  filters: Filters;
  /** The days whose costs are explained. */
  range: DayRange;
  /** What they are compared with: the mean of `times` such ranges. */
  compared: { days: readonly Day[]; times: number };
  /** From this day on it is known what is new. */
  knownFrom: Day;
  /** Whether credits and one-off charges are left out. */
  isRecurring: boolean;
};

/** What each line item of each API key cost in a range, beside what it cost before: what changed most comes first. */
export function readCostChanges(
  warehouse: Warehouse,
  tenantId: string,
  { filters, range, compared, knownFrom, isRecurring }: ChangesQuestion,
): Promise<CostChange[]> {
  return warehouse.query({
    name: 'cost changes',
    sql: changesSql(filters, isRecurring),
    params: {
      ...factParameters(tenantId, { from: knownFrom, to: range.to }, filters),
      current_from: range.from,
      compared_days: compared.days,
      times: compared.times,
    },
    row,
  });
}

const LINE = CAUSE_DIMENSIONS.join(', ');

function changesSql(filters: Filters, isRecurring: boolean): string {
  const sumOf = (column: string) => ({
    now: `sumIf(${column}, day >= {current_from: Date})`,
    before: `sumIf(${column}, has({compared_days: Array(Date)}, day)) / {times: UInt8}`,
  });
  const [amount, quantity] = [sumOf('amount'), sumOf('ifNull(quantity, 0)')];
  const isMeasured = 'countIf(quantity IS NULL) = 0 AND uniqExact(quantity_unit) = 1';
  const columns = ['amount', 'currency', ...CAUSE_DIMENSIONS, 'project_name', 'quantity', 'quantity_unit'];
  return withSteps(
    {
      one_offs: oneOffs(filters),
      facts: selectFacts(costFacts, columns, filters),
      lines: sql`
        SELECT
          ${LINE}, currency,
          ${amount.now} AS amount_now,
          ${amount.before} AS amount_before,
          if(${isMeasured}, ${quantity.now}, NULL) AS quantity_now,
          if(${isMeasured}, ${quantity.before}, NULL) AS quantity_before,
          min(day) AS first_day,
          argMaxIf(project_name, day, project_name != '') AS billed_project_name
        FROM facts
        ${isRecurring ? `WHERE amount > 0 AND ${RECURRING}` : ''}
        GROUP BY ${LINE}, currency`,
      dated: sql`
        SELECT
          *,
          ${CAUSE_DIMENSIONS.map((name) => `min(first_day) OVER (PARTITION BY ${name}) AS since_${name}`).join(',\n')}
        FROM lines`,
      project_names: listedNames('project'),
      api_key_names: listedNames('api_key'),
    },
    sql`
      SELECT
        ${LINE}, currency, amount_now AS amount, amount_before AS before, quantity_now AS quantity, quantity_before,
        if(project_names.name != '', project_names.name, billed_project_name) AS project_name,
        api_key_names.name AS api_key_name,
        tuple(${CAUSE_DIMENSIONS.map((name) => `since_${name}`).join(', ')})
          ::Tuple(${CAUSE_DIMENSIONS.map((name) => `${name} Date`).join(', ')}) AS since
      FROM dated
      LEFT JOIN project_names ON project_names.id = dated.project_id
      LEFT JOIN api_key_names ON api_key_names.id = dated.api_key_id
      WHERE amount_now != 0 OR amount_before != 0
      ORDER BY abs(amount_now - amount_before) DESC, ${LINE}
      LIMIT ${String(MAX_CHANGES)}`,
  );
}
