import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useEffect, useState } from 'react';
import type { IntegrationView } from '#api/routes/integrations/integration-view.ts';
import { AskError } from '../api/client.ts';
import { useAsk } from '../api/context.ts';

const PAUSE_MS = 2000;

/** An integration as it is now, and whenever it has changed; a connection that breaks is opened again. */
export function useIntegration(id: string): { integration: IntegrationView | undefined; error: unknown } {
  const ask = useAsk();
  const [integration, setIntegration] = useState<IntegrationView>();
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    async function watch() {
      while (!signal.aborted) {
        try {
          // The browser's own EventSource sends no token.
          const { body } = await ask(`/v1/integrations/${id}/events`, { signal });
          const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
          for await (const { data } of events ?? []) {
            setIntegration(JSON.parse(data));
            setError(undefined);
          }
        } catch (error) {
          if (signal.aborted) return;
          setError(error);
          if (error instanceof AskError && error.problem.status === 404) return;
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
    watch();
    return () => left.abort();
  }, [ask, id]);

  return { integration, error };
}
