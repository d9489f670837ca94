import type { Session } from '#api/routes/session/get-session.ts';
import { WORKFLOW_KINDS, workflowIdPrefix } from '#domain/workflow-ids.ts';

/** The Temporal UI's list of an integration's workflows; undefined if the UI's address is not configured. */
export function workflowsLink({ tenant_id, workflows_url }: Session, integration_id: string): string | undefined {
  if (!workflows_url) return undefined;
  const prefixes = WORKFLOW_KINDS.map((kind) => workflowIdPrefix(kind, { tenant_id, integration_id }));
  const query = prefixes.map((prefix) => `WorkflowId STARTS_WITH "${prefix}"`).join(' OR ');
  return `${workflows_url}?${new URLSearchParams({ query })}`;
}
