const TIMEOUT_MS = 30_000;

export type ApiResponse = { status: number; code: string; body: Record<string, unknown> };

/** The API as its one tenant calls it. Notes responses that no fault excuses. */
export function createApi({ url, token }: { url: string; token: string }) {
  const inexcusable: string[] = [];
  /** Rejects where there is no response. */
  async function call(method: string, path: string, body?: unknown): Promise<ApiResponse> {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const { status } = response;
    const json = (await response.json()) as Record<string, unknown>;
    const code = String(json.code ?? '');
    // A server that is down, and an unknown response of OpenAI's, have codes of their own.
    if (status >= 500 && status !== 503) inexcusable.push(`${method} ${path}: ${status} ${code}`);
    if (/key_rejected|scope_missing/.test(code)) inexcusable.push(`${method} ${path}: a good key is called ${code}`);
    return { status, code, body: json };
  }
  return {
    call,
    get: (path: string) => call('GET', path),
    /** Responses that should not have been, since the last call. */
    takeInexcusable: () => inexcusable.splice(0),
  };
}
