import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSecrets } from '../../support/find-secrets.ts';
import type { Product } from '../product/product.ts';
import { until } from '../product/until.ts';
import { SIGNING_SECRET } from '../product/watch-alerts.ts';

const START_MS = 60_000;

/** Where a key is that should be nowhere: histories, schedules, tables, logs, metrics, Temporal's own file. */
export async function checkSecrets({
  simulator,
  processes,
  warehouse,
  temporal,
  receiver,
}: Product): Promise<string[]> {
  const { logs, metricsUrls, apiUrl, secrets } = processes;
  const authorization = `Bearer ${secrets.API_TOKEN}`;
  // A worker that was killed late may still be starting.
  const metrics = [...metricsUrls, `${apiUrl}/metrics`].map((url) =>
    until(url, START_MS, async () => (await fetch(url, { headers: { authorization } })).text()),
  );
  const files = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'latin1'));
  const keys = [...Object.values(simulator.keys), secrets.SEALING_PRIVATE_KEY, SIGNING_SECRET, receiver.url];
  try {
    const lines = [...files, ...(await Promise.all(metrics))];
    await findSecrets(keys, { temporal, warehouse, lines });
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
