import { useState } from 'react';

/** An action that changes something: how to run it, whether it runs, and the error of its last run. */
export function useAction<A extends unknown[]>(action: (...given: A) => Promise<void>) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run(...given: A) {
    setError(undefined);
    setRunning(true);
    try {
      await action(...given);
    } catch (error) {
      setError(error);
    } finally {
      setRunning(false);
    }
  }
  return { run, running, error };
}
