import { Gauge, type Registry } from '@prometheus-io/client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { freshnessOfAll, type IntegrationFreshness } from '#clickhouse/coverage/freshness-of-all.ts';
import { integrationStatus } from '#domain/integration.ts';
import { memoize } from './memoize.ts';

/** The warehouse is queried at most this often, however many scrapes there are. */
const TTL_MS = 10_000;
/** Half of Prometheus' default timeout, so that it learns that the warehouse is down rather than nothing at all. */
const DEADLINE_MS = 5_000;

/** Registers gauges of all integrations in the warehouse. @returns a function that refreshes them and never fails */
export function measureIntegrations(registry: Registry, warehouse: Warehouse): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const labels = ['tenant_id', 'integration_id'];
  const up = gauge('pump_warehouse_up', '1 if the warehouse responds', []);
  const status = gauge('pump_integration_status', '1 for the current status of the integration', [...labels, 'status']);
  const age = gauge('pump_integration_seconds_since_sync', 'Seconds since costs were last read', labels);
  const missing = gauge('pump_integration_days_missing', 'Days whose costs are due and were not read', labels);
  const covered = gauge('pump_integration_days_covered', 'Days whose costs were read', labels);
  const difference = gauge(
    'pump_integration_reconciliation_difference',
    'Difference of ended days from OpenAI’s own totals, in the bill’s currency',
    labels,
  );
  const gauges = [status, age, missing, covered, difference];

  function update(integrations: IntegrationFreshness[]) {
    for (const each of gauges) each.reset(); // integrations that were purged must disappear
    for (const { tenant_id, integration_id, ...now } of integrations) {
      const name = { tenant_id, integration_id };
      for (const each of integrationStatus.options) status.set({ ...name, status: each }, each === now.status ? 1 : 0);
      // A disconnected integration is no longer synced, and must not raise an alarm.
      if (now.status === 'disconnected') continue;
      if (now.seconds_since_sync !== null) age.set(name, now.seconds_since_sync);
      missing.set(name, now.days_missing);
      covered.set(name, now.days_covered);
      difference.set(name, now.difference);
    }
  }

  return memoize(TTL_MS, async () => {
    // The signal ends the query in the warehouse, too.
    const query = requestScope.run(AbortSignal.timeout(DEADLINE_MS), () => freshnessOfAll(warehouse));
    const integrations = await query.catch(() => undefined);
    up.set(integrations ? 1 : 0);
    update(integrations ?? []);
  });
}
