import type { ProblemBody, ProblemCode } from '../problem/problem.ts';
import recorded from './examples.json' with { type: 'json' };

/** A request that was made, and what was answered: `answer` is JSON, or text where `media_type` is not. */
export type Example = {
  path: Record<string, string>;
  query: Record<string, string | number | string[]>;
  body?: unknown;
  status: number;
  media_type: string;
  answer: unknown;
};
/** By operationId, and by code. */
export type Examples = {
  operations: Readonly<Record<string, Example>>;
  problems: Readonly<Partial<Record<ProblemCode, ProblemBody>>>;
};

/** Real answers, recorded by `npm run docs`. */
export const examples: Examples = recorded as Examples;
