import { sql, withSteps } from '../client/sql.ts';
import { freshnessSteps, WITH_NAMES } from '../coverage/freshness-steps.ts';
import type { FactTable } from './fact-table.ts';
import { facts, groups } from './group-steps.ts';
import { nameTables, pageSteps } from './page-steps.ts';
import type { AggregateQuestion } from './question.ts';

/**
 * A question in SQL, as one statement whose only row has the groups and what was read for them, in steps: facts become
 * groups, and a page of these gets names and the totals of all. A step is used by one other step only, since ClickHouse
 * computes it again for every use. That each row repeats the totals costs nothing next to reading the facts.
 */
export function aggregateSql(table: FactTable, question: AggregateQuestion): string {
  const steps = {
    ...table.subqueries,
    facts: facts(table, question),
    groups: groups(table, question),
    ...nameTables(table, question),
    ...pageSteps(table, question),
    ...freshnessSteps({ ...selection(question), table: table.table, compare: question.compare }),
  };
  return withSteps(
    steps,
    sql`
      SELECT answer.*, due, reads
      FROM answer
      CROSS JOIN due
      CROSS JOIN reads
      ${WITH_NAMES}`,
  );
}

const selection = ({ filters }: AggregateQuestion) => ({
  hasIntegrations: filters.integration_id !== undefined,
  hasDatasets: filters.dataset !== undefined,
});
