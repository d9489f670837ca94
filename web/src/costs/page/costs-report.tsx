import { Text } from '@mantine/core';
import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { SpendByPeriod } from '../chart/spend-by-period.tsx';
import type { ComparedCosts } from '../comparison/use-compared.ts';
import type { Restatements } from '../data/restatements.ts';
import type { ViewCosts, ViewDetails } from '../data/view-costs.ts';
import { isMixed } from '../summary/currency-switch.tsx';
import { LineItemTable } from '../tables/line-item-table.tsx';
import type { Dimension } from '../view/dimensions.ts';
import type { Navigate } from '../view/use-view.ts';
import { narrowTo } from '../view/view.ts';
import { NoSpend } from './no-spend.tsx';
import { ReportTable } from './report-table.tsx';

type Props = {
  costs: ViewCosts;
  details: ViewDetails | undefined;
  /** Why there are no details. */
  detailsError: Error | undefined;
  compared: ComparedCosts;
  /** That of the same costs. */
  summary: CostsSummary | undefined;
  /** Those of the view's costs. */
  alerts: readonly AlertView[];
  /** Whose costs these are. */
  organization: string;
  /** What the costs can be grouped by. */
  dimensions: readonly Dimension[];
  restated: Restatements;
  colours: ReadonlyMap<string, string>;
  onView: Navigate;
};

/** The costs of a view: chart and tables. A click on a name narrows the view to it. */
export function CostsReport(props: Props) {
  const { costs, details, detailsError, compared, summary, alerts, organization, dimensions, restated } = props;
  const { colours, onView } = props;
  const { view, byPeriod } = costs;
  const { groups, lineItems, comparable } = compared;
  const choose = (value: string) => onView(narrowTo(view, view.by, value));
  return (
    <>
      {detailsError && !isMixed(detailsError) && <ProblemAlert error={detailsError} />}
      {groups.length === 0 && <NoSpend costs={costs} organization={organization} onView={onView} />}
      {groups.length + byPeriod.missing_days.length > 0 && (
        <>
          <SpendByPeriod
            costs={costs}
            before={comparable?.groupsBefore}
            restated={restated}
            alerts={alerts}
            forecast={summary?.forecast}
            colours={colours}
            onChoose={choose}
          />
          <ReportTable
            costs={costs}
            details={details}
            detailsFailed={detailsError !== undefined}
            comparable={comparable !== undefined}
            groups={groups}
            dimensions={dimensions}
            organization={organization}
            colours={colours}
            restated={restated.byDay}
            onChoose={choose}
            onView={onView}
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
        What OpenAI’s costs API states. Not in it: taxes, prepaid credits, seats of ChatGPT and Codex.
      </Text>
    </>
  );
}
