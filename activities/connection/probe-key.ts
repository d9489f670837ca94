import { ApplicationFailure } from '@temporalio/common';
import { recordOutcome } from '#clickhouse/integrations/integrations.ts';
import { addDays, today } from '#domain/day.ts';
import { type IntegrationKey, type IntegrationProblem, isAccessProblem, isKeyProblem } from '#domain/integration.ts';
import { ProviderError } from '#providers/http/error.ts';
import type { Region } from '#providers/http/region.ts';
import { currentIntegration } from '../context/current-integration.ts';
import type { Dependencies } from '../context/dependencies.ts';
import { openKey } from '../context/open-key.ts';
import { keepRegion } from '../context/start-reading.ts';
import { ensureDailySchedule } from './daily-schedule.ts';

/**
 * Tries the key of a stopped integration by one request for the costs of a day. Where OpenAI accepts it, the integration
 * is connected again.
 * @returns what still stops it; '' if it goes on
 */
export async function probeKey(dependencies: Dependencies, key: IntegrationKey): Promise<IntegrationProblem> {
  const { warehouse } = dependencies;
  const integration = await currentIntegration(dependencies, key);
  const { tenant_id, credential_id, status, host } = integration;
  if (status !== 'action_required') return '';
  const region = { host };
  const problem = await tryKey(dependencies, { tenant_id, credential_id }, region);
  await keepRegion(dependencies, { integration, region });
  // A refusal of this server says nothing about the key, so what was recorded of it stays.
  if (isAccessProblem(problem)) return problem;
  await recordOutcome(warehouse, { ...key, credential_id, problem, earliest: '', is_backfill: false });
  // 0.1.0 paused the schedules of stopped integrations.
  if (problem === '') await ensureDailySchedule(dependencies, key);
  return problem;
}

async function tryKey(
  dependencies: Dependencies,
  credential: { tenant_id: string; credential_id: string },
  region: Region,
): Promise<IntegrationProblem> {
  try {
    const adminKey = await openKey(dependencies, credential);
    await dependencies.openai.totals(adminKey, { from: addDays(today(), -1), to: today() }, { region });
    return '';
  } catch (error) {
    const kind = error instanceof ProviderError ? error.kind : error instanceof ApplicationFailure ? error.type : '';
    if (kind && (isKeyProblem(kind) || isAccessProblem(kind))) return kind;
    throw error;
  }
}
