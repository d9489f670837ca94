import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { isMigrated } from '#clickhouse/schema/migrate.ts';
import { memoize } from './memoize.ts';
import { isTemporalReachable } from './temporal-health.ts';

/** Each server is checked at most this often, however many probes there are. */
const TTL_MS = 1_000;

type Options = { warehouse: Warehouse; temporal: Client; stopping: AbortSignal };

/**
 * 200 while the warehouse can be read; 503 where it cannot, or where the process is stopping. Temporal is named, but
 * reads need none: where it is away, they go on, and connecting responds by itself with `temporal_unavailable`.
 */
export function readiness({ warehouse, temporal, stopping }: Options): RequestHandler {
  const check = memoize(TTL_MS, () =>
    Promise.all([isMigrated(warehouse).catch(() => false), isTemporalReachable(temporal)]),
  );
  return async (_request, response) => {
    const [isWarehouseReady, isTemporalReady] = await check();
    const ready = isWarehouseReady && !stopping.aborted;
    response.status(ready ? 200 : 503).json({ ready, warehouse: isWarehouseReady, temporal: isTemporalReady });
  };
}
