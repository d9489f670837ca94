import { Button, CopyButton } from '@mantine/core';
import { addDays } from '#domain/day.ts';
import { useSession } from '../../session/use-session.ts';
import type { Compared } from '../data/compare.ts';
import type { Answers, Details } from '../data/fetch-costs.ts';
import { toCsv } from './csv.ts';
import { dayGrid, groupGrid } from './grid.ts';
import { daySql, groupSql } from './sql.ts';

type Props = {
  table: 'groups' | 'days';
  answers: Answers;
  details: Details;
  before: Details | undefined;
  groups: readonly Compared[];
};

/** The table that is seen, all of its rows, as SQL and as a file. */
export function TakeAlong({ table, answers, details, before, groups }: Props) {
  const { tenant_id = '' } = useSession() ?? {};
  const { days, view } = answers;
  const name = `openai-costs_${days.from}_${addDays(days.to, -1)}_by-${table === 'days' ? 'day' : view.by}`;
  const sql =
    table === 'days' ? daySql(answers, tenant_id) : groupSql(answers, details, before?.groupsBefore, tenant_id);
  const download = () => {
    const grid = table === 'days' ? dayGrid(answers) : groupGrid(answers, details, before !== undefined, groups);
    save(new Blob([toCsv(grid)], { type: 'text/csv' }), `${name}.csv`);
  };
  return (
    <>
      <CopyButton value={sql}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" onClick={copy}>
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

function save(file: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
