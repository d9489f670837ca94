import type { MetricMeter } from '@temporalio/common';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { countKeys } from '#clickhouse/integrations/count-keys.ts';

const INTERVAL_MS = 300_000;

/** Measures how many stored Admin keys this worker cannot open: it was started without the key that sealed them. */
export function measureKeys(warehouse: Warehouse, openable: ReadonlySet<string>, meter: MetricMeter): void {
  const gauge = meter.createGauge(
    'pump_keys_unopenable',
    'int',
    undefined,
    'Admin keys that no private key here opens',
  );
  const measure = async () => {
    const counted = await countKeys(warehouse).catch(() => []); // the warehouse has an alert of its own
    gauge.set(counted.filter(({ key_id }) => !openable.has(key_id)).reduce((sum, { keys }) => sum + keys, 0));
  };
  setInterval(measure, INTERVAL_MS).unref();
  void measure();
}
