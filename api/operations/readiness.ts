import type { RequestHandler } from 'express';
import { isMigrated } from '#clickhouse/schema/migrate.ts';
import type { Dependencies } from '../routes/dependencies.ts';
import { kept } from './memoize.ts';
import { temporalAnswers } from './temporal-health.ts';

/** However many ask, both servers are asked this seldom. */
const KEPT_MS = 1_000;

/** 200 when requests can be served; 503 names what is missing, or comes because the process is about to end. */
export function readiness({ warehouse, temporal, stopping }: Dependencies): RequestHandler {
  const ask = kept(KEPT_MS, () => Promise.all([isMigrated(warehouse).catch(() => false), temporalAnswers(temporal)]));
  return async (_request, response) => {
    const [migrated, answers] = await ask();
    const ready = migrated && answers && !stopping.aborted;
    response.status(ready ? 200 : 503).json({ ready, warehouse: migrated, temporal: answers });
  };
}
