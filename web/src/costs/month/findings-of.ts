import type { AlertView } from '#api/routes/alerts/alert-view.ts';
import type { CostsSummary } from '#api/routes/costs/get-costs-summary.ts';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { ComparedCosts } from '../comparison/use-compared.ts';
import { type Findings, findRemarks } from './worth-a-look.ts';

type Fetched<T> = { data: T | undefined; error: Error | undefined };
type Given = {
  alerts: Fetched<readonly AlertView[]>;
  summary: Fetched<CostsSummary>;
  integrations: Fetched<readonly IntegrationView[]>;
  compared: ComparedCosts;
  /** Why there is nothing to compare. */
  comparedError: Error | undefined;
  currency: string;
};

const FAILED = 'could not be loaded';
const whyOf = (error: Error | undefined) => (error ? FAILED : '');

/** What is worth a look, each rule by what has arrived for it: a part that fails costs no other. */
export function findingsOf({ alerts, summary, integrations, compared, comparedError, currency }: Given): Findings {
  const { lineItems, comparable, notComparable } = compared;
  const starts = integrations.data?.map(({ coverage }) => coverage.from).toSorted();
  const hasAsked = starts !== undefined || integrations.error !== undefined;
  return findRemarks(
    {
      alerts: { data: alerts.data, why: whyOf(alerts.error) },
      summary: { data: hasAsked ? summary.data : undefined, why: whyOf(summary.error) },
      lineItems: { data: comparable && lineItems, why: notComparable ?? whyOf(comparedError) },
      historyFrom: starts?.at(-1),
    },
    currency,
  );
}
