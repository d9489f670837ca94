import { useMemo } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import type { Day } from '#domain/day.ts';
import { useFetch } from '../../api/use-fetch.ts';
import { isFilling } from '../../integrations/use-integrations.ts';
import type { View } from '../view/view.ts';
import { detailsOf, fetchLines, type Lines } from './lines.ts';
import { lastMonths, periodsOfRanges } from './ranges.ts';
import { type ComparedCosts, compareCosts } from './use-compared.ts';

/**
 * The last full month beside the one before it, for a view whose own range cannot be compared: fetched only then, where
 * the lines of the view do not have them, and not while days arrive. Undefined where these cannot be compared, either.
 */
export function useLastMonths(
  view: View,
  today: Day,
  { lines, notComparable }: { lines: Lines | undefined } & Pick<ComparedCosts, 'notComparable'>,
  integrations: readonly IntegrationView[] | undefined,
): ComparedCosts | undefined {
  const isOfView = lines !== undefined && JSON.stringify(lines.view) === JSON.stringify(view);
  const isNeeded = isOfView && Boolean(notComparable) && integrations !== undefined && !integrations.some(isFilling);
  const found = useMemo(() => (isNeeded ? detailsOf(lines, lastMonths(today)) : undefined), [isNeeded, lines, today]);
  const periods = periodsOfRanges([lastMonths(today)]);
  const { data } = useFetch(
    isNeeded && !found ? ['last months', view, periods] : null,
    (api, init) => fetchLines(api, init, view, periods),
    { keepsPrevious: false },
  );
  return useMemo(() => {
    const details = found ?? (data && detailsOf(data, lastMonths(today)));
    if (!details) return undefined;
    const nothing = { beforeHistory: [], future: [], historyFrom: details.ended.from };
    const missing = { ...nothing, notRead: details.parts.missing_days };
    const compared = compareCosts({ groups: details.groupsEnded, missing, details, integrations });
    return compared.comparable && compared;
  }, [found, data, today, integrations]);
}
