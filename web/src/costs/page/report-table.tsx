import { Paper, SegmentedControl } from '@mantine/core';
import layout from '../../ui/layout.module.css';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { ExportButtons } from '../export/export-buttons.tsx';
import { DayTable } from '../tables/day-table.tsx';
import { GroupTable } from '../tables/group-table.tsx';
import { dimensionName } from '../view/dimensions.ts';
import { type Table, useTable } from '../view/view.ts';
import styles from './costs-report.module.css';

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
  colours: ReadonlyMap<string, string>;
  /** When each restated day was found changed. */
  restated: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
};

/** The exact figures, by group or by day, and their export. */
export function ReportTable({ costs, details, comparable, groups, colours, restated, onChoose }: Props) {
  const { view, daily, missing } = costs;
  const [table, setTable] = useTable();
  return (
    <Paper withBorder p="md" radius="md">
      <div className={`${layout.row} ${styles.tableHeader}`}>
        <SegmentedControl
          size="xs"
          aria-label="Table"
          value={table}
          onChange={(value) => setTable(value as Table)}
          data={[
            { value: 'groups', label: `By ${dimensionName[view.by].toLowerCase()}` },
            { value: 'days', label: 'By day' },
          ]}
        />
        <span className={layout.end}>
          {details && (
            <ExportButtons table={table} costs={costs} details={details} comparable={comparable} groups={groups} />
          )}
        </span>
      </div>
      {table === 'groups' ? (
        <GroupTable
          costs={costs}
          details={details}
          comparable={comparable}
          groups={groups}
          colours={colours}
          onChoose={onChoose}
        />
      ) : (
        <DayTable daily={daily} restated={restated} missing={missing} />
      )}
    </Paper>
  );
}
