import { Agent, request } from 'undici';

const CONCURRENCY = 8;

/**
 * Fetches and parses responses, and does nothing else: no reader of the same requests can be faster.
 * @returns seconds, and the bytes of all responses
 */
export async function readNothing(origin: string, paths: readonly string[], key: string) {
  const dispatcher = new Agent();
  const headers = { authorization: `Bearer ${key}` };
  const queue = paths.values();
  const begun = performance.now();
  let bytes = 0;
  const lane = async () => {
    for (const path of queue) {
      const { body } = await request(`${origin}${path}`, { dispatcher, headers });
      const text = await body.text();
      bytes += text.length;
      JSON.parse(text);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  const seconds = (performance.now() - begun) / 1000;
  await dispatcher.close();
  return { seconds, bytes };
}
