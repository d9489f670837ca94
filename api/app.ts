import { randomUUID } from 'node:crypto';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { authenticate } from './authenticate.ts';
import type { Dependencies } from './dependencies.ts';
import { answerProblems, Problem } from './problem.ts';
import { readiness } from './readiness.ts';
import { createIntegration, readAttempt } from './routes/create-integration.ts';
import { createSync } from './routes/create-sync.ts';
import { deleteIntegration } from './routes/delete-integration.ts';
import { readCosts } from './routes/read-costs.ts';
import { readExports } from './routes/read-exports.ts';
import { getIntegration, listIntegrations } from './routes/read-integrations.ts';
import { readProjects } from './routes/read-projects.ts';

export type AppOptions = Dependencies & { token: string; tenantId: string; log: Logger };

const routes = [
  createIntegration,
  readAttempt,
  listIntegrations,
  getIntegration,
  createSync,
  deleteIntegration,
  readCosts,
  readExports,
  readProjects,
];

/** The HTTP API. It reads the warehouse and starts workflows; it never speaks to OpenAI. */
export function createApp({ token, tenantId, log, ...dependencies }: AppOptions) {
  const app = express().disable('x-powered-by');
  app.use((_request, response, next) => {
    response.set('x-request-id', randomUUID());
    next();
  });
  app.get('/health', (_request, response) => {
    response.json({ alive: true });
  });
  app.get('/ready', readiness(dependencies));

  const v1 = Router();
  v1.use(authenticate({ token, tenantId }), express.json({ limit: '16kb' }));
  for (const route of routes) route(dependencies)(v1);
  app.use('/v1', v1);

  app.use(() => {
    throw new Problem('not_found');
  });
  app.use(answerProblems(log));
  return app;
}
