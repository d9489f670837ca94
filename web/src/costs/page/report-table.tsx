import { Paper, SegmentedControl } from '@mantine/core';
import layout from '../../ui/layout.module.css';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { DayTable } from '../tables/day-table.tsx';
import { GroupTable } from '../tables/group-table.tsx';
import { type Dimension, dimensionName, dimensions } from '../view/dimensions.ts';
import { type Navigate, useTable } from '../view/view.ts';
import styles from './costs-report.module.css';

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
  /** Whose costs these are. */
  organization: string;
  colours: ReadonlyMap<string, string>;
  /** What is said of each restated day. */
  restated: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
  onView: Navigate;
};

/** The exact figures, by group or by day, and their export. */
export function ReportTable({
  costs,
  details,
  comparable,
  groups,
  organization,
  colours,
  restated,
  onChoose,
  onView,
}: Props) {
  const { view, daily, missing } = costs;
  const [table, setTable] = useTable();
  return (
    <Paper withBorder p="md" radius="md">
      <div className={`${layout.row} ${styles.tableHeader}`}>
        <SegmentedControl
          size="xs"
          aria-label="Table"
          className={styles.tabs}
          value={table === 'days' ? 'days' : view.by}
          onChange={(value) => {
            if (value === 'days' || value === view.by) setTable(value === 'days' ? 'days' : 'groups');
            else onView({ ...view, by: value as Dimension }, { table: 'groups' });
          }}
          data={[
            ...dimensions.map((value) => ({ value, label: dimensionName[value] })),
            { value: 'days', label: 'Day' },
          ]}
        />
        <span className={layout.end}>
          {details && (
            <ExportMenu
              table={table}
              costs={costs}
              details={details}
              comparable={comparable}
              groups={groups}
              organization={organization}
            />
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
