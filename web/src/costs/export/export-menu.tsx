import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/context.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { useAction } from '../../api/use-action.ts';
import { useSession } from '../../session/use-session.ts';
import { copyText } from '../../ui/copy-text.ts';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { addressOfView } from '../view/address.ts';
import { dimensionName } from '../view/dimensions.ts';
import type { Table } from '../view/use-view.ts';
import { signsOf, toCsv, toSpreadsheet } from './csv.ts';
import { fileName } from './file-name.ts';
import { groupGrid, groupPeriodGrid, periodGrid } from './grid.ts';
import { groupSql, periodSql } from './sql.ts';

type Props = {
  table: Table;
  costs: ViewCosts;
  /** Undefined where they could not be loaded: without quantities and comparison. */
  details: ViewDetails | undefined;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
  /** Whose costs these are. */
  organization: string;
};

/**
 * Takes the view along: all rows of the open table with every digit, all rows of the range, SQL, or a link. Exported as
 * React's lazy wants it.
 */
export default function ExportMenu({ table, costs, details, comparable, groups, organization }: Props) {
  const api = useApi();
  const session = useSession();
  const [copied, setCopied] = useState('');
  const { days, view } = costs;
  const by = table === 'days' ? costs.granularity : view.by;
  const sql = () =>
    table === 'days'
      ? periodSql(costs, session?.tenant_id ?? '')
      : groupSql(costs, details, comparable ? details?.groupsBefore : undefined, session?.tenant_id ?? '');
  const grid = () => (table === 'days' ? periodGrid(costs) : groupGrid(costs, details, comparable, groups));
  const saveText = (text: string, what: string = by) =>
    save(new Blob([text], { type: 'text/csv' }), fileName(organization, days, `by-${what}.csv`));
  const copy = async (what: string, text: string) => {
    await copyText(text);
    setCopied(what);
  };
  const rows = useAction(async (file: string) => {
    const [dataset = '', format = ''] = file.split('.');
    const query = new URLSearchParams({
      ...days,
      format,
      ...(view.integration && { integration_id: view.integration }),
    });
    const response = await api(`/v1/exports/${dataset}?${query}`);
    save(await response.blob(), fileName(organization, days, file));
  });
  return (
    <>
      <Menu
        withinPortal={false}
        withInitialFocusPlaceholder={false}
        position="bottom-end"
        onClose={() => setCopied('')}
      >
        <Menu.Target>
          <Button size="xs" variant="default" loading={rows.running}>
            {copied ? `${copied} copied` : 'Export'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>This table</Menu.Label>
          <Menu.Item onClick={() => saveText(toSpreadsheet(grid(), signsOf()))}>CSV for spreadsheets</Menu.Item>
          <Menu.Item onClick={() => saveText(toCsv(grid()))}>CSV</Menu.Item>
          <Menu.Item
            onClick={() =>
              saveText(toSpreadsheet(groupPeriodGrid(costs), signsOf()), `${costs.granularity}-and-${view.by}`)
            }
          >
            CSV by {costs.granularity} and{' '}
            {dimensionName[view.by].replace(/^(?!API)./, (letter) => letter.toLowerCase())}
          </Menu.Item>
          {/* The SQL names the tenant, which the session has to say first. */}
          <Menu.Item closeMenuOnClick={false} disabled={!session} onClick={() => copy('SQL', sql())}>
            Copy as SQL
          </Menu.Item>
          <Menu.Item closeMenuOnClick={false} onClick={() => copy('Link', addressOfView())}>
            Copy link
          </Menu.Item>
          <Menu.Label>All rows of these days, without filters</Menu.Label>
          <Menu.Item onClick={() => rows.run('costs.parquet')}>Parquet</Menu.Item>
          <Menu.Item onClick={() => rows.run('focus.csv')}>FOCUS</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {rows.error !== undefined && <ProblemAlert error={rows.error} isOfAction />}
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
