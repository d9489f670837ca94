import type { NativeConnection } from '@temporalio/worker';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureSearchAttributes } from '#worker/ensure-search-attributes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failure = (code: number) => Object.assign(new Error('refused'), { code });

/** A server on which questions are answered by these statuses in turn, 0 for success, then by the last of them. */
function server(statuses: number[]) {
  const add = vi.fn(async () => ({}));
  const countWorkflowExecutions = async () => {
    const status = statuses.length > 1 ? statuses.shift() : statuses[0];
    if (status) throw failure(status);
    return {};
  };
  const connection = { workflowService: { countWorkflowExecutions }, operatorService: { addSearchAttributes: add } };
  return { connection: connection as unknown as NativeConnection, add };
}

test('waits until the server knows what was registered: one with a database learns of it seconds later', async () => {
  const { connection, add } = server([3, 3, 3, 0]);
  const ensured = ensureSearchAttributes(connection, 'pump', ['TenantId']);
  await vi.runAllTimersAsync();
  await ensured;
  expect(add).toHaveBeenCalledOnce();
});

test('says how to create a namespace that is not there', async () => {
  const { connection } = server([5]);
  await expect(ensureSearchAttributes(connection, 'pump', ['TenantId'])).rejects.toThrow(
    'There is no namespace pump. Run: temporal operator namespace create --namespace pump --retention 30d',
  );
});
