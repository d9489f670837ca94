import { z } from 'zod';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { integrationId } from '../parameters.ts';
import { watchIntegrations } from './integration-changes.ts';
import type { IntegrationView } from './view/integration-view.ts';

/** Most proxies cut a silent connection after 30 or 60 seconds. */
const HEARTBEAT_MS = 15_000;

/** An integration as it is now and after each change, as server-sent events. */
export const watchIntegration = (dependencies: Dependencies) => {
  const watch = watchIntegrations(dependencies);
  return route({
    method: 'get',
    path: '/integrations/:integration_id/events',
    scope: 'costs:read',
    operationId: 'watchIntegration',
    summary: 'Watches one connected organization: its state now and after each change',
    description:
      'Server-sent events: each event `integration` holds the whole Integration as JSON, the first one at once. A comment every 15 seconds keeps the connection alive. The stream ends when the API stops, the token expires or the integration is purged.',
    params: z.object({ integration_id: integrationId }),
    responses: {},
    stream: { description: 'The events', mediaTypes: ['text/event-stream'] },
    problems: ['not_found', 'too_many_at_once'],
    async handle({ tenantId, params: { integration_id }, signal, expiresAt }) {
      const end = AbortSignal.any([signal, dependencies.stopping, expired(expiresAt)]);
      const views = await watch({ tenant_id: tenantId, integration_id }, HEARTBEAT_MS, end);
      return {
        stream: toEvents(views),
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-cache, no-transform', // compression would hold an event back until the next ones
          'x-accel-buffering': 'no', // the same for nginx
        },
      };
    },
  });
};

/** Aborts when a token expires. Timers are limited to 24 days. */
function expired(expiresAt = Infinity): AbortSignal {
  return AbortSignal.timeout(Math.max(0, Math.min(expiresAt - Date.now(), 2 ** 31 - 1)));
}

async function* toEvents(views: AsyncIterable<IntegrationView | undefined>) {
  for await (const view of views) {
    yield view ? `event: integration\ndata: ${JSON.stringify(view)}\n\n` : ': heartbeat\n\n';
  }
}
