import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { writeAuditEvent } from '#clickhouse/audit/audit-events.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { callerOf } from '../auth/authenticate.ts';
import { problems } from '../problem/problems.ts';
import { toProblem } from '../problem/to-problem.ts';

const MAX_PATH = 500;

export type AuditTrail = ReturnType<typeof auditTrail>;

/** Records every request to change something: each passes here when it has succeeded, or as an error. */
export function auditTrail(warehouse: Warehouse) {
  function record(request: Request, response: Response, { status, outcome, resource }: Outcome): Promise<void> {
    const { id: caller, tenantId } = callerOf(response);
    return writeAuditEvent(warehouse, tenantId, {
      id: randomUUID(),
      at: new Date().toISOString(),
      ...{ caller, action: response.locals.action, status, outcome },
      resource: (resource ?? pathOf(request)).slice(0, MAX_PATH),
      request_id: String(response.getHeader('x-request-id')),
    });
  }

  const recordProblem: ErrorRequestHandler = async (error, request, response, next) => {
    if (response.locals.action) {
      const { code } = toProblem(error);
      // The response is the problem itself, even where it cannot be recorded.
      await record(request, response, { status: problems[code].status, outcome: code }).catch(() => {});
    }
    next(error);
  };

  return {
    /** Marks a request as one that changes something. */
    begin:
      (operationId: string): RequestHandler =>
      (_request, response, next) => {
        response.locals.action = operationId;
        next();
      },

    /** To be called before the response is sent: what cannot be recorded is not confirmed. */
    async recordSuccess(request: Request, response: Response, { status, headers }: Result): Promise<void> {
      if (!response.locals.action) return;
      await record(request, response, { status, outcome: 'succeeded', resource: headers?.location });
    },

    recordProblem,
  };
}

type Result = { status: number; headers?: Record<string, string> };
type Outcome = { status: number; outcome: string; resource?: string | undefined };

/** Without the query, whose values callers choose. */
const pathOf = ({ originalUrl }: Request) => originalUrl.split('?', 1)[0] ?? '';
