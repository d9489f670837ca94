import type { z } from 'zod';
import type { Scope } from '../auth/authenticate.ts';
import type { ProblemCode } from '../problem/problem.ts';

type Answers = Readonly<Record<number, { description: string; body: z.ZodType }>>;
type Streams = { description: string; mediaTypes: readonly string[] };

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  tenantId: string;
  params: z.infer<P>;
  query: z.infer<Q>;
  body: z.infer<B>;
  /** The header `idempotency-key`, '' where there is none. */
  idempotencyKey: string;
  /** What the data were when the request began; '' on a route that does not answer from them. */
  revision: string;
  /** Aborted once nobody waits for the answer any more. */
  signal: AbortSignal;
  /** When the asker's token ends, in unix milliseconds; undefined where it does not. */
  expiresAt: number | undefined;
};

/** By its status, as `answers` describe it; or the bytes that `stream` describes. */
type Answer<A extends Answers> = { headers?: Record<string, string> } & (
  | { [S in keyof A & number]: { [K in S]: z.input<A[S]['body']> } }[keyof A & number]
  | { stream: AsyncIterable<Uint8Array | string> }
);

type Definition<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends Answers> = {
  method: 'get' | 'post' | 'delete';
  path: string;
  scope: Scope;
  /** Names the operation in the API's description, and so the function in a generated client. */
  operationId: string;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  answers: A;
  stream?: Streams;
  /** Problems of its own, beside those that any route may answer with. */
  problems?: readonly ProblemCode[];
  /** Whether the answer follows from the warehouse's data: such an answer has an ETag, and is not made twice. */
  cached?: boolean;
  /** Whether a repetition with the same header `idempotency-key` is done once. */
  once?: boolean;
  handle: (input: Input<P, Q, B>) => Promise<Answer<A>>;
};

/** A route whose types are no longer of interest: what is mounted and described. */
// biome-ignore lint/suspicious/noExplicitAny: each route has types of its own
export type Route = Definition<any, any, any, Answers>;

/** A route: what it takes, as schemas that refuse what they do not know by name, what it answers, and how. */
export function route<
  P extends z.ZodType = z.ZodObject<Record<never, never>>,
  Q extends z.ZodType = z.ZodObject<Record<never, never>>,
  B extends z.ZodType = z.ZodUndefined,
  const A extends Answers = Answers,
>(definition: Definition<P, Q, B, A>): Route {
  return definition as unknown as Route;
}
