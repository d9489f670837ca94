import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { ProblemBody } from './problem.ts';
import { problems } from './problems.ts';
import { toProblem } from './to-problem.ts';

/** Express's error handler: responds with a problem (RFC 9457), and logs what is our fault. */
export function respondWithProblem(log: Logger): ErrorRequestHandler {
  return (error, request: Request, response: Response, _next) => {
    if (isDisconnect(error)) return void response.destroy();
    if (response.writableEnded) return; // responded to before its body had come, which then broke off
    const { code, detail, errors } = toProblem(error);
    const { status, title } = problems[code];
    const request_id = String(response.getHeader('x-request-id'));
    if (response.headersSent) {
      // Too late for a problem. A connection that is cut tells the caller that the response is incomplete.
      log.error({ request_id, path: request.path, code, err: error }, 'The response failed midway');
      response.destroy();
      return;
    }
    if (status >= 500) log.error({ request_id, path: request.path, code, err: error }, title);
    if (status === 503) response.set('retry-after', '5');
    if (code === 'too_many_at_once') response.set('retry-after', '1');
    if (status === 401) response.set('www-authenticate', 'Bearer');
    const body: ProblemBody = {
      type: `urn:pump:problem:${code}`,
      title,
      status,
      code,
      detail,
      request_id,
      ...(errors.length > 0 && { errors: [...errors] }),
    };
    response.removeHeader('etag');
    response.status(status).type('application/problem+json').json(body);
  };
}

/** The caller closed the connection, which aborts its request. Nobody is left to respond to, and nothing went wrong. */
function isDisconnect({ name, code }: { name?: string; code?: string }): boolean {
  return name === 'AbortError' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}
