import { parse } from 'node:querystring';
import type { Client } from '@temporalio/client';
import compression from 'compression';
import cors from 'cors';
import express, { type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import { createAnswers } from './answers/answers.ts';
import { createRevisions } from './answers/revisions.ts';
import { authenticate, type VerifyToken } from './auth/authenticate.ts';
import { verifyLocalToken } from './auth/verify-local-token.ts';
import { allowReads } from './http/allow-methods.ts';
import { auditTrail } from './http/audit-trail.ts';
import { mount } from './http/mount.ts';
import { requestId } from './http/request-id.ts';
import { logRequests } from './http/request-log.ts';
import { traceRequests } from './http/trace-requests.ts';
import { limitRate } from './limits/rate-limit.ts';
import { stopReading } from './limits/unread-body.ts';
import { describeApi } from './openapi/document.ts';
import { referencePage } from './openapi/reference-page.ts';
import { createMetrics } from './operations/metrics.ts';
import { readiness } from './operations/readiness.ts';
import { Problem } from './problem/problem.ts';
import { respondWithProblem } from './problem/respond-with-problem.ts';
import { createAcknowledgement } from './routes/alerts/create-acknowledgement.ts';
import { getAlert } from './routes/alerts/get-alert.ts';
import { listAlerts } from './routes/alerts/list-alerts.ts';
import { getAnomalySettings } from './routes/anomaly-settings/get-anomaly-settings.ts';
import { updateAnomalySettings } from './routes/anomaly-settings/update-anomaly-settings.ts';
import { listAuditEvents } from './routes/audit-events/list-audit-events.ts';
import { createBudget } from './routes/budgets/create-budget.ts';
import { deleteBudget } from './routes/budgets/delete-budget.ts';
import { getBudget } from './routes/budgets/get-budget.ts';
import { listBudgets } from './routes/budgets/list-budgets.ts';
import { updateBudget } from './routes/budgets/update-budget.ts';
import { createChannel } from './routes/channels/create-channel.ts';
import { createChannelTest } from './routes/channels/create-channel-test.ts';
import { createDeliveries } from './routes/channels/create-deliveries.ts';
import { deleteChannel } from './routes/channels/delete-channel.ts';
import { getChannel } from './routes/channels/get-channel.ts';
import { listChannels } from './routes/channels/list-channels.ts';
import { updateChannel } from './routes/channels/update-channel.ts';
import { getCosts } from './routes/costs/get-costs.ts';
import { getCostsSummary } from './routes/costs/get-costs-summary.ts';
import type { Dependencies } from './routes/dependencies.ts';
import { listDimensionValues } from './routes/dimensions/list-dimension-values.ts';
import { exportRows } from './routes/exports/export-rows.ts';
import { createIntegration } from './routes/integrations/create-integration.ts';
import { createSync } from './routes/integrations/create-sync.ts';
import { deleteIntegration } from './routes/integrations/delete-integration.ts';
import { getConnectionAttempt } from './routes/integrations/get-connection-attempt.ts';
import { getIntegration } from './routes/integrations/get-integration.ts';
import { listIntegrationDays } from './routes/integrations/list-integration-days.ts';
import { listIntegrations } from './routes/integrations/list-integrations.ts';
import { watchIntegration } from './routes/integrations/watch-integration.ts';
import { listLimits } from './routes/limits/list-limits.ts';
import { getOverview } from './routes/overview/get-overview.ts';
import { listProjects } from './routes/projects/list-projects.ts';
import { getReconciliation } from './routes/reconciliation/get-reconciliation.ts';
import { getSession } from './routes/session/get-session.ts';
import { getUsage } from './routes/usage/get-usage.ts';
import { createView } from './routes/views/create-view.ts';
import { deleteView } from './routes/views/delete-view.ts';
import { getView } from './routes/views/get-view.ts';
import { listViews } from './routes/views/list-views.ts';
import { staticPage } from './static-page.ts';

export type AppOptions = Omit<Dependencies, 'answers'> & {
  verify: VerifyToken;
  /** Requests a minute that each credential may make. */
  rateLimit: number;
  /** How many proxies in front of the API are believed what they say of the caller's address. */
  trustedProxies: number;
  /** Other origins whose pages may call the API. */
  corsOrigins: readonly string[];
  /** A client of Temporal that repeats no call: it finds out why Temporal is away. */
  probe: Client;
  /** The bearer token of /metrics, which shows every tenant's integrations. Without it there is no /metrics. */
  metricsToken?: string | undefined;
};

/** All operations under /v1, in the order of the API's description. */
const routes = [
  createIntegration,
  getConnectionAttempt,
  listIntegrations,
  getIntegration,
  watchIntegration,
  listIntegrationDays,
  createSync,
  deleteIntegration,
  getCosts,
  getUsage,
  listDimensionValues,
  getCostsSummary,
  getReconciliation,
  createBudget,
  listBudgets,
  getBudget,
  updateBudget,
  deleteBudget,
  listAlerts,
  getAlert,
  createAcknowledgement,
  getAnomalySettings,
  updateAnomalySettings,
  createChannel,
  listChannels,
  getChannel,
  updateChannel,
  deleteChannel,
  createChannelTest,
  createDeliveries,
  listAuditEvents,
  createView,
  listViews,
  getView,
  deleteView,
  exportRows,
  listLimits,
  listProjects,
  getOverview,
  getSession,
];

/** The HTTP API. It reads the warehouse and starts workflows; it never calls OpenAI. */
export function createApp(options: AppOptions) {
  const { verify, rateLimit, trustedProxies, corsOrigins, metricsToken, probe, ...given } = options;
  const { log } = given;
  const answers = createAnswers(createRevisions(given.warehouse));
  const dependencies: Dependencies = { ...given, answers };
  const operations = routes.map((createRoute) => createRoute(dependencies));
  const description = describeApi(operations);

  const app = express().set('etag', false).set('trust proxy', trustedProxies).set('query parser', parseQuery);
  app.use(requestId, traceRequests, logRequests(log), stopReading);
  if (metricsToken) {
    const { measure, serve } = createMetrics({ ...dependencies, probe });
    app.use(measure);
    const requireToken = authenticate(verifyLocalToken({ token: metricsToken, tenantId: '' }));
    app.route('/metrics').get(requireToken, serve).all(allowReads);
  }
  app.use(
    helmet(),
    cors({
      origin: [...corsOrigins],
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
      preflightContinue: true, // each path responds to OPTIONS itself, with its methods
    }),
    compression(),
  );
  const publicPaths: Record<string, RequestHandler> = {
    '/health': (_request, response) => void response.json({ alive: true }),
    '/ready': readiness({ ...dependencies, probe }),
    '/openapi.json': (_request, response) => void response.json(description),
    '/docs': referencePage(description),
  };
  for (const [path, serve] of Object.entries(publicPaths)) app.route(path).get(serve).all(allowReads);

  const v1 = Router();
  const guards = [authenticate(verify), limitRate(rateLimit)];
  mount(v1, operations, { guards, answers, audit: auditTrail(dependencies.warehouse) });
  app.use('/v1', v1, notFound);
  app.use(staticPage(), notFound);
  app.use(respondWithProblem(log));
  return app;
}

/** Express's own parser ignores what comes after a thousand parameters, a filter say. Node limits the headers' length. */
const parseQuery = (text: string) => parse(text, undefined, undefined, { maxKeys: 0 });

const notFound: RequestHandler = () => {
  throw new Problem('not_found');
};

const EXPOSED_HEADERS = ['etag', 'location', 'ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'];
