import { z } from 'zod';
import { type ProblemCode, problems } from './problems.ts';

const fieldError = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer to the field: below /path, /query or /header, or in the body' }),
    message: z.string().meta({ description: 'What the field must be' }),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.infer<typeof fieldError>;

/** The body of a problem (RFC 9457). */
export const problemBody = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(problems) as ProblemCode[]).meta({ description: 'Stable; branch on it' }),
    detail: z.string().meta({ description: 'What to do next' }),
    request_id: z.string().meta({ description: 'The same as in the header x-request-id' }),
    errors: z.array(fieldError).optional().meta({ description: 'The fields that are not valid' }),
  })
  .meta({ id: 'Problem' });
export type ProblemBody = z.infer<typeof problemBody>;

/** Thrown to respond with a problem. `detail` defaults to the code's remedy. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  constructor(code: ProblemCode, { detail, errors = [] }: { detail?: string; errors?: readonly FieldError[] } = {}) {
    super(code);
    this.code = code;
    this.detail = detail ?? problems[code].remedy;
    this.errors = errors;
  }
}
