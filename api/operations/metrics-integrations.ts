import { z } from 'zod';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import type { IntegrationFreshness } from '#clickhouse/coverage/freshness-of-all.ts';
import { keepFreshness } from './kept-freshness.ts';
import { memoize } from './memoize.ts';

/** The warehouse is queried at most this often, however many scrapes there are. */
const TTL_MS = 10_000;
/** Half of Prometheus' default timeout, so that it learns that the warehouse is down rather than nothing at all. */
const DEADLINE_MS = 5_000;
const RESPONDS_MS = 2_000;

/** The metrics of all integrations in the warehouse, as text. @returns a function that never fails */
export function measureIntegrations(warehouse: Warehouse): () => Promise<string> {
  const readFreshness = keepFreshness(warehouse);
  return memoize(TTL_MS, async () => {
    // The signal ends the query in the warehouse, too.
    const query = requestScope.run(AbortSignal.timeout(DEADLINE_MS), readFreshness);
    const integrations = await query.catch(() => undefined);
    const isUp = integrations !== undefined || (await responds(warehouse)); // slow is not down
    const up = gauge('pump_warehouse_up', '1 if the warehouse responds', [['', isUp ? 1 : 0]]);
    return [up, ...gaugesOf(integrations ?? [])].join('\n');
  });
}

function responds(warehouse: Warehouse): Promise<boolean> {
  const one = { name: 'responds', sql: 'SELECT 1 AS one', row: z.object({ one: z.number() }) };
  return requestScope.run(AbortSignal.timeout(RESPONDS_MS), () =>
    warehouse.query(one).then(
      () => true,
      () => false,
    ),
  );
}

type Sample = [labels: string, value: number];

// Written here: for 10,000 integrations the library's gauges blocked other requests for a second.
function gaugesOf(integrations: readonly IntegrationFreshness[]): string[] {
  const now = Date.now();
  const named = integrations.map((each) => ({
    ...each,
    labels: `tenant_id="${escaped(each.tenant_id)}",integration_id="${escaped(each.integration_id)}"`,
  }));
  // A disconnected integration is no longer synced, and must not raise an alarm.
  const synced = named.filter(({ status }) => status !== 'disconnected');
  const gaugeOf = (name: string, help: string, value: (each: IntegrationFreshness) => number | null) =>
    gauge(
      name,
      help,
      synced.flatMap((each): Sample[] => {
        const measured = value(each);
        return measured === null ? [] : [[`{${each.labels}}`, measured]];
      }),
    );
  return [
    gauge(
      'pump_integration_status',
      '1 for the current status of the integration',
      named.map(({ labels, status }): Sample => [`{${labels},status="${status}"}`, 1]),
    ),
    gaugeOf(
      'pump_integration_seconds_since_sync',
      'Seconds since costs were last read',
      ({ synced_at }) => synced_at && Math.floor((now - synced_at) / 1000),
    ),
    gaugeOf(
      'pump_integration_key_expiry_seconds',
      'Seconds until the admin key expires; absent where it never does, or OpenAI does not say',
      ({ key_expires_at }) => key_expires_at && key_expires_at - Math.floor(now / 1000),
    ),
    gaugeOf('pump_integration_days_missing', 'Days whose costs are due and were not read', (each) => each.days_missing),
    gaugeOf(
      'pump_integration_days_overdue',
      'Days whose costs yesterday’s sync should have read and were not read',
      (each) => each.days_overdue,
    ),
    gaugeOf('pump_integration_days_covered', 'Days whose costs were read', (each) => each.days_covered),
    gaugeOf(
      'pump_integration_reconciliation_difference',
      'Difference of ended days from OpenAI’s own totals, in the bill’s currency',
      (each) => each.difference,
    ),
  ];
}

/** A metric in Prometheus' text format. */
function gauge(name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `${name}${labels} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`;
}

const escaped = (label: string) => label.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
