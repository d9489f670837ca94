import { Connection } from '@temporalio/client';
import { inject, type TestContext } from 'vitest';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { type CostItem, writeCostDays } from '#clickhouse/writes/cost-days.ts';
import { openBrowser } from '#dev/browser/browser.ts';
import { addDays, daysOf } from '#domain/day.ts';
import { billed, costDay } from '../fixtures/cost-fixtures.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { createDatabase } from '../support/database.ts';
import { fromUnits, sumOf } from '../support/decimal-sums.ts';
import { serveApi } from '../support/serve-api.ts';
import { TODAY } from '../support/today.ts';
import { tellWhatFailed } from './open-page.ts';

const monthStart = (day: string) => `${day.slice(0, 7)}-01`;
export const today = TODAY;
export const thisMonth = monthStart(today);
export const lastMonth = monthStart(addDays(thisMonth, -1));
export const monthBefore = monthStart(addDays(lastMonth, -1));
export const MISSING = addDays(today, -9);
export const KEY = 'token=token-of-one-tenant';

/** What a day costs: three projects, units of several kinds, more models than have a colour, and a model that was used more last month. */
export function itemsOf(day: string): CostItem[] {
  const of = (project_id: string, project_name = `Project ${project_id}`) => ({ project_id, project_name });
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

type IsMeant = (item: CostItem) => boolean;
const isKnown = (day: string) => day >= monthBefore && day <= today;
const sumOfDays = (days: string[], isMeant: IsMeant) =>
  fromUnits(sumOf(days.flatMap((day) => itemsOf(day).filter(isMeant)).map(({ amount }) => amount)));

/** What tenant `whole` spent in days [from, to) on what is asked for, reckoned by itself. */
export const spentInAll = (from: string, to: string, isMeant: IsMeant = () => true) =>
  sumOfDays(daysOf({ from, to }).filter(isKnown), isMeant);

/** The same of tenant `one`, of whom a day is missing. */
export const spent = (from: string, to: string, isMeant: IsMeant = () => true) =>
  sumOfDays(
    daysOf({ from, to }).filter((day) => isKnown(day) && day !== MISSING),
    isMeant,
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

/** A browser, and the API with what tenant `one` spent from the month before last until today; tenant `whole` lacks no day. */
export async function serveCosts() {
  const [browser, database, temporal] = await Promise.all([
    openBrowser(),
    createDatabase(),
    Connection.connect(inject('temporal')),
  ]);
  const days = daysOf({ from: monthBefore, to: addDays(today, 1) });
  await writeTenant(
    database,
    'one',
    days.filter((day) => day !== MISSING),
    itemsOf,
  );
  await writeTenant(database, 'whole', days, itemsOf);
  const apis = [await serveApi(database.warehouse, temporal, 'one')];
  return {
    browser,
    database,
    url: apis[0]?.url ?? '',
    /** The same warehouse as another tenant sees it. */
    async serveTenant(tenantId: string, query = '') {
      const api = await serveApi(database.warehouse, temporal, tenantId);
      apis.push(api);
      return `${api.url}/?${query}#token=token-of-${tenantId}-tenant`;
    },
    /** One that is left open goes on asking, and slows down the next test. */
    async closePages(test: TestContext) {
      await tellWhatFailed(browser, test);
      await Promise.all(browser.contexts().map((context) => context.close()));
    },
    async close() {
      await browser.close();
      await Promise.all([...apis.map((api) => api.close()), temporal.close()]);
      await database.drop();
    },
  };
}
