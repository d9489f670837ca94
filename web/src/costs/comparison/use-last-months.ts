import { useMemo } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { monthStart } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { isFilling } from '../../integrations/use-integrations.ts';
import { fetchDetails } from '../data/fetch-costs.ts';
import type { View } from '../view/view.ts';
import { type ComparedCosts, compareCosts } from './use-compared.ts';

/**
 * The last full month beside the one before it, for a view whose own range cannot be compared: fetched only then, and
 * not while days arrive. Undefined where these cannot be compared, either.
 */
export function useLastMonths(
  view: View,
  today: string,
  { notComparable }: ComparedCosts,
  integrations: readonly IntegrationView[] | undefined,
): ComparedCosts | undefined {
  const month = { from: monthStart(today, -1), to: monthStart(today) };
  const before = { from: monthStart(today, -2), to: month.from };
  const isNeeded = Boolean(notComparable) && integrations !== undefined && !integrations.some(isFilling);
  const { data: details } = useFetch(
    isNeeded ? ['last months', view, month] : null,
    (api, init) => fetchDetails(api, init, view, { days: month, ended: month, before }),
    { keepsPrevious: false },
  );
  return useMemo(() => {
    if (!details) return undefined;
    const nothing = { beforeHistory: [], future: [], historyFrom: details.ended.from };
    const missing = { ...nothing, notRead: details.parts.missing_days };
    const compared = compareCosts({ groups: details.groupsEnded, missing, details, integrations });
    return compared.comparable && compared;
  }, [details, integrations]);
}
