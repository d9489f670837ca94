import { vi } from 'vitest';

/** An event stream as it is read: each event's data, and how many comments came. */
export async function openEvents(url: string, headers: Record<string, string>) {
  const controller = new AbortController();
  const response = await fetch(url, { headers, signal: controller.signal });
  const seen = { events: [] as Record<string, unknown>[], comments: 0, ended: '' };
  const reading = (async () => {
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, data] = /^event: integration\ndata: (.*)$/.exec(block) ?? [];
        if (data) seen.events.push(JSON.parse(data));
        else if (block.startsWith(':')) seen.comments += 1;
        else throw new Error(`what is this? ${block}`);
      }
    }
  })().then(
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
    /** Waits until something was seen. */
    until: (check: (now: typeof seen) => void, timeout = 30_000) =>
      vi.waitFor(() => check(seen), { timeout, interval: 20 }),
    async leave() {
      controller.abort();
      await reading;
    },
  };
}
