import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { writeIntegration } from '#clickhouse/integrations/integrations.ts';
import { changeId, connectId } from '#workflows/contract/ids.ts';
import { integration } from '../fixtures/integration-fixture.ts';
import { type Stack, startStack } from '../support/stack.ts';

const PATIENCE = { timeout: 60_000, interval: 50 };

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ withoutWorker: true });
});
afterAll(() => stack.stop());

test('an attempt that ends before it accepts the update responds with its own outcome', async () => {
  const asked = stack.api('/v1/integrations', { admin_key: stack.simulator.keys.admin });
  const attempt = await vi.waitFor(attemptId, PATIENCE);
  const workflow = stack.temporal.workflow.getHandle(connectId({ tenant_id: stack.tenantId, credential_id: attempt }));
  await vi.waitFor(() => workflow.describe(), PATIENCE);
  const followed = stack.api(`/v1/integrations/attempts/${attempt}`);
  // No worker accepts the updates: they wait at the server, and end with the attempt.
  await workflow.terminate('by an operator');

  for (const { status, body } of [await asked, await followed])
    expect([status, body.code]).toEqual([503, 'provider_unavailable']);
});

test('a disconnection that an operator ends says to send it again', async () => {
  const key = { tenant_id: stack.tenantId, integration_id: 'openai-1' };
  await writeIntegration(stack.warehouse, integration(key));
  const asked = stack.api('/v1/integrations/openai-1', undefined, 'DELETE');
  const change = stack.temporal.workflow.getHandle(changeId(key));
  await vi.waitFor(() => change.describe(), PATIENCE);
  await change.terminate('by an operator');
  const { status, body } = await asked;
  expect([status, body.code]).toEqual([409, 'change_interrupted']);
});

/** The id of the only attempt, which is its key's. */
async function attemptId(): Promise<string> {
  const row = z.object({ credential_id: z.string() });
  const [credential] = await stack.warehouse.query({ name: 'keys', sql: 'SELECT credential_id FROM credentials', row });
  if (!credential) throw new Error('no key yet');
  return credential.credential_id;
}
