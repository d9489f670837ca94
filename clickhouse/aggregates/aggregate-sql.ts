import { sql, withSteps } from '../client/sql.ts';
import { freshnessParts, WITH_NAMES } from '../coverage/freshness-steps.ts';
import type { FactTable } from './fact-table.ts';
import { groups } from './group-steps.ts';
import { nameTables, page } from './page-steps.ts';
import type { AggregateQuestion } from './question.ts';

/**
 * A question in SQL, as one statement whose rows are parts of one object of JSON: `rows` is the page, `due` and `reads`
 * are what toFreshness needs. Few steps, and no join of the parts: each one is planned, which takes longer than
 * reading the facts.
 */
export function aggregateSql(table: FactTable, question: AggregateQuestion): string {
  const steps = {
    ...table.subqueries,
    groups: groups(table, question),
    ...nameTables(table, question),
    page: page(table, question),
  };
  const rows = withSteps(
    steps,
    sql`
      SELECT toJSONString(tuple(groupArray(row) AS rows)) AS part
      FROM page`,
  );
  const { due, reads } = freshnessParts({ ...selection(question), table: table.table, compare: question.compare });
  return sql`
    (
      ${rows}
    )
    UNION ALL
    ${due}
    UNION ALL
    ${reads}
    ${WITH_NAMES}`;
}

const selection = ({ filters }: AggregateQuestion) => ({
  hasIntegrations: filters.integration_id !== undefined,
  hasDatasets: filters.dataset !== undefined,
});
