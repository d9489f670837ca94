import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { isMigrated } from '#clickhouse/schema/migrate.ts';
import { memoize } from './memoize.ts';
import { whyTemporalIsAway } from './temporal-health.ts';

/** Each server is checked at most this often, however many probes there are. */
const TTL_MS = 1_000;

type Options = { warehouse: Warehouse; probe: Client; stopping: AbortSignal; log: Logger };

/**
 * 200 while the warehouse can be read; 503 where it cannot, or where the process is stopping. Temporal is named, but
 * reads need none: where it is away, they go on, and connecting responds by itself with `temporal_unavailable`. The log
 * says once what is away, and when it is back.
 */
export function readiness({ warehouse, probe, stopping, log }: Options): RequestHandler {
  const away = new Set<string>();
  const check = memoize(TTL_MS, async () => {
    const [isWarehouseReady, reason] = await Promise.all([
      isMigrated(warehouse).catch(() => false),
      whyTemporalIsAway(probe),
    ]);
    say('the warehouse', isWarehouseReady ? undefined : 'it does not respond or is not migrated');
    say('Temporal', reason);
    return [isWarehouseReady, reason === undefined] as const;
  });
  function say(what: string, reason: string | undefined) {
    if (reason === undefined && away.delete(what)) log.info(`${what}: goes on`);
    if (reason === undefined || away.has(what)) return;
    away.add(what);
    log.warn({ reason }, `${what}: waits`);
  }
  return async (_request, response) => {
    const [isWarehouseReady, isTemporalReady] = await check();
    const ready = isWarehouseReady && !stopping.aborted;
    response.status(ready ? 200 : 503).json({ ready, warehouse: isWarehouseReady, temporal: isTemporalReady });
  };
}
