import type { Client } from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import { integrationOf } from '#workflows/contract/ids.ts';
import { integrationStatus } from '#workflows/contract/search-attributes.ts';
import type { Workflows } from '#workflows/contract/workflows.ts';

/** The integrations of which Temporal remembers a purge; some may have been connected again since. */
export async function listPurged(temporal: Client): Promise<IntegrationKey[]> {
  const type = 'changeIntegration' satisfies keyof Workflows;
  const query = `WorkflowType = '${type}' AND ${integrationStatus.name} = 'purged' AND ExecutionStatus = 'Completed'`;
  const ids = new Set<string>();
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1000 })) ids.add(workflowId);
  return [...ids].map(integrationOf);
}
