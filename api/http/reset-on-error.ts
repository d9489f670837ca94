import type { ServerResponse } from 'node:http';

/**
 * A stream whose breaking resets the connection: an end that is only early would be the regular end of an HTTP/1.0
 * answer, which is what some proxies ask for.
 */
export async function* breakOff<T>(stream: AsyncIterable<T>, { socket }: ServerResponse): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    socket?.resetAndDestroy();
    throw error;
  }
}
