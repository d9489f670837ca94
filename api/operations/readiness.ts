import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { isMigrated } from '#clickhouse/schema/migrate.ts';
import { memoize } from './memoize.ts';
import { isTemporalReachable } from './temporal-health.ts';

/** Each server is checked at most this often, however many probes there are. */
const TTL_MS = 1_000;

type Options = { warehouse: Warehouse; temporal: Client; stopping: AbortSignal; log: Logger };

/**
 * 200 while the warehouse can be read; 503 where it cannot, or where the process is stopping. Temporal is named, but
 * reads need none: where it is away, they go on, and connecting responds by itself with `temporal_unavailable`. The log
 * says once what is away, and when it is back.
 */
export function readiness({ warehouse, temporal, stopping, log }: Options): RequestHandler {
  const away = new Set<string>();
  const check = memoize(TTL_MS, async () => {
    const found = await Promise.all([isMigrated(warehouse).catch(() => false), isTemporalReachable(temporal)]);
    say('the warehouse', found[0], 'does not respond or is not migrated');
    say('Temporal', found[1], 'does not respond');
    return found;
  });
  function say(what: string, isThere: boolean, reason: string) {
    if (isThere && away.delete(what)) log.info(`${what}: goes on`);
    if (isThere || away.has(what)) return;
    away.add(what);
    log.warn(`${what}: waits, it ${reason}`);
  }
  return async (_request, response) => {
    const [isWarehouseReady, isTemporalReady] = await check();
    const ready = isWarehouseReady && !stopping.aborted;
    response.status(ready ? 200 : 503).json({ ready, warehouse: isWarehouseReady, temporal: isTemporalReady });
  };
}
