import type { UsageEndpoint } from '#domain/dataset.ts';
import type { DayRange } from '#domain/day.ts';
import { USAGE_METRICS } from '#domain/usage-metrics.ts';
import type { RequestOptions } from '../../http/get.ts';
import { type DayWindow, dayWindow } from '../../reports/day-window.ts';
import type { FetchPage } from '../../reports/fetch-page.ts';
import { windowQuery } from '../../reports/query/query.ts';
import type { Source } from '../../reports/query/source.ts';
import { readWindow } from '../../reports/read-window.ts';
import { checkWindow, PAGE_DAYS } from '../../reports/window.ts';
import { bucketPage } from '../pages/bucket-page.ts';
import { USAGE_GROUP_BY } from './usage-endpoints.ts';
import { type UsageFact, usageRow } from './usage-row.ts';

export type UsageWindow = DayWindow<UsageFact>;

const usagePage = bucketPage(usageRow);

/**
 * Reads a window of one endpoint by the finest grouping that it accepts. Throws ProviderError; RangeError where the
 * window itself is wrong.
 */
export async function readUsage(
  fetchPage: FetchPage,
  endpoint: UsageEndpoint,
  window: DayRange,
  options: RequestOptions,
): Promise<UsageWindow> {
  checkWindow(window);
  const source = usageSource(endpoint);
  const reading = await readWindow(fetchPage, windowQuery(source, window, source.groupBy, PAGE_DAYS), options);
  // Usage has no total to compare with, so a day without a bucket counts as one without usage only after two reads.
  // Single missing days were already read twice; a window in which all days are missing is read once more here.
  const isDoubtful = reading.days.size === 0 && reading.unreported.length > 0;
  return dayWindow(isDoubtful ? await readWindow(fetchPage, reading.query, options) : reading);
}

function usageSource(endpoint: UsageEndpoint): Source<UsageFact> {
  const groupBy: readonly string[] = USAGE_GROUP_BY[endpoint];
  const isDroppedLast = (dimension: string) => dimension === 'project_id' || dimension === 'model';
  return {
    endpoint: `/organization/usage/${endpoint}`,
    groupBy,
    droppable: groupBy.filter((dimension) => !isDroppedLast(dimension)).reverse(),
    droppableLast: groupBy.filter(isDroppedLast).reverse(),
    page: usagePage,
    identity: ({ dimensions }) => JSON.stringify(dimensions),
    measures: ({ metrics }) => JSON.stringify(USAGE_METRICS.map((name) => metrics[name] ?? null)),
    project: { dimension: 'project_id', of: ({ dimensions }) => dimensions.project_id },
    problemOf: () => undefined,
    hasDimensions: ({ dimensions }) => Object.values(dimensions).some((value) => value !== ''),
    hasValue: ({ metrics }) => Object.values(metrics).some((value) => value !== '0'),
  };
}
