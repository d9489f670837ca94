import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import type { IntegrationDay } from '#api/routes/integrations/list-integration-days.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { alertsOfView } from '../../alerts/select-alerts.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { Changes } from '../changes/changes.tsx';
import { SpendByPeriod } from '../chart/spend-by-period.tsx';
import { distinctColours } from '../data/colours.ts';
import { compare, whyNotComparable } from '../data/compare.ts';
import { restatementsOf } from '../data/restatements.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import type { MonthBudgets } from '../month/month-budget.tsx';
import { MonthPanel } from '../month/month-panel.tsx';
import { Remarks } from '../month/remarks.tsx';
import { remarksOn } from '../month/worth-a-look.ts';
import { isMixed } from '../summary/currency-switch.tsx';
import { NotUnderstoodNotice } from '../summary/not-understood-notice.tsx';
import { LineItemTable } from '../tables/line-item-table.tsx';
import type { Dimension } from '../view/dimensions.ts';
import { type Navigate, narrowTo } from '../view/view.ts';
import styles from './costs-report.module.css';
import { NoSpend } from './no-spend.tsx';
import { ReportTable } from './report-table.tsx';

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Why there are no details. */
  detailsError: Error | undefined;
  summary: CostsSummary | undefined;
  summaryError: Error | undefined;
  budgets: MonthBudgets;
  alerts: readonly AlertView[];
  /** Whose costs these are. */
  organization: string;
  integrations: readonly IntegrationView[];
  /** What the costs can be grouped by. */
  dimensions: readonly Dimension[];
  syncedDays: readonly IntegrationDay[];
  onView: Navigate;
};

/** The costs of a view: the month, changes, chart and tables. A click on a name narrows the view to it. */
export function CostsReport(props: Props) {
  const { costs, details, detailsError, summary, summaryError, budgets, alerts, integrations, dimensions } = props;
  const { organization, syncedDays, onView } = props;
  const { view, byPeriod } = costs;
  const colours = useMemo(() => distinctColours(costs.drawn), [costs]);
  const restated = useMemo(() => restatementsOf(syncedDays, costs.groups.currency ?? 'usd'), [syncedDays, costs]);
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
  const currency = costs.groups.currency ?? 'usd';
  const shownAlerts = useMemo(() => alertsOfView(alerts, view), [alerts, view]);
  const remarks = useMemo(
    () => remarksOn(shownAlerts, summary, comparable && lineItems ? lineItems : [], currency),
    [shownAlerts, summary, comparable, lineItems, currency],
  );
  const choose = (value: string) => onView(narrowTo(view, view.by, value));

  return (
    <>
      <div className={styles.month}>
        <MonthPanel view={view} summary={summary} error={summaryError} budgets={budgets} />
        <Changes
          costs={costs}
          details={details}
          failed={detailsError !== undefined}
          groups={groups}
          lineItems={lineItems}
          notComparable={notComparable}
          colours={colours}
          onChoose={choose}
        />
        <Remarks remarks={summary && details ? remarks : undefined} />
      </div>
      {detailsError && !isMixed(detailsError) && <ProblemAlert error={detailsError} />}
      {details && <NotUnderstoodNotice costs={costs} details={details} />}
      {groups.length === 0 && <NoSpend costs={costs} organization={organization} onView={onView} />}
      {groups.length + byPeriod.missing_days.length > 0 && (
        <>
          <SpendByPeriod
            costs={costs}
            before={comparable?.groupsBefore}
            restated={restated}
            alerts={shownAlerts}
            forecast={summary?.forecast}
            colours={colours}
            onChoose={choose}
          />
          <ReportTable
            costs={costs}
            details={details}
            comparable={comparable !== undefined}
            groups={groups}
            dimensions={dimensions}
            organization={organization}
            colours={colours}
            restated={restated}
            onChoose={choose}
            onView={onView}
          />
        </>
      )}
      {lineItems && lineItems.length > 0 && (
        <LineItemTable rows={lineItems} comparable={comparable !== undefined} currency={currency} />
      )}
      <Text size="xs" c="dimmed">
        What OpenAI’s costs API states. Not in it: taxes, prepaid credits, seats of ChatGPT and Codex.
      </Text>
    </>
  );
}
