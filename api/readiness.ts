import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Warehouse } from '../clickhouse/client.ts';
import { isMigrated } from '../clickhouse/migrate.ts';
import { temporalAnswers } from './temporal-answers.ts';

/** 200 when requests can be served; 503 names what is missing. */
export function readiness({ warehouse, temporal }: { warehouse: Warehouse; temporal: Client }): RequestHandler {
  return async (_request, response) => {
    const [migrated, answers] = await Promise.all([
      isMigrated(warehouse).catch(() => false),
      temporalAnswers(temporal),
    ]);
    const ready = migrated && answers;
    response.status(ready ? 200 : 503).json({ ready, warehouse: migrated, temporal: answers });
  };
}
