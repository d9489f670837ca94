import { EventSourceParserStream } from 'eventsource-parser/stream';
import { useEffect, useState } from 'react';
import type { IntegrationView } from '#api/routes/integrations/view/integration-view.ts';
import { ApiError } from '../api/client.ts';
import { useApi } from '../api/context.ts';

const RECONNECT_MS = 2000;

/** An integration and its changes, as server-sent events. Reconnects until the API says that it does not exist. */
export function useIntegration(id: string): { integration: IntegrationView | undefined; error: unknown } {
  const api = useApi();
  const [integration, setIntegration] = useState<IntegrationView>();
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    const unmounted = new AbortController();
    const { signal } = unmounted;
    async function watch() {
      while (!signal.aborted) {
        try {
          // The browser's own EventSource cannot send a token.
          const { body } = await api(`/v1/integrations/${id}/events`, { signal });
          const events = body?.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
          for await (const { data } of events ?? []) {
            setIntegration(JSON.parse(data));
            setError(undefined);
          }
        } catch (error) {
          if (signal.aborted) return;
          setError(error);
          if (error instanceof ApiError && error.problem.status === 404) return;
        }
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    }
    watch();
    return () => unmounted.abort();
  }, [api, id]);

  return { integration, error };
}
