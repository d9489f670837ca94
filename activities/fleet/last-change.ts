import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { integrationStatus } from '#workflows/contract/search-attributes.ts';

/**
 * What the last run of an integration's changes left: its status, `running` while it runs, '' where Temporal knows of
 * none.
 */
export async function lastChange(temporal: Client, changeId: string): Promise<string> {
  try {
    const { status, typedSearchAttributes } = await temporal.workflow.getHandle(changeId).describe();
    if (status.name === 'RUNNING') return 'running';
    return typedSearchAttributes.get(integrationStatus) ?? '';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return '';
    throw error;
  }
}
