import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { viewIdOf } from '#api/routes/views/saved-view.ts';
import { writeAlertEvent } from '#clickhouse/alerts/write-alert-event.ts';
import { writeBudget } from '#clickhouse/budgets/budgets.ts';
import { writeChannel } from '#clickhouse/channels/channels.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { writeSavedView } from '#clickhouse/saved-views/saved-views.ts';
import { budgetAlertOf } from '#domain/budgets/alert.ts';
import type { Budget } from '#domain/budgets/budget.ts';
import type { Channel } from '#domain/channels/channel.ts';
import { createValidator, type Description, type Operation, readDescription } from '../api/validator.ts';
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { requestOf } from './api-request.ts';
import { checkFuzz, isRepeating } from './fuzz.ts';
import { rawRequest, send } from './raw-request.ts';

const REQUESTS = 15;
const RAW_REQUESTS = 150;
const alertOf = (budget_id: string) =>
  budgetAlertOf({ budget_id, revision: 1 }, { from: '2026-01-01', to: '2026-02-01' }, { of: 'actual', percent: 50 });
const VIEW = viewIdOf('View');
const KNOWN = {
  integration_id: ['openai-sample', 'openai-others'],
  attempt_id: ['none'],
  project_id: ['proj_shop', 'proj_others'],
  model: ['gpt-4o-2024-08-06'],
  budget_id: ['budget-sample', 'budget-others'],
  channel_id: ['channel-sample', 'channel-others'],
  view_id: [VIEW, viewIdOf('View of the others')],
  alert_id: ['budget-sample', 'budget-others'].map((budget_id) => alertOf(budget_id).alert_id),
};
/** A disconnect of an integration that exists waits for a workflow, and so for a worker. */
const knownOf = ({ operationId }: Operation) =>
  operationId === 'deleteIntegration'
    ? { integration_id: ['openai-none', 'openai-others'] }
    : operationId === 'deleteBudget'
      ? { budget_id: ['budget-none', 'budget-others'] }
      : operationId === 'deleteChannel'
        ? { channel_id: ['channel-none', 'channel-others'] }
        : operationId === 'deleteView'
          ? { view_id: [viewIdOf('None')] }
          : KNOWN;
/** In all that the other tenant has, beside ids. No id and no time has these digits with their point. */
const OTHERS = /of the others|98765\.4375/;

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
let description: Description;
let operations: { method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  await writeSampleOrganization(database.warehouse);
  await writeOthers(database.warehouse);
  await writeAlert(tenant_id, 'budget-sample', 'Budget');
  await writeAlert('others', 'budget-others', 'Budget of the others');
  await writeSavedView(database.warehouse, tenant_id, { view_id: VIEW, name: 'View', query: 'range=30d' });
  await writeChannel(database.warehouse, tenant_id, channelOf('channel-sample', 'Channel'));
  await writeChannel(database.warehouse, 'others', channelOf('channel-others', 'Channel of the others'));
  api = await serveApi(database.warehouse, temporal, tenant_id);
  ({ description, operations } = await readDescription(api.url));
});
afterAll(async () => {
  await Promise.all([api.close(), temporal.close(), database.drop()]);
});

test('a random request gets a response that the description has, with nothing of another tenant', async () => {
  const validate = createValidator(description);
  const succeeded = new Set<string>();
  await Promise.all(
    operations.map(({ method, path, operation }) =>
      checkFuzz(
        [requestOf(path, operation, knownOf(operation))],
        async ({ url, headers, body }) => {
          const left = new AbortController();
          const response = await fetch(api.url + url, {
            method,
            headers: { ...api.headers, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
            signal: left.signal,
            ...(body !== undefined && { body }),
          });
          if (response.ok) succeeded.add(operation.operationId);
          const text = await textOf(response);
          left.abort();
          expect(wrongWith(response, text, operation, validate), method).toEqual([]);
          expect(text).not.toMatch(OTHERS);
        },
        REQUESTS,
      ),
    ),
  );
  if (isRepeating) return;
  const reads = operations.filter(({ method, path }) => method === 'GET' && !path.includes('attempt'));
  expect([...succeeded]).toEqual(expect.arrayContaining(reads.map(({ operation }) => operation.operationId)));
});

test('any request whatever gets no 500, and where it is refused a problem', async () => {
  await checkFuzz(
    [rawRequest],
    async (request) => {
      const { status, type, text } = await send(api.url, api.token, request);
      expect(status, text).toBeLessThan(500);
      expect(text).not.toMatch(OTHERS);
      if (status < 400 || request.method === 'HEAD') return;
      expect(type, text).toBe('application/problem+json');
      expect(JSON.parse(text)).toMatchObject({ status, code: expect.any(String), detail: expect.any(String) });
    },
    RAW_REQUESTS,
  );
});

/** The body; of events, which do not end, what comes first. */
async function textOf(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const { value } = (await response.body?.getReader().read()) ?? {};
  return new TextDecoder().decode(value);
}

/** @returns differences from the description: statuses, missing headers, types, fields */
function wrongWith(
  { status, headers }: Response,
  text: string,
  operation: Operation,
  validate: ReturnType<typeof createValidator>,
): string[] {
  if (status >= 500) return [`${status}: ${text}`];
  const described = operation.responses[status];
  // An empty id makes it another path.
  if (!described) return status === 404 && JSON.parse(text).code ? [] : [`${status} is not described: ${text}`];
  const missing = Object.keys(described.headers ?? {}).filter(
    (name) => description.components.headers[name]?.required && !headers.has(name),
  );
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const media = described.content?.[type];
  if (!media) return described.content || type ? [...missing, `${type} is not described for ${status}`] : missing;
  if (!/[/+]json$/.test(type)) return missing;
  return [...missing, ...validate(media.schema, JSON.parse(text))];
}

/** Another tenant's copy of the organization, in the same tables. */
async function writeOthers(warehouse: Warehouse): Promise<void> {
  const own = `'others' AS tenant_id, 'openai-others' AS integration_id`;
  const copies = {
    integration_records: `'Organization of the others' AS organization_name`,
    name_records: `'Name of the others' AS name`,
    cost_days: `arrayMap(text -> 'Line item of the others', items.line_item) AS "items.line_item",
                arrayMap(amount -> toDecimal128('98765.4375', 18), items.amount) AS "items.amount"`,
    usage_days: `arrayMap(text -> 'Model of the others', items.model) AS "items.model"`,
    day_reads: 'version AS version',
  };
  for (const [table, changes] of Object.entries(copies)) {
    await warehouse.command(table, `INSERT INTO ${table} SELECT * REPLACE (${own}, ${changes}) FROM ${table}`);
  }
}

/** A budget, and an alert that it has raised. */
async function writeAlert(tenant: string, budget_id: string, name: string): Promise<void> {
  const { warehouse } = database;
  const budget: Budget = {
    ...{ budget_id, revision: 1, name, filters: {}, period: 'month' },
    ...{ amount: '100', currency: 'usd', thresholds: [] },
  };
  await writeBudget(warehouse, tenant, budget);
  const facts = {
    ...{ title: `${name} is spent`, text: '', day: '2026-01-09', filters: {} },
    ...{ amount: '100', spent: '50', forecast: null, currency: 'usd', budget_name: name },
  };
  const event = { event: 'raised', sequence: 0, at: 1, is_quiet: false } as const;
  await writeAlertEvent(warehouse, tenant, { subject: alertOf(budget_id), facts, ...event });
}

const channelOf = (channel_id: string, name: string): Channel => ({
  ...{ channel_id, name, kind: 'email', host: '', recipients: ['ada@acme.test'] },
  ...{ alert_kinds: [], budget_ids: [], filters: {}, digests: [] },
});
