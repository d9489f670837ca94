import { expect, test } from 'vitest';
import { WORKFLOW_KINDS, workflowIdPrefix } from '#domain/workflow-ids.ts';

test('the ids of an integration’s workflows begin with their kind, tenant and integration', () => {
  const key = { tenant_id: 'acme', integration_id: 'openai-1' };
  expect(WORKFLOW_KINDS.map((kind) => workflowIdPrefix(kind, key))).toEqual([
    'backfill/acme/openai-1',
    'daily-sync/acme/openai-1',
    'sync/acme/openai-1',
    'change/acme/openai-1',
    'sweep/acme/openai-1',
  ]);
});
