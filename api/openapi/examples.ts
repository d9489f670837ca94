import type { ProblemBody } from '../problem/problem.ts';
import type { ProblemCode } from '../problem/problems.ts';
import recorded from './examples.json' with { type: 'json' };

/** A recorded request and its response: `response` is JSON, or text if `media_type` is not JSON. */
export type Example = {
  path: Record<string, string>;
  query: Record<string, string | number | string[]>;
  body?: unknown;
  status: number;
  media_type: string;
  response: unknown;
};
/** Operations by operationId, problems by code. */
export type Examples = {
  operations: Readonly<Record<string, Example>>;
  problems: Readonly<Partial<Record<ProblemCode, ProblemBody>>>;
};

/** Real responses, recorded by `npm run generate`. */
export const examples: Examples = recorded as Examples;
