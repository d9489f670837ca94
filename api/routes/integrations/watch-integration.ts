import { z } from 'zod';
import { integrationId } from '../../http/parameters.ts';
import { route } from '../../http/route.ts';
import type { Dependencies } from '../dependencies.ts';
import { watchIntegrations } from './integration-changes.ts';
import type { IntegrationView } from './integration-view.ts';

/** Proxies cut connections that are silent, most of them after 30 or 60 seconds. */
const HEARTBEAT_MS = 15_000;

/** An integration as it is now and whenever it has changed, as server-sent events. */
export const readEvents = (dependencies: Dependencies) => {
  const watch = watchIntegrations(dependencies);
  return route({
    method: 'get',
    path: '/integrations/:integration_id/events',
    scope: 'costs:read',
    operationId: 'watchIntegration',
    summary: 'One connected organization, now and whenever it has changed',
    description:
      'Server-sent events: each `integration` has the whole Integration as JSON, the first one at once. A comment every 15 seconds shows that the connection is alive. It ends when the API stops, the token ends or the integration is purged.',
    params: z.object({ integration_id: integrationId }),
    answers: {},
    stream: { description: 'The events', mediaTypes: ['text/event-stream'] },
    problems: ['not_found'],
    async handle({ tenantId, params: { integration_id }, signal, expiresAt }) {
      const until = AbortSignal.any([signal, dependencies.stopping, ended(expiresAt)]);
      const views = await watch({ tenant_id: tenantId, integration_id }, HEARTBEAT_MS, until);
      return {
        stream: toEvents(views),
        headers: {
          'content-type': 'text/event-stream',
          'cache-control': 'no-cache, no-transform', // compressed, an event would wait for the next ones
          'x-accel-buffering': 'no', // the same for nginx
        },
      };
    },
  });
};

/** Aborted when a token ends; a timer holds no more than 24 days. */
function ended(expiresAt = Infinity): AbortSignal {
  return AbortSignal.timeout(Math.max(0, Math.min(expiresAt - Date.now(), 2 ** 31 - 1)));
}

async function* toEvents(views: AsyncIterable<IntegrationView | undefined>) {
  for await (const view of views) {
    yield view ? `event: integration\ndata: ${JSON.stringify(view)}\n\n` : ': nothing has changed\n\n';
  }
}
