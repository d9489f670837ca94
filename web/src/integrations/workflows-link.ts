import type { Session } from '#api/routes/session/get-session.ts';

const KINDS = ['backfill', 'daily-sync', 'sync', 'change'];

/** Where the Temporal UI lists what was done for an integration; undefined where nobody said where that UI is. */
export function workflowsLink({ tenant_id, workflows_url }: Session, id: string): string | undefined {
  if (!workflows_url) return undefined;
  const query = KINDS.map((kind) => `WorkflowId STARTS_WITH "${kind}/${tenant_id}/${id}"`).join(' OR ');
  return `${workflows_url}?${new URLSearchParams({ query })}`;
}
