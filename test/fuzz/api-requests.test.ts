import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { tenant_id, writeSampleOrganization } from '../fixtures/sample-organization.ts';
import { createDatabase, type Database } from '../support/database.ts';
import { serveApi } from '../support/serve-api.ts';
import { createGenerator } from './generate.ts';
import { createValidator, type Description, type Operation, readDescription } from './validator.ts';

const REQUESTS = 15;
/** Operations that wait for a workflow would wait long without a worker. */
const NOT_OURS = { deleteIntegration: { integration_id: 'openai-none' } } as Record<string, Record<string, string>>;
const KNOWN = {
  integration_id: 'openai-sample',
  attempt_id: 'none',
  project_id: 'proj_shop',
  model: 'gpt-4o-2024-08-06',
};

let database: Database;
let temporal: Connection;
let api: Awaited<ReturnType<typeof serveApi>>;
let description: Description;
let operations: { method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  [database, temporal] = await Promise.all([createDatabase(), Connection.connect(inject('temporal'))]);
  await writeSampleOrganization(database.warehouse);
  api = await serveApi(database.warehouse, temporal, tenant_id);
  ({ description, operations } = await readDescription(api.url));
});
afterAll(async () => {
  await Promise.all([api.close(), temporal.close(), database.drop()]);
});

test('every response to a random request is one that the description has', async () => {
  const validate = createValidator(description);
  const succeeded = new Set<string>();
  await Promise.all(
    operations.map(async ({ method, path, operation }) => {
      const known = NOT_OURS[operation.operationId] ?? KNOWN;
      const generator = createGenerator(operation.operationId, known);
      for (let index = 0; index < REQUESTS; index++) {
        const { url, body } = generator.request(path, operation);
        const left = new AbortController();
        const response = await fetch(api.url + url, {
          method,
          headers: { ...api.headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
          signal: left.signal,
          ...(body !== undefined && { body }),
        });
        const request = `${method} ${url} ${body ?? ''}`;
        if (response.ok) succeeded.add(operation.operationId);
        expect(await wrongWith(response, operation, validate), request).toEqual([]);
        left.abort();
      }
    }),
  );
  const reads = operations.filter(({ method, path }) => method === 'GET' && !path.includes('attempt'));
  expect([...succeeded]).toEqual(expect.arrayContaining(reads.map(({ operation }) => operation.operationId)));
});

/** @returns differences from the description: statuses, missing headers, types, fields */
async function wrongWith(response: Response, operation: Operation, validate: ReturnType<typeof createValidator>) {
  const { status, headers } = response;
  if (status >= 500) return [`${status}: ${await response.text()}`];
  const described = operation.responses[status];
  // An empty id makes it another path.
  if (!described) return status === 404 || status === 405 ? [] : [`${status} is not described`];
  const missing = Object.keys(described.headers ?? {}).filter(
    (name) => description.components.headers[name]?.required && !headers.has(name),
  );
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const media = described.content?.[type];
  if (!media) return [...missing, `${type} is not described for ${status}`];
  if (!/[/+]json$/.test(type)) return missing;
  return [...missing, ...validate(media.schema, await response.json())];
}
