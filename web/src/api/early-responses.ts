type Early = { response: Promise<Response>; end: AbortController };

/** Responses to requests that were sent before the page’s code was there, by token and path. */
const early = new Map<string, Early>();
const keyOf = (token: string, path: string) => JSON.stringify([token, path]);

export function sendEarly(token: string, paths: readonly string[]): void {
  for (const path of paths) {
    const end = new AbortController();
    const response = fetch(path, { headers: { authorization: `Bearer ${token}` }, signal: end.signal });
    response.catch(() => {}); // Whoever takes it is told.
    early.set(keyOf(token, path), { response, end });
  }
}

/** The response to such a request, once: it ends where the signal does. */
export function takeEarly(token: string, path: string, signal: AbortSignal | null | undefined) {
  const found = early.get(keyOf(token, path));
  if (!found) return undefined;
  early.delete(keyOf(token, path));
  signal?.addEventListener('abort', () => found.end.abort());
  return found.response;
}

/** Ends what nobody has taken. */
export function endEarly(): void {
  for (const { end } of early.values()) end.abort();
  early.clear();
}
