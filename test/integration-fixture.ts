import type { Integration } from '../clickhouse/integrations.ts';

/** A connected integration in which only what a test is about is said. */
export function integration(
  said: Pick<Integration, 'tenant_id' | 'integration_id'> & Partial<Integration>,
): Integration {
  return {
    organization_id: 'org-1',
    organization_name: 'One',
    status: 'connected',
    problem: '',
    credential_id: 'c',
    connected_at: '2026-01-04T00:00:00Z',
    history_from: '2026-01-01',
    history_to: '2026-01-05',
    ...said,
  };
}
