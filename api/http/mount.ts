import type { RequestHandler, Router } from 'express';
import { requestScope } from '#clickhouse/client/request-scope.ts';
import { type Answers, questionOf } from '../answers/answers.ts';
import { callerOf } from '../auth/authenticate.ts';
import { requireScope } from '../auth/require-scope.ts';
import { limitEventStreams } from '../limits/event-streams.ts';
import { limitChanges } from '../limits/rate-limit.ts';
import { tenantSemaphore } from '../limits/tenant-semaphore.ts';
import { abortedWith } from './aborted.ts';
import { allowMethods } from './allow-methods.ts';
import type { AuditTrail } from './audit-trail.ts';
import { setEtag } from './etag.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { requireBody } from './require-body.ts';
import { respond, respondWithJson } from './respond.ts';
import type { Route } from './route.ts';
import { validate } from './validate.ts';

/** Puts routes on a router, behind the guards. A path refuses the methods that it does not support. */
export function mount(
  router: Router,
  routes: readonly Route[],
  { guards, answers, audit }: { guards: RequestHandler[]; answers: Answers; audit: AuditTrail },
) {
  const acquire = tenantSemaphore({ concurrency: 4, queueLimit: 60 });
  const changes = limitChanges();
  const eventStreams = limitEventStreams();
  const paths = [...Map.groupBy(routes, ({ path }) => path)].map(([path, those]) => {
    const methods = those.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    return [path, allowMethods(methods)] as const;
  });
  // Browsers send OPTIONS without a token.
  for (const [path, allow] of paths) router.options(path, allow);
  router.use(...guards);
  for (const route of routes) {
    router[route.method](
      route.path,
      ...(route.method === 'get' ? [] : [changes, audit.mark(route)]),
      requireScope(route.scope),
      ...(route.stream?.mediaTypes.includes('text/event-stream') ? [eventStreams] : []),
      requireBody(route.body),
      handler(route, { answers, audit, acquire }),
    );
  }
  for (const [path, allow] of paths) router.all(path, allow);
  router.use(audit.recordProblem);
}

type Shared = { answers: Answers; audit: AuditTrail; acquire: ReturnType<typeof tenantSemaphore> };

function handler(route: Route, { answers, audit, acquire }: Shared): RequestHandler {
  return async (request, response) => {
    const { id: caller, tenantId, scopes, expiresAt } = callerOf(response);
    const signal = abortedWith(response);
    const input = {
      ...validate(route, request),
      idempotencyKey: idempotencyKeyOf(request),
      tenantId,
      caller,
      scopes,
      expiresAt,
      signal,
    };
    if (!route.conditional) {
      await audit.recordBegun(response);
      const result = await route.handle({ ...input, revision: '' });
      if ('status' in result) await audit.recordSuccess(response, result);
      return respond(request, response, result);
    }

    const isPage = input.query.cursor !== undefined;
    const matchesEtag = (revision: string) => setEtag(request, response, revision);
    const answer = await answers({
      tenantId,
      question: questionOf(request.originalUrl),
      // A page goes beside the one before only where its revision says so: it is looked at afterwards.
      isOneStatement: route.conditional === 'one statement' && !isPage,
      isPage,
      ...(request.headers['if-none-match'] !== undefined && { isKnown: matchesEtag }),
      async compute(revision) {
        const release = await acquire(tenantId, signal);
        try {
          const result = await requestScope.run(signal, () => route.handle({ ...input, revision }));
          return Buffer.from(JSON.stringify((result as { body: unknown }).body));
        } finally {
          release();
        }
      },
    });
    if (!answer) return void response.status(304).end();
    matchesEtag(answer.revision);
    respondWithJson(response, answer.bytes);
  };
}
