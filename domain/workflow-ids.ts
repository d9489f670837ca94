import type { IntegrationKey } from './integration.ts';

/** What the workflows of an integration do: the first part of their ids. */
export const WORKFLOW_KINDS = ['backfill', 'daily-sync', 'sync', 'change', 'sweep'] as const;
export type WorkflowKind = (typeof WORKFLOW_KINDS)[number];

/** What the ids of an integration's workflows of one kind begin with. */
export const workflowIdPrefix = (kind: WorkflowKind, { tenant_id, integration_id }: IntegrationKey) =>
  `${kind}/${tenant_id}/${integration_id}`;
