import type { Client } from '@temporalio/client';

/** The ids of the workflows that a query of Temporal's list finds, each once; the list lags by a moment. */
export async function listWorkflowIds(temporal: Client, query: string): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1000 })) ids.add(workflowId);
  return ids;
}
