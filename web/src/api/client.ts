import type { ProblemBody } from '#api/problem/problem.ts';

/** What the API answered instead of an answer, or that it did not answer at all. */
export class AskError extends Error {
  override readonly name = 'AskError';
  readonly problem: Pick<ProblemBody, 'status' | 'title' | 'detail'> & Partial<ProblemBody>;
  constructor(problem: AskError['problem']) {
    super(problem.title);
    this.problem = problem;
  }
}

const NO_ANSWER = {
  status: 0,
  title: 'The API does not answer',
  detail: 'Look whether it still runs, then try again.',
};

export type Ask = ReturnType<typeof createAsk>;

/**
 * Asks the API as the token's bearer.
 * @returns a function whose answers are good ones; it throws AskError for all others
 */
export function createAsk(token: string, onUnauthorized: () => void) {
  return async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const response = await fetch(path, { ...init, headers }).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      throw new AskError(NO_ANSWER);
    });
    if (response.ok) return response;
    if (response.status === 401) onUnauthorized();
    const problem = (await response.json().catch(() => NO_ANSWER)) as ProblemBody;
    throw new AskError(problem);
  };
}

/** As a method with a JSON body. */
export const sending = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
