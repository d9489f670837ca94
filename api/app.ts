import compression from 'compression';
import cors from 'cors';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { authenticate, type VerifyToken } from './auth/authenticate.ts';
import { verifyLocalToken } from './auth/verify-local-token.ts';
import { refuseChanges } from './http/allow-methods.ts';
import { mount } from './http/mount.ts';
import { limitRate } from './http/rate-limit.ts';
import { requestId } from './http/request-id.ts';
import { logRequests } from './http/request-log.ts';
import { describeApi } from './openapi/document.ts';
import { docs } from './openapi/reference-page.ts';
import { createMetrics } from './operations/metrics.ts';
import { readiness } from './operations/readiness.ts';
import { answerProblems, Problem } from './problem/problem.ts';
import { readCosts } from './routes/costs/get-costs.ts';
import { readSummary } from './routes/costs/get-costs-summary.ts';
import type { Dependencies } from './routes/dependencies.ts';
import { readDimensions } from './routes/dimensions/list-dimension-values.ts';
import { readExports } from './routes/exports/export-rows.ts';
import { createIntegration, readAttempt } from './routes/integrations/create-integration.ts';
import { createSync } from './routes/integrations/create-sync.ts';
import { deleteIntegration } from './routes/integrations/delete-integration.ts';
import { readDays } from './routes/integrations/list-integration-days.ts';
import { getIntegration, listIntegrations } from './routes/integrations/list-integrations.ts';
import { readEvents } from './routes/integrations/watch-integration.ts';
import { readProjects } from './routes/projects/list-projects.ts';
import { readSession } from './routes/session/get-session.ts';
import { readUsage } from './routes/usage/get-usage.ts';
import { page } from './static-page.ts';

export type AppOptions = Dependencies & {
  verify: VerifyToken;
  /** Requests a minute that each credential may make. */
  rateLimit: number;
  /** Origins of pages elsewhere that may call the API. */
  corsOrigins: readonly string[];
  /** Who presents it at /metrics sees every tenant's integrations. Without it there is no /metrics. */
  metricsToken?: string | undefined;
  log: Logger;
};

/** Everything under /v1, in the order that its description has. */
const routes = [
  createIntegration,
  readAttempt,
  listIntegrations,
  getIntegration,
  readEvents,
  readDays,
  createSync,
  deleteIntegration,
  readCosts,
  readUsage,
  readDimensions,
  readSummary,
  readExports,
  readProjects,
  readSession,
];

/** The HTTP API. It reads the warehouse and starts workflows; it never speaks to OpenAI. */
export function createApp({ verify, rateLimit, corsOrigins, metricsToken, log, ...dependencies }: AppOptions) {
  const those = routes.map((route) => route(dependencies));
  const description = describeApi(those);

  const app = express().set('etag', false);
  app.use(requestId, logRequests(log));
  if (metricsToken) {
    const { measure, answer } = createMetrics(dependencies.warehouse);
    app.use(measure);
    const known = authenticate(verifyLocalToken({ token: metricsToken, tenantId: '' }));
    app.route('/metrics').get(known, answer).all(refuseChanges);
  }
  app.use(
    helmet(),
    cors({
      origin: [...corsOrigins],
      methods: ['GET', 'POST', 'DELETE'],
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
      preflightContinue: true, // each path answers OPTIONS itself, with its methods
    }),
    compression(),
  );
  const answers: Record<string, RequestHandler> = {
    '/health': (_request, response) => void response.json({ alive: true }),
    '/ready': readiness(dependencies),
    '/openapi.json': (_request, response) => void response.json(description),
    '/docs': docs(description),
  };
  for (const [path, answer] of Object.entries(answers)) app.route(path).get(answer).all(refuseChanges);

  const v1 = Router();
  mount(v1, those, [authenticate(verify), limitRate(rateLimit)], dependencies);
  app.use('/v1', v1, refuse);
  app.use(page(), refuse);
  app.use(answerProblems(log));
  return app;
}

const refuse: RequestHandler = () => {
  throw new Problem('not_found');
};

const EXPOSED_HEADERS = ['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'];
