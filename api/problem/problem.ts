import { ServiceError } from '@temporalio/client';
import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { MixedCurrenciesError } from '#clickhouse/aggregates/costs.ts';
import { WarehouseError } from '#clickhouse/client/client.ts';

/** Every problem that this API answers with: its status, what it is, and what to do about it. */
export const problems = {
  invalid_request: [400, 'The request is not valid', 'Mend the fields named in errors and send it again.'],
  invalid_json: [400, 'The body is not JSON', 'Send one JSON object.'],
  unauthorized: [
    401,
    'The bearer token is missing, wrong or no longer valid',
    'Send Authorization: Bearer with a token that is.',
  ],
  insufficient_scope: [403, 'The token may not do this', 'Use a token that has the scope.'],
  not_found: [404, 'There is nothing here', 'Check the path and the id. An id of another tenant is not found either.'],
  method_not_allowed: [405, 'This path does not take this method', 'Use one of those in the header allow.'],
  action_required: [
    409,
    'The integration has no key that works',
    'Connect the organization with a new Admin key first.',
  ],
  credential_missing: [
    409,
    'The key is not stored any more',
    'A disconnect, or another key of the organization, came in between. Connect with the Admin key again.',
  ],
  mixed_currencies: [
    409,
    'The range holds several currencies',
    'Filter by currency=, or group by it with group_by=currency.',
  ],
  body_too_large: [413, 'The body is too large', 'An admin key fits in a kilobyte.'],
  unsupported_media_type: [
    415,
    'The body is not of a type that is read here',
    'Send JSON in UTF-8 with content-type: application/json, as it is or compressed by gzip, deflate or br.',
  ],
  not_an_admin_key: [
    422,
    'This is not an OpenAI Admin key',
    'An Admin key starts with sk-admin-. An Organization Owner creates it in OpenAI under Organization → API keys → Admin keys.',
  ],
  key_rejected: [
    422,
    'OpenAI rejects this key',
    'It was revoked, or not copied whole. Create a new Admin key and connect with that.',
  ],
  scope_missing: [
    422,
    'This key may not read costs',
    'Create the Admin key with all permissions, or with read access to usage (api.usage.read).',
  ],
  idempotency_key_reused: [
    422,
    'The idempotency key belongs to another request',
    'Send a new idempotency-key with a request that is not a repetition.',
  ],
  too_many_requests: [429, 'Too many requests', 'Wait as long as retry-after says.'],
  too_many_at_once: [
    429,
    'Too many questions at once',
    'Wait a second, as retry-after says, and ask for less at the same time: some are answered at once, some wait in line.',
  ],
  too_slow: [503, 'The answer takes too much time or memory', 'Ask for fewer days, or for fewer groups.'],
  warehouse_busy: [503, 'The warehouse has too much to do', 'Try again in a moment, with fewer requests at once.'],
  identity_unavailable: [503, 'Tokens cannot be checked now', 'Try again in a moment.'],
  provider_unavailable: [503, 'OpenAI does not answer', 'This is not the key’s fault. Try again in a few minutes.'],
  warehouse_unavailable: [503, 'The warehouse does not answer', 'Nothing is lost. Try again in a moment.'],
  temporal_unavailable: [503, 'The workflow service does not answer', 'Nothing is lost. Try again in a moment.'],
  internal_error: [500, 'Something went wrong on our side', 'Try again; if it stays, tell us the request_id.'],
} as const satisfies Record<string, readonly [number, string, string]>;
/** What ClickHouse's codes mean for the asker; any other is a question of ours that is wrong. */
const warehouseProblems: Record<string, ProblemCode> = {
  '': 'warehouse_unavailable', // no answer
  60: 'warehouse_unavailable', // UNKNOWN_TABLE, before the first migration
  81: 'warehouse_unavailable', // UNKNOWN_DATABASE
  209: 'warehouse_unavailable', // SOCKET_TIMEOUT
  210: 'warehouse_unavailable', // NETWORK_ERROR
  236: 'warehouse_unavailable', // ABORTED, by a server that stops
  516: 'warehouse_unavailable', // AUTHENTICATION_FAILED
  158: 'too_slow', // TOO_MANY_ROWS
  159: 'too_slow', // TIMEOUT_EXCEEDED
  160: 'too_slow', // TOO_SLOW
  241: 'too_slow', // MEMORY_LIMIT_EXCEEDED
  307: 'too_slow', // TOO_MANY_BYTES
  396: 'too_slow', // TOO_MANY_ROWS_OR_BYTES
  201: 'warehouse_busy', // QUOTA_EXCEEDED
  202: 'warehouse_busy', // TOO_MANY_SIMULTANEOUS_QUERIES
};

export type ProblemCode = keyof typeof problems;

const fieldError = z.object({
  pointer: z.string().meta({ description: 'JSON pointer to the field, below /path, /query, /header or the body' }),
  message: z.string().meta({ description: 'What it should be' }),
});
export type FieldError = z.infer<typeof fieldError>;

/** The body of a problem (RFC 9457). */
export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as ProblemCode[]).meta({ description: 'Stable: programs decide by it' }),
    detail: z.string().meta({ description: 'What to do about it' }),
    request_id: z.string().meta({ description: 'As in the header x-request-id' }),
    errors: z.array(fieldError).optional().meta({ description: 'The fields that are not valid' }),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemBody>;

/** An answer that is not what was asked for. `detail` defaults to the code's remedy. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  constructor(code: ProblemCode, { detail, errors = [] }: { detail?: string; errors?: readonly FieldError[] } = {}) {
    super(code);
    this.code = code;
    this.detail = detail ?? problems[code][2];
    this.errors = errors;
  }
}

/** A code with its title and remedy, as it stands in a body. */
export const describeProblem = (code: ProblemCode) => ({
  code,
  title: problems[code][1],
  detail: problems[code][2],
});

/** The one place where errors become answers (RFC 9457). An error that is not ours says nothing of itself. */
export function answerProblems(log: Logger): ErrorRequestHandler {
  return (error, request: Request, response: Response, _next) => {
    if (hasLeft(error)) return void response.destroy();
    const problem = toProblem(error);
    const [status, title] = problems[problem.code];
    const request_id = response.getHeader('x-request-id');
    if (response.headersSent) {
      // Too late for a problem: the reader is to see that the answer is not whole.
      log.error({ request_id, path: request.path, code: problem.code, err: error }, 'An answer broke off');
      response.destroy();
      return;
    }
    if (status >= 500) log.error({ request_id, path: request.path, code: problem.code, err: error }, title);
    if (status === 503) response.set('retry-after', '5');
    if (problem.code === 'too_many_at_once') response.set('retry-after', '1');
    if (status === 401) response.set('www-authenticate', 'Bearer');
    const body: ProblemBody = {
      type: `urn:pump:problem:${problem.code}`,
      title,
      status,
      code: problem.code,
      detail: problem.detail,
      request_id: String(request_id),
      ...(problem.errors.length > 0 && { errors: [...problem.errors] }),
    };
    response.removeHeader('etag');
    response.status(status).type('application/problem+json').json(body);
  };
}

/** A reader who leaves ends his own request; nobody is left to answer, and nothing went wrong. */
function hasLeft({ name, code }: { name?: string; code?: string }): boolean {
  return name === 'AbortError' || code === 'ERR_STREAM_PREMATURE_CLOSE';
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof WarehouseError) return new Problem(warehouseProblems[error.code] ?? 'internal_error');
  if (error instanceof MixedCurrenciesError) return new Problem('mixed_currencies');
  if (error instanceof ServiceError) return new Problem('temporal_unavailable');
  if (error instanceof URIError) return new Problem('not_found');
  // body-parser's own errors carry a type and a status.
  const { type, status = 500 } = error as { type?: string; status?: number };
  if (type === 'entity.too.large') return new Problem('body_too_large');
  if (status === 415) return new Problem('unsupported_media_type');
  if (status >= 400 && status < 500) return new Problem('invalid_json');
  return new Problem('internal_error');
}
