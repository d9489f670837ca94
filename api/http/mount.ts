import type { RequestHandler, Router } from 'express';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { callerOf } from '../auth/authenticate.ts';
import { requireScope } from '../auth/require-scope.ts';
import { abortedWith } from './aborted.ts';
import { allowMethods } from './allow-methods.ts';
import { setEtag } from './etag.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { requireBody } from './require-body.ts';
import { respond } from './respond.ts';
import { type AtRevision, createAtRevision } from './response-at-revision.ts';
import type { Route } from './route.ts';
import { validate } from './validate.ts';

/** Puts routes on a router, behind the guards. A path refuses the methods that it does not support. */
export function mount(router: Router, routes: readonly Route[], guards: RequestHandler[], warehouse: Warehouse) {
  const atRevision = createAtRevision(warehouse);
  const paths = [...Map.groupBy(routes, ({ path }) => path)].map(([path, those]) => {
    const methods = those.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    return [path, allowMethods(methods)] as const;
  });
  // Browsers send OPTIONS without a token.
  for (const [path, allow] of paths) router.options(path, allow);
  router.use(...guards);
  for (const route of routes) {
    router[route.method](route.path, requireScope(route.scope), requireBody(route.body), handler(route, atRevision));
  }
  for (const [path, allow] of paths) router.all(path, allow);
}

function handler(route: Route, atRevision: AtRevision): RequestHandler {
  return async (request, response) => {
    const { tenantId, expiresAt } = callerOf(response);
    const signal = abortedWith(response);
    const input = {
      ...validate(route, request),
      idempotencyKey: idempotencyKeyOf(request),
      tenantId,
      expiresAt,
      signal,
    };
    const handle = (revision: string) => route.handle({ ...input, revision });
    if (!route.conditional) return respond(request, response, await handle(''));

    const isConditional = request.headers['if-none-match'] !== undefined;
    const matchesEtag = (revision: string) => setEtag(request, response, revision);
    const result = await atRevision({ tenantId, signal, isConditional, matchesEtag, compute: handle });
    return result ? respond(request, response, result) : void response.status(304).end();
  };
}
