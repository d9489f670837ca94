import { Gauge, type Registry } from 'prom-client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { freshnessOfAll, type IntegrationFreshness } from '#clickhouse/coverage/freshness-of-all.ts';
import { integrationStatus } from '#domain/integration.ts';
import { kept } from './memoize.ts';

/** However many ask, the warehouse is asked this seldom. */
const KEPT_MS = 10_000;
/** Prometheus waits ten seconds by default: it is to hear that the warehouse is away rather than nothing. */
const PATIENCE_MS = 5_000;

/** Gauges of every integration as the warehouse knows it. @returns what brings them up to date; it never fails */
export function measureIntegrations(registry: Registry, warehouse: Warehouse): () => Promise<void> {
  const gauge = (name: string, help: string, labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const labels = ['tenant_id', 'integration_id'];
  const up = gauge('pump_warehouse_up', '1 where the warehouse has answered', []);
  const status = gauge('pump_integration_status', '1 at the status that the integration has', [...labels, 'status']);
  const age = gauge('pump_integration_seconds_since_sync', 'Since costs were last read', labels);
  const missing = gauge('pump_integration_days_missing', 'Days whose costs should have been read and were not', labels);
  const covered = gauge('pump_integration_days_covered', 'Days whose costs were read', labels);
  const difference = gauge(
    'pump_integration_reconciliation_difference',
    'What days that have ended differ by from OpenAI’s own totals, in the bill’s currency',
    labels,
  );
  const gauges = [status, age, missing, covered, difference];

  function show(integrations: IntegrationFreshness[]) {
    for (const each of gauges) each.reset(); // what is no longer there is no longer shown
    for (const { tenant_id, integration_id, ...now } of integrations) {
      const name = { tenant_id, integration_id };
      for (const each of integrationStatus.options) status.set({ ...name, status: each }, each === now.status ? 1 : 0);
      // Nothing is read of one that is disconnected, and nobody is to be woken for that.
      if (now.status === 'disconnected') continue;
      if (now.seconds_since_sync !== null) age.set(name, now.seconds_since_sync);
      missing.set(name, now.days_missing);
      covered.set(name, now.days_covered);
      difference.set(name, now.difference);
    }
  }

  async function ask() {
    const integrations = await within(PATIENCE_MS, freshnessOfAll(warehouse)).catch(() => undefined);
    up.set(integrations ? 1 : 0);
    show(integrations ?? []);
  }

  return kept(KEPT_MS, ask);
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const tooLate = Promise.withResolvers<never>();
  const timer = setTimeout(() => tooLate.reject(new Error('The warehouse takes too long')), ms);
  return Promise.race([answer, tooLate.promise]).finally(() => clearTimeout(timer));
}
