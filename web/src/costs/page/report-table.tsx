import { Button, Paper, SegmentedControl } from '@mantine/core';
import { lazy, Suspense } from 'react';
import layout from '../../ui/layout.module.css';
import type { Compared } from '../data/compare.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { GroupTable } from '../tables/group-table.tsx';
import { PeriodTable } from '../tables/period-table.tsx';
import { type Dimension, dimensionName } from '../view/dimensions.ts';
import type { Granularity } from '../view/periods.ts';
import { type Navigate, useLooks } from '../view/use-view.ts';
import styles from './costs-report.module.css';

const granularityName: Record<Granularity, string> = { day: 'Day', week: 'Week', month: 'Month' };

/** Loaded after the figures that it exports. */
const ExportMenu = lazy(() => import('../export/export-menu.tsx'));

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Then the figures are exported without them. */
  detailsFailed: boolean;
  /** Whether the range is compared with the period before. */
  comparable: boolean;
  groups: readonly Compared[];
  /** What the costs can be grouped by. */
  dimensions: readonly Dimension[];
  /** Whose costs these are. */
  organization: string;
  colours: ReadonlyMap<string, string>;
  /** What is said of each restated day. */
  restated: ReadonlyMap<string, string>;
  onChoose: (value: string) => void;
  onView: Navigate;
};

/** The exact figures, by group or by period, and their export. */
export function ReportTable({
  costs,
  details,
  detailsFailed,
  comparable,
  groups,
  dimensions,
  organization,
  colours,
  restated,
  onChoose,
  onView,
}: Props) {
  const { view, granularity } = costs;
  const [{ table }, setLooks] = useLooks();
  return (
    <Paper withBorder p="md" radius="md">
      <div className={`${layout.row} ${styles.tableHeader}`}>
        <SegmentedControl
          size="xs"
          aria-label="Table"
          className={styles.tabs}
          value={table === 'days' ? 'days' : view.by}
          onChange={(value) => {
            if (value === 'days' || value === view.by) setLooks({ table: value === 'days' ? 'days' : 'groups' });
            else onView({ ...view, by: value as Dimension }, { table: 'groups' });
          }}
          data={[
            ...dimensions.map((value) => ({ value, label: dimensionName[value] })),
            { value: 'days', label: granularityName[granularity] },
          ]}
        />
        <span className={layout.end}>
          {(details || detailsFailed) && (
            <Suspense
              fallback={
                <Button size="xs" variant="default" disabled>
                  Export
                </Button>
              }
            >
              <ExportMenu
                table={table}
                costs={costs}
                details={details}
                comparable={comparable}
                groups={groups}
                organization={organization}
              />
            </Suspense>
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
        <PeriodTable costs={costs} colours={colours} restated={restated} />
      )}
    </Paper>
  );
}
