import type { RequestHandler } from 'express';
import { isMigrated } from '../clickhouse/migrate.ts';
import type { Dependencies } from './dependencies.ts';
import { temporalAnswers } from './temporal-answers.ts';

/** 200 when requests can be served; 503 names what is missing, or comes because the process is about to end. */
export function readiness({ warehouse, temporal, stopping }: Dependencies): RequestHandler {
  return async (_request, response) => {
    const [migrated, answers] = await Promise.all([
      isMigrated(warehouse).catch(() => false),
      temporalAnswers(temporal),
    ]);
    const ready = migrated && answers && !stopping.aborted;
    response.status(ready ? 200 : 503).json({ ready, warehouse: migrated, temporal: answers });
  };
}
