import type { Client } from '@temporalio/client';
import type { IntegrationKey } from '#domain/integration.ts';
import { integrationOf } from '#workflows/contract/ids.ts';
import { integrationStatus } from '#workflows/contract/search-attributes.ts';
import type { Workflows } from '#workflows/contract/workflows.ts';
import { listWorkflowIds } from '../context/list-workflow-ids.ts';

/** The integrations of which Temporal remembers a purge; some may have been connected again since. */
export async function listPurged(temporal: Client): Promise<IntegrationKey[]> {
  const type = 'changeIntegration' satisfies keyof Workflows;
  const query = `WorkflowType = '${type}' AND ${integrationStatus.name} = 'purged' AND ExecutionStatus = 'Completed'`;
  return [...(await listWorkflowIds(temporal, query))].map(integrationOf);
}
