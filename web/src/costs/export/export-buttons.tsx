import { Button, CopyButton } from '@mantine/core';
import { addDays } from '#domain/day.ts';
import { useSession } from '../../session/use-session.ts';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import type { Table } from '../view/view.ts';
import { toCsv } from './csv.ts';
import { dayGrid, groupGrid } from './grid.ts';
import { daySql, groupSql } from './sql.ts';

type Props = {
  table: Table;
  costs: ViewCosts;
  details: ViewDetails;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
};

/** Exports all rows of the open table, as SQL and as CSV. */
export function ExportButtons({ table, costs, details, comparable, groups }: Props) {
  const session = useSession();
  const tenantId = session?.tenant_id ?? '';
  const { days, view } = costs;
  const file = `openai-costs_${days.from}_${addDays(days.to, -1)}_by-${table === 'days' ? 'day' : view.by}.csv`;
  const before = comparable ? details.groupsBefore : undefined;
  const sql = table === 'days' ? daySql(costs, tenantId) : groupSql(costs, details, before, tenantId);
  const download = () => {
    const grid = table === 'days' ? dayGrid(costs) : groupGrid(costs, details, comparable, groups);
    save(new Blob([toCsv(grid)], { type: 'text/csv' }), file);
  };
  return (
    <>
      <CopyButton value={sql}>
        {({ copied, copy }) => (
          // The SQL names the tenant, which the session has to say first.
          <Button size="xs" variant="default" onClick={copy} disabled={session === undefined}>
            {copied ? 'Copied' : 'Copy as SQL'}
          </Button>
        )}
      </CopyButton>
      <Button size="xs" variant="default" onClick={download}>
        Download CSV
      </Button>
    </>
  );
}

function save(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
