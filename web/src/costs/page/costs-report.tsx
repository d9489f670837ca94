import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { Changes } from '../changes/changes.tsx';
import { SpendByDay } from '../chart/spend-by-day.tsx';
import { distinctColours } from '../data/colours.ts';
import { compare, whyNotComparable } from '../data/compare.ts';
import { useDetails } from '../data/use-costs.ts';
import type { ViewCosts } from '../data/view-costs.ts';
import { NotUnderstoodNotice } from '../summary/not-understood-notice.tsx';
import { SummaryFigures } from '../summary/summary-figures.tsx';
import { LineItemTable } from '../tables/line-item-table.tsx';
import { narrowTo, type View } from '../view/view.ts';
import styles from './costs-report.module.css';
import { NoSpend } from './no-spend.tsx';
import { ReportTable } from './report-table.tsx';

type Props = {
  costs: ViewCosts;
  integrations: readonly IntegrationView[];
  syncedDays: readonly IntegrationDay[];
  /** The colours of a whole year's values. */
  yearColours: ReadonlyMap<string, string>;
  onView: (view: View) => void;
};

/** The costs of a view: figures, chart, changes and tables. A click on a value narrows the view to it. */
export function CostsReport({ costs, integrations, syncedDays, yearColours, onView }: Props) {
  const { view, daily } = costs;
  const { data: details, error } = useDetails(costs);
  const colours = useMemo(() => distinctColours(costs.drawn, yearColours), [costs, yearColours]);
  const restated = useMemo(
    () => new Map(syncedDays.flatMap(({ day, restated_at }) => (restated_at ? [[day, restated_at] as const] : []))),
    [syncedDays],
  );
  const notComparable = details && whyNotComparable({ ...details, missing: costs.missing }, integrations);
  const comparable = notComparable === '' ? details : undefined;
  const groups = useMemo(
    () => compare(costs.groups, comparable?.groupsEnded, comparable?.groupsBefore),
    [costs, comparable],
  );
  const lineItems = useMemo(
    () => details && compare(details.lineItems, comparable?.lineItemsEnded, comparable?.lineItemsBefore),
    [details, comparable],
  );
  const choose = (value: string) => onView(narrowTo(view, view.by, value));

  return (
    <>
      <SummaryFigures costs={costs} details={details} notComparable={notComparable} />
      {error && <ProblemAlert error={error} />}
      {details && <NotUnderstoodNotice costs={costs} details={details} />}
      {groups.length === 0 && <NoSpend costs={costs} />}
      {groups.length + daily.missing_days.length > 0 && (
        <>
          <div className={styles.chartAndChanges}>
            <SpendByDay costs={costs} restated={restated} colours={colours} onChoose={choose} />
            <Changes
              costs={costs}
              details={details}
              failed={error !== undefined}
              groups={groups}
              lineItems={lineItems}
              notComparable={notComparable}
              onChoose={choose}
            />
          </div>
          <ReportTable
            costs={costs}
            details={details}
            comparable={comparable !== undefined}
            groups={groups}
            colours={colours}
            restated={restated}
            onChoose={choose}
          />
        </>
      )}
      {lineItems && lineItems.length > 0 && (
        <LineItemTable
          rows={lineItems}
          comparable={comparable !== undefined}
          currency={costs.groups.currency ?? 'usd'}
        />
      )}
      <Text size="xs" c="dimmed">
        OpenAI’s costs are usage as it is billed, before credits that you hold, taxes and invoices, and without seats of
        ChatGPT and Codex: no API of OpenAI’s tells those.
      </Text>
    </>
  );
}
