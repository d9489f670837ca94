import { collectDefaultMetrics, Gauge, Histogram, Registry } from '@prometheus-io/client';
import type { Client } from '@temporalio/client';
import type { RequestHandler } from 'express';
import type { Warehouse } from '#clickhouse/client/client.ts';
import packageJson from '#package.json' with { type: 'json' };
import { routePattern } from '../http/route-pattern.ts';
import { measureIntegrations } from './metrics-integrations.ts';
import { measureOperations } from './metrics-operations.ts';

/** Metrics for Prometheus: of this process, of the requests that `measure` has seen, and of all tenants' integrations. */
export function createMetrics(servers: { warehouse: Warehouse; temporal: Client; probe: Client }): {
  measure: RequestHandler;
  serve: RequestHandler;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const build = { name: 'pump_build_info', help: 'Always 1', labelNames: ['version'], registers: [registry] };
  new Gauge(build).set({ version: packageJson.version }, 1);
  const durations = new Histogram({
    name: 'pump_http_request_duration_seconds',
    help: 'Duration of requests by method, route and status, until the last byte; route is empty if none matched',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const measureAll = measureIntegrations(servers.warehouse);
  const refreshOperations = measureOperations(registry, servers);

  return {
    measure(request, response, next) {
      const end = durations.startTimer({ method: request.method });
      response.once('close', () => end({ route: routePattern(request), status: response.statusCode }));
      next();
    },
    async serve(_request, response) {
      const [integrations] = await Promise.all([measureAll(), refreshOperations()]);
      response.type(registry.contentType).send(`${await registry.metrics()}\n${integrations}`);
    },
  };
}
