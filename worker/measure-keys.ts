import type { MetricMeter } from '@temporalio/common';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { countKeys } from '#clickhouse/integrations/count-keys.ts';

const INTERVAL_MS = 300_000;

/**
 * Measures how many stored Admin keys, and secrets of channels, are sealed to each sealing key, and how many this worker
 * cannot open: it was started without the key that sealed them.
 * @param openable the ids of this worker's sealing keys; one that seals nothing any more is no longer needed
 */
export function measureKeys(warehouse: Warehouse, openable: ReadonlySet<string>, meter: MetricMeter): void {
  const gauge = (name: string, what: string) => meter.createGauge(name, 'int', undefined, what);
  const unopenable = gauge('pump_keys_unopenable', 'Sealed keys that no private key here opens');
  const sealed = gauge('pump_keys_sealed', 'Sealed keys by their sealing key');
  const seen = new Set(openable);
  const measure = async () => {
    const counted = await countKeys(warehouse).catch(() => undefined); // the warehouse has an alert of its own
    if (!counted) return;
    const counts = new Map(counted.map(({ key_id, keys }) => [key_id, keys]));
    for (const key_id of counts.keys()) seen.add(key_id);
    for (const key_id of seen) sealed.set(counts.get(key_id) ?? 0, { key_id });
    unopenable.set(counted.filter(({ key_id }) => !openable.has(key_id)).reduce((sum, { keys }) => sum + keys, 0));
  };
  setInterval(measure, INTERVAL_MS).unref();
  void measure();
}
