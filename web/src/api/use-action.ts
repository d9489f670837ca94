import { useState } from 'react';

/** An action that changes something: how to run it, whether it runs, and the error of its last run. */
export function useAction(action: () => Promise<void>) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run() {
    setError(undefined);
    setRunning(true);
    try {
      await action();
    } catch (error) {
      setError(error);
    } finally {
      setRunning(false);
    }
  }
  return { run, running, error };
}
