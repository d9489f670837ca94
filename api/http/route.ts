import type { z } from 'zod';
import type { Scope } from '../auth/authenticate.ts';
import type { ProblemCode } from '../problem/problems.ts';

type Responses = Readonly<Record<number, { description: string; body: z.ZodType }>>;
type Stream = { description: string; mediaTypes: readonly string[] };

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  tenantId: string;
  /** The credential's subject. */
  caller: string;
  /** What the caller's token allows. */
  scopes: ReadonlySet<string>;
  params: z.infer<P>;
  query: z.infer<Q>;
  body: z.infer<B>;
  /** The header `idempotency-key`; '' if there is none. */
  idempotencyKey: string;
  /** The revision of the data; '' on a route that is not conditional. */
  revision: string;
  /** Aborted once the caller has disconnected. */
  signal: AbortSignal;
  /** When the caller's token expires, in unix milliseconds; undefined if it does not. */
  expiresAt: number | undefined;
};

/** JSON with one of the statuses in `responses`, or the bytes that `stream` describes. */
export type RouteResult<R extends Responses> = { headers?: Record<string, string> } & (
  | { [S in keyof R & number]: { status: S; body: z.input<R[S]['body']> } }[keyof R & number]
  | { stream: AsyncIterable<Uint8Array | string> }
);

type Definition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends Responses> = {
  method: 'get' | 'post' | 'put' | 'delete';
  path: string;
  scope: Scope;
  /** Names the operation in the API's description and the function in a generated client; see api/README.md for its verbs. */
  operationId: string;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  responses: R;
  stream?: Stream;
  /** Problems of this route, beside those that every route can respond with. */
  problems?: readonly ProblemCode[];
  /**
   * Where the response depends on the warehouse's data alone: by how many statements. It then has an ETag and supports
   * If-None-Match.
   */
  conditional?: 'one statement' | 'several statements';
  /** Whether requests with the same header `idempotency-key` are executed once. */
  idempotent?: boolean;
  handle: (input: Input<P, Q, B>) => Promise<RouteResult<R>>;
};

/** A route without its own types, to be mounted and described. */
// biome-ignore lint/suspicious/noExplicitAny: each route has types of its own
export type Route = Definition<any, any, any, Responses>;

/** A route's JSON response. */
export function json<const S extends number, B>(status: S, body: B, headers: Record<string, string> = {}) {
  return { status, body, headers };
}

/** Defines a route: strict schemas of its input, its responses, and the handler between them. */
export function route<
  P extends z.ZodType = z.ZodObject<Record<never, never>>,
  Q extends z.ZodType = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
  const R extends Responses = Responses,
>(definition: Definition<P, Q, B, R>): Route {
  return definition as unknown as Route;
}
