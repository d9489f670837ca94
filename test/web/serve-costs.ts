import { Connection } from '@temporalio/client';
import { inject } from 'vitest';
import type { CostItem } from '#clickhouse/day-rows/cost-days.ts';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { createNameWriter } from '#clickhouse/writes/names.ts';
import { openBrowser } from '#dev/browser/browser.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { writeCostDays } from '../fixtures/write-days.ts';
import { createDatabase } from '../support/database.ts';
import { fromUnits, sumOf } from '../support/decimal-sums.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';
import { openProfile } from './open-page.ts';

const monthStart = (day: string) => `${day.slice(0, 7)}-01`;
export const today = TODAY;
export const thisMonth = monthStart(today);
export const lastMonth = monthStart(addDays(thisMonth, -1));
export const monthBefore = monthStart(addDays(lastMonth, -1));
export const MISSING = addDays(today, -9);
export const KEY = 'token=token-of-one-tenant';

/** A day's costs: three projects, several units, more models than colours, and a model that was used more last month. */
function itemsOf(day: string): CostItem[] {
  const of = (project_id: string, project_name = `Project ${project_id}`) => ({
    project_id,
    project_name,
    api_key_id: `key_${project_id}`,
    user_id: `user-${project_id}`,
    user_email: `${project_id}@example.com`,
  });
  const times = day >= lastMonth && day < thisMonth ? 3 : 1;
  return [
    billed('gpt-4o-2024-08-06, input', '2.5', '1000000', 'tokens', of('a')),
    billed('gpt-4o-2024-08-06, output', '1.000000000000000001', '100000', 'tokens', of('a')),
    billed('gpt-4o-mini, input', String(0.75 * times), String(5_000_000 * times), 'tokens', of('b')),
    billed('dall-e-3', '0.4', '10', 'images', of('b')),
    billed('web search tool calls', '0.1', null, '', of('c', '=1+1')),
    ...Array.from({ length: 10 }, (_, index) =>
      billed(`gpt-4.1-nano-${index}, output`, '0.001', '1000', 'tokens', of('c', '=1+1')),
    ),
  ];
}

type Matches = (item: CostItem) => boolean;
const isKnown = (day: string) => day >= monthBefore && day <= today;
const sumOfDays = (days: string[], matches: Matches) =>
  fromUnits(sumOf(days.flatMap((day) => itemsOf(day).filter(matches)).map(({ amount }) => amount)));

/** What tenant `whole` spent in days [from, to) on the items that match, summed independently of the product. */
export const spentInAll = (from: string, to: string, matches: Matches = () => true) =>
  sumOfDays(daysOf({ from, to }).filter(isKnown), matches);

/** The same of tenant `one`, which lacks a day. */
export const spent = (from: string, to: string, matches: Matches = () => true) =>
  sumOfDays(
    daysOf({ from, to }).filter((day) => isKnown(day) && day !== MISSING),
    matches,
  );

export async function writeTenant(
  { warehouse }: Awaited<ReturnType<typeof createDatabase>>,
  tenant_id: string,
  days: readonly string[],
  items: (day: string) => CostItem[],
  status: 'connected' | 'backfilling' | 'disconnected' = 'connected',
) {
  const key = { tenant_id, integration_id: `openai-${tenant_id}` };
  const history = { history_from: monthBefore, history_to: addDays(today, 1) };
  await writeIntegration(warehouse, integration({ ...key, ...history, status }));
  const rows = days.map((day) => costDay(day, items(day), fromUnits(sumOf(items(day).map(({ amount }) => amount)))));
  if (rows.length > 0) await writeCostDays(warehouse, { ...key, version: Date.now() }, rows);
}

export type Served = Awaited<ReturnType<typeof serveCosts>>;

/**
 * A browser, and the API with the costs of tenant `one` from the month before last until today; tenant `whole` has the
 * same without a missing day.
 */
export async function serveCosts() {
  const [browser, database, temporal] = await Promise.all([
    openBrowser(),
    createDatabase(),
    Connection.connect(inject('temporal')),
  ]);
  const profile = await openProfile(browser);
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await Promise.all([
    writeTenant(
      database,
      'one',
      days.filter((day) => day !== MISSING),
      itemsOf,
    ),
    writeTenant(database, 'whole', days, itemsOf),
    createNameWriter(database.warehouse, { tenant_id: 'whole', integration_id: 'openai-whole', version: 1 }).write([
      { kind: 'api_key', id: 'key_b', name: 'Production key' },
      { kind: 'user', id: 'user-b', name: 'Ann' },
    ]),
  ]);
  // One address for each tenant, so that the browser's cache serves all of its tabs.
  const apis = new Map<string, ReturnType<typeof serveApi>>();
  const serve = (tenantId: string) => {
    const api = apis.get(tenantId) ?? serveApi(database.warehouse, temporal, tenantId);
    apis.set(tenantId, api);
    return api;
  };
  return {
    browser,
    profile,
    database,
    url: (await serve('one')).url,
    /** The address of the page as another tenant sees it. */
    async serveTenant(tenantId: string, query = '') {
      const { url } = await serve(tenantId);
      return `${url}/?${query}#token=token-of-${tenantId}-tenant`;
    },
    async close() {
      await browser.close();
      const served = await Promise.all(apis.values());
      await Promise.all([...served.map((api) => api.close()), temporal.close()]);
      await database.drop();
    },
  };
}
