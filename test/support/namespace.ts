import { randomUUID } from 'node:crypto';
import { Client, Connection, type ConnectionLike } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { inject } from 'vitest';
import { traceCalls } from '#tracing/temporal-client.ts';
import { ensureSearchAttributes } from '#worker/ensure-search-attributes.ts';
import { SEARCH_ATTRIBUTES } from '#workflows/contract/search-attributes.ts';
import { noteStarts } from './quiet.ts';

/** A Temporal namespace of the test's own on the run's server, a client in it, and the ids of what its clients started. */
export async function createNamespace(prefix = 'test-') {
  const { address } = inject('temporal');
  const namespace = `${prefix}${randomUUID()}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await ensureSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
  const { started, interceptor } = noteStarts();
  const clientBy = (connection: ConnectionLike) =>
    new Client({ connection, namespace, interceptors: { workflow: [interceptor, traceCalls] } });
  return { address, namespace, client: clientBy(connection), clientBy, started, close: () => connection.close() };
}
