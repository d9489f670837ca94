import { EventSourceParserStream } from 'eventsource-parser/stream';
import { vi } from 'vitest';

/** Opens an event stream. `seen` collects the data of its events, its comments, and how it ended. */
export async function openEvents(url: string, headers: Record<string, string>) {
  const controller = new AbortController();
  const response = await fetch(url, { headers, signal: controller.signal });
  const seen = { events: [] as Record<string, unknown>[], comments: 0, ended: '' };

  async function read() {
    const onComment = () => {
      seen.comments += 1;
    };
    const parser = new EventSourceParserStream({ onError: 'terminate', onComment });
    const events = response.body?.pipeThrough(new TextDecoderStream()).pipeThrough(parser);
    for await (const { event, data } of events ?? []) {
      if (event !== 'integration') throw new Error(`unexpected event: ${event}`);
      seen.events.push(JSON.parse(data));
    }
  }
  const reading = read().then(
    () => {
      seen.ended = 'whole';
    },
    () => {
      seen.ended = 'broken';
    },
  );
  return {
    response,
    seen,
    /** Waits until a check of what was seen passes. */
    until: (check: (now: typeof seen) => void) => vi.waitFor(() => check(seen), { timeout: 60_000, interval: 20 }),
    async leave() {
      controller.abort();
      await reading;
    },
  };
}
