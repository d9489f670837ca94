/** Calls `compute` again only once its last result is `ttlMs` old. All calls in between share one promise. */
export function memoize<T>(ttlMs: number, compute: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  const forget = () => {
    result = undefined;
  };
  return () => {
    result ??= compute().finally(() => setTimeout(forget, ttlMs).unref());
    return result;
  };
}
