import { z } from 'zod';
import { type IntegrationSummary, summarizeIntegrations } from '#clickhouse/coverage/integration-summaries.ts';
import { reconciliation } from '#clickhouse/coverage/reconcile.ts';
import { expiresSoon, type IntegrationKey, integrationStatus } from '#domain/integration.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { Problem } from '../../../problem/problem.ts';
import type { Dependencies } from '../../dependencies.ts';
import { describeDifferences } from './describe-differences.ts';
import { describeIntegrationProblem } from './integration-problem.ts';
import { type NextSyncs, nextSyncOf } from './next-syncs.ts';

const time = z.iso.datetime();

/** An integration as the API shows it. */
export const integrationView = z
  .object({
    id: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }).meta({ id: 'Organization' }),
    status: integrationStatus,
    problem: z
      .object({ code: z.string(), title: z.string(), detail: z.string() })
      .meta({ id: 'IntegrationProblem' })
      .nullable()
      .meta({ description: 'What is wrong, and what to do about it' }),
    key_expires_at: time
      .nullable()
      .meta({ description: 'When the Admin key expires; null where it never does, or OpenAI does not say' }),
    key_expires_soon: z
      .boolean()
      .meta({ description: 'True from a week before: create a new Admin key and connect with it' }),
    connected_at: time,
    progress: z
      .object({ days_done: z.int(), days_total: z.int() })
      .meta({ id: 'BackfillProgress' })
      .meta({ description: 'Progress of the backfill, in days whose costs were read' }),
    last_synced_at: time.nullable(),
    next_sync_at: time
      .nullable()
      .meta({ description: 'Null while the daily sync is paused, or Temporal does not say' }),
    coverage: z
      .object({
        from: z.iso.date(),
        to: z.iso.date().meta({ description: 'The UTC day after the last one' }),
        days: z.int(),
        facts: z.int(),
        missing_days: z.int(),
      })
      .meta({ id: 'Coverage' }),
    reconciliation: reconciliation.meta({ description: 'Of all days that were read; money is decimal text' }),
  })
  .meta({ id: 'Integration' });
export type IntegrationView = z.input<typeof integrationView>;

/** A tenant's integrations as the API shows them, oldest first. */
export async function viewIntegrations(
  dependencies: Dependencies,
  tenantId: string,
  nextSyncs: Promise<NextSyncs>,
): Promise<IntegrationView[]> {
  const [integrations, next] = await Promise.all([readSummaries(dependencies, tenantId), nextSyncs]);
  return integrations.map((integration) => view(integration, next.get(dailySyncId(integration)) ?? null));
}

/** One integration. @throws Problem not_found if the tenant has no such id */
export async function viewIntegration(dependencies: Dependencies, key: IntegrationKey): Promise<IntegrationView> {
  const [[integration], next] = await Promise.all([
    readSummaries(dependencies, key.tenant_id, key.integration_id),
    nextSyncOf(dependencies.temporal, key),
  ]);
  if (!integration) throw new Problem('not_found');
  return view(integration, next);
}

async function readSummaries({ warehouse, answers }: Dependencies, tenantId: string, id?: string) {
  const answer = await answers({
    tenantId,
    question: `integrations ${id ?? ''}`,
    isOneStatement: true,
    compute: async () => Buffer.from(JSON.stringify(await summarizeIntegrations(warehouse, tenantId, id))),
  });
  return JSON.parse(String(answer?.bytes)) as IntegrationSummary[];
}

function view(integration: IntegrationSummary, next_sync_at: string | null): IntegrationView {
  const { organization_id, organization_name, status, problem, reconciliation, days_done, days_total } = integration;
  return {
    id: integration.integration_id,
    organization: { id: organization_id, name: organization_name },
    status,
    problem: describeIntegrationProblem(problem) ?? describeDifferences(reconciliation),
    key_expires_at: integration.key_expires_at,
    key_expires_soon: status !== 'disconnected' && expiresSoon(integration.key_expires_at, Date.now()),
    connected_at: integration.connected_at,
    progress: { days_done, days_total },
    last_synced_at: integration.last_synced_at,
    next_sync_at,
    coverage: {
      from: integration.history_from,
      to: integration.covered_to,
      days: integration.days,
      facts: integration.facts,
      missing_days: integration.missing_days,
    },
    reconciliation,
  };
}
