import type { ProblemBody } from '#api/problem/problem.ts';
import { takeEarly } from './early-responses.ts';

/** A response of the API that is not a success, or no response at all (status 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Pick<ProblemBody, 'status' | 'title' | 'detail'> & Partial<ProblemBody>;
  /** How long the API asks to wait, in ms; 0 if it does not say. */
  readonly retryAfter: number;
  constructor(problem: ApiError['problem'], retryAfter = 0) {
    super(problem.title);
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

const NO_RESPONSE = {
  status: 0,
  title: 'The API does not respond',
  detail: 'Check that it is running, then try again.',
};

/** Sends a request to the API and resolves to a successful response. Throws ApiError for any other. */
export type Api = (path: string, init?: RequestInit) => Promise<Response>;

/**
 * The API as the bearer of a token.
 * @param onUnauthorized called for every response with status 401
 */
export function createApi(token: string, onUnauthorized: () => void): Api {
  return async (path, init = {}) => {
    const headers = { ...init.headers, authorization: `Bearer ${token}` };
    const isGet = (init.method ?? 'GET') === 'GET';
    const early = isGet ? takeEarly(token, path, init.signal) : undefined;
    const response = await (early ?? fetch(path, { ...init, headers })).catch((error: unknown) => {
      if (init.signal?.aborted) throw error;
      throw new ApiError(NO_RESPONSE);
    });
    if (response.ok) return response;
    if (response.status === 401) onUnauthorized();
    const problem = (await response.json().catch(() => NO_RESPONSE)) as ProblemBody;
    throw new ApiError(problem, 1000 * (Number(response.headers.get('retry-after')) || 0));
  };
}

/** A request with a JSON body. */
export const jsonBody = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
