/** Asks anew only once an answer is this old: however many want to know, and however often, they share it. */
export function kept<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  const forget = () => {
    answer = undefined;
  };
  return () => {
    answer ??= ask().finally(() => setTimeout(forget, ms).unref());
    return answer;
  };
}
