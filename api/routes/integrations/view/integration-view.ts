import { ScheduleNotFoundError } from '@temporalio/client';
import { z } from 'zod';
import { type CoverageSummary, summarizeCoverage } from '#clickhouse/coverage/coverage-summary.ts';
import { NOTHING, reconciliation } from '#clickhouse/coverage/reconcile.ts';
import { type Integration, listIntegrations, readIntegration } from '#clickhouse/integrations/integrations.ts';
import { type IntegrationKey, integrationStatus } from '#domain/integration.ts';
import { dailySyncId } from '#workflows/contract/ids.ts';
import { Problem } from '../../../problem/problem.ts';
import type { Dependencies } from '../../dependencies.ts';
import { describeDifferences } from './describe-differences.ts';
import { describeIntegrationProblem } from './integration-problem.ts';

const DEADLINE_MS = 5_000;
const time = z.iso.datetime();

/** An integration as the API shows it. */
export const integrationView = z
  .object({
    id: z.string(),
    organization: z.object({ id: z.string(), name: z.string() }),
    status: integrationStatus,
    problem: z
      .object({ code: z.string(), title: z.string(), detail: z.string() })
      .nullable()
      .meta({ description: 'What is wrong, and what to do about it' }),
    connected_at: time,
    progress: z
      .object({ days_done: z.int(), days_total: z.int() })
      .meta({ description: 'Progress of the backfill, in days whose costs were read' }),
    last_synced_at: time.nullable(),
    next_sync_at: time.nullable().meta({ description: 'Null while the daily sync is paused' }),
    coverage: z.object({
      from: z.iso.date(),
      to: z.iso.date().meta({ description: 'The UTC day after the last one' }),
      days: z.int(),
      facts: z.int(),
      missing_days: z.int(),
    }),
    reconciliation: reconciliation.meta({ description: 'Of all days that were read; money is decimal text' }),
  })
  .meta({ id: 'Integration' });
export type IntegrationView = z.input<typeof integrationView>;

/** A tenant's integrations as the API shows them, oldest first. */
export async function viewIntegrations(dependencies: Dependencies, tenantId: string): Promise<IntegrationView[]> {
  const { warehouse } = dependencies;
  // In this order: an integration that is listed has its days in what is read next.
  const integrations = await listIntegrations(warehouse, tenantId);
  const summaries = await summarizeCoverage(warehouse, tenantId);
  const summaryOf = new Map(summaries.map((summary) => [summary.integration_id, summary]));
  return Promise.all(
    integrations.map(async (integration) =>
      view(integration, summaryOf.get(integration.integration_id), await nextSyncAt(dependencies, integration)),
    ),
  );
}

/** One integration. @throws Problem not_found if the tenant has no such id */
export async function viewIntegration(dependencies: Dependencies, key: IntegrationKey): Promise<IntegrationView> {
  const { warehouse } = dependencies;
  const integration = await readIntegration(warehouse, key);
  if (!integration) throw new Problem('not_found');
  const summaries = await summarizeCoverage(warehouse, key.tenant_id);
  const summary = summaries.find(({ integration_id }) => integration_id === key.integration_id);
  return view(integration, summary, await nextSyncAt(dependencies, integration));
}

function view(
  integration: Integration,
  coverage: CoverageSummary | undefined,
  next_sync_at: string | null,
): IntegrationView {
  const { integration_id, organization_id, organization_name, status, problem, connected_at } = integration;
  const differences = coverage?.reconciliation ?? NOTHING;
  return {
    id: integration_id,
    organization: { id: organization_id, name: organization_name },
    status,
    problem: describeIntegrationProblem(problem) ?? describeDifferences(differences),
    connected_at,
    progress: { days_done: coverage?.days_done ?? 0, days_total: coverage?.days_total ?? 0 },
    last_synced_at: coverage?.last_synced_at ?? null,
    next_sync_at,
    coverage: {
      from: integration.history_from,
      to: coverage?.covered_to ?? integration.history_to,
      days: coverage?.days ?? 0,
      facts: coverage?.facts ?? 0,
      missing_days: coverage?.missing_days ?? 0,
    },
    reconciliation: differences,
  };
}

/** When the daily schedule runs next; null while it is paused or not created yet. */
async function nextSyncAt({ temporal }: Dependencies, integration: Integration): Promise<string | null> {
  try {
    const handle = temporal.schedule.getHandle(dailySyncId(integration));
    const { state, info } = await temporal.withDeadline(Date.now() + DEADLINE_MS, () => handle.describe());
    return state.paused ? null : (info.nextActionTimes[0]?.toISOString() ?? null);
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}
