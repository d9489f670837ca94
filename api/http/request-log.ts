import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import type { Caller } from '../auth/authenticate.ts';
import { PROBES } from './probes.ts';
import { routePattern } from './route-pattern.ts';

/** Logs one line per request, at its end. Of the request it holds the method alone: no path, query, header or body. */
export function logRequests(logger: Logger): RequestHandler {
  const describe = (request: Request, response: Response, { ms }: { ms: number }) => ({
    method: request.method,
    route: routePattern(request),
    status: response.statusCode,
    ms,
    tenant_id: (response.locals.caller as Caller | undefined)?.tenantId,
  });
  const message = (_request: Request, { writableFinished }: Response) =>
    writableFinished ? 'request completed' : 'request aborted';
  return pinoHttp<Request, Response>({
    logger,
    quietReqLogger: true,
    quietResLogger: true,
    serializers: { req: () => undefined },
    genReqId: (_request, response) => String(response.getHeader('x-request-id')),
    customAttributeKeys: { reqId: 'request_id', responseTime: 'ms' },
    customLogLevel: (request) => (PROBES.includes(routePattern(request)) ? 'debug' : 'info'),
    customSuccessObject: describe,
    customSuccessMessage: message,
    // A status of 500 and above is a line like any other: the error was logged where it became a problem.
    customErrorObject: (request, response, _error, found) => describe(request, response, found),
    customErrorMessage: message,
  });
}
