import { useState } from 'react';

/** Something that is done once at a time, whether it runs, and why it failed the last time. */
export function useAction(act: () => Promise<void>) {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  async function run() {
    setError(undefined);
    setRunning(true);
    try {
      await act();
    } catch (error) {
      setError(error);
    } finally {
      setRunning(false);
    }
  }
  return { run, running, error };
}
