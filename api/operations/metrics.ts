import type { RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { routePattern } from '../http/route-pattern.ts';
import { measureIntegrations } from './metrics-integrations.ts';

/** What Prometheus reads: this process, the requests that `measure` has seen, and every tenant's integrations. */
export function createMetrics(warehouse: Warehouse): { measure: RequestHandler; answer: RequestHandler } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'pump_http_request_duration_seconds',
    help: 'Requests by method, route and status, until the answer’s last byte; an empty route is none of ours',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const refreshIntegrations = measureIntegrations(registry, warehouse);

  return {
    measure(request, response, next) {
      const end = durations.startTimer({ method: request.method });
      response.once('close', () => end({ route: routePattern(request), status: response.statusCode }));
      next();
    },
    async answer(_request, response) {
      await refreshIntegrations();
      response.type(registry.contentType).send(await registry.metrics());
    },
  };
}
