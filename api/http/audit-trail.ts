import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { type AuditEvent, writeAuditEvent } from '#clickhouse/audit/audit-events.ts';
import type { Warehouse } from '#clickhouse/client/client.ts';
import { callerOf } from '../auth/authenticate.ts';
import { problems } from '../problem/problems.ts';
import { toProblem } from '../problem/to-problem.ts';
import { auditedPath } from './audited-path.ts';
import type { Route } from './route.ts';

export type AuditTrail = ReturnType<typeof auditTrail>;

/** Records every request to change something, once: before it changes anything, and then what came of it. */
export function auditTrail(warehouse: Warehouse) {
  function record(response: Response, { status, outcome, resource }: Outcome): Promise<void> {
    const { id: caller, tenantId } = callerOf(response);
    const audited: Audited = response.locals.audited;
    return writeAuditEvent(warehouse, tenantId, {
      ...audited,
      ...{ caller, status, outcome, resource: resource ?? audited.resource },
      request_id: String(response.getHeader('x-request-id')),
    });
  }

  const recordProblem: ErrorRequestHandler = async (error, _request, response, next) => {
    if (response.locals.audited) {
      const { code } = toProblem(error);
      // The response is the problem itself, even where it cannot be recorded.
      await record(response, { status: problems[code].status, outcome: code }).catch(() => {});
    }
    next(error);
  };

  return {
    /** Marks a request as one that changes something. */
    mark:
      ({ operationId, path }: Route): RequestHandler =>
      ({ params }, response, next) => {
        const audited: Audited = {
          id: randomUUID(),
          at: new Date().toISOString(),
          action: operationId,
          resource: auditedPath(path, params),
        };
        response.locals.audited = audited;
        next();
      },

    /** To be called before anything is changed: what cannot be recorded is not done. */
    async recordBegun(response: Response): Promise<void> {
      if (response.locals.audited) await record(response, { status: null, outcome: 'begun' });
    },

    /** What is done is confirmed, even where that cannot be recorded: the event says `begun` then. */
    async recordSuccess(response: Response, { status, headers }: Result): Promise<void> {
      if (!response.locals.audited) return;
      await record(response, { status, outcome: 'succeeded', resource: headers?.location }).catch(() => {});
    },

    recordProblem,
  };
}

type Audited = Pick<AuditEvent, 'id' | 'at' | 'action' | 'resource'>;
type Result = { status: number; headers?: Record<string, string> };
type Outcome = Pick<AuditEvent, 'status' | 'outcome'> & { resource?: string | undefined };
