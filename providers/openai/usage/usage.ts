import type { UsageEndpoint } from '#domain/dataset.ts';
import type { DayRange } from '#domain/day.ts';
import type { Credentials } from '../../http/get.ts';
import { bucketPage } from '../../reports/bucket-page.ts';
import { type DayWindow, dayWindow } from '../../reports/day-window.ts';
import { windowQuery } from '../../reports/query.ts';
import { readWindow } from '../../reports/read-window.ts';
import type { Source } from '../../reports/source.ts';
import { checkWindow, PAGE_DAYS } from '../../reports/window.ts';
import type { AskPage } from '../pages/fetch-page.ts';
import { FINEST_USAGE } from './usage-endpoints.ts';
import { type UsageFact, usageRow } from './usage-row.ts';

export type UsageWindow = DayWindow<UsageFact>;

const usagePage = bucketPage(usageRow);

/**
 * Reads a window of one endpoint by the finest grouping that it allows. Throws OpenAiError; RangeError where the window
 * itself is wrong.
 */
export async function readUsage(
  askPage: AskPage,
  endpoint: UsageEndpoint,
  window: DayRange,
  credentials: Credentials,
): Promise<UsageWindow> {
  checkWindow(window);
  const source = usageSource(endpoint);
  const reading = await readWindow(askPage, windowQuery(source, window, source.finest, PAGE_DAYS), credentials);
  // Usage has no money whose total could be compared, so a day without a bucket counts as quiet once it was asked for
  // twice and both answers have properly ended. Days missing among others have been asked for again already.
  const doubtful = reading.days.size === 0 && reading.unreported.length > 0;
  return dayWindow(doubtful ? await readWindow(askPage, reading.query, credentials) : reading);
}

function usageSource(endpoint: UsageEndpoint): Source<UsageFact> {
  const finest: readonly string[] = FINEST_USAGE[endpoint];
  const isLastResort = (dimension: string) => dimension === 'project_id' || dimension === 'model';
  return {
    endpoint: `/organization/usage/${endpoint}`,
    finest,
    optional: finest.filter((dimension) => !isLastResort(dimension)).reverse(),
    lastResort: finest.filter(isLastResort).reverse(),
    page: usagePage,
    identity: ({ dimensions, extra }) => JSON.stringify([dimensions, extra]),
    isDivided: ({ dimensions }) => Object.values(dimensions).some((value) => value !== ''),
    isSomething: ({ metrics }) => Object.values(metrics).some((value) => value !== '0'),
  };
}
