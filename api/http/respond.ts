import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Route, RouteResult } from './route.ts';

/** Sends the result of a route's handler. A HEAD request gets the headers alone: some streams never end. */
export async function respond(request: Request, response: Response, result: RouteResult<Route['responses']>) {
  response.set(result.headers ?? {});
  if ('status' in result) return void response.status(result.status).json(result.body);
  if (request.method === 'HEAD') return void response.end();
  response.setMaxListeners(20); // what limits, measures and sends it waits for its end: eleven, one more than Node expects
  await pipeline(resetOnError(result.stream, response), response);
}

/**
 * Resets the connection if the stream fails. A connection that is only closed early would be the regular end of an
 * HTTP/1.0 response, the version that some proxies speak.
 */
async function* resetOnError<T>(stream: AsyncIterable<T>, { socket }: ServerResponse): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    socket?.resetAndDestroy();
    throw error;
  }
}

/** Sends bytes that are JSON. */
export function respondWithJson(response: Response, bytes: Buffer) {
  response.status(200).type('json').send(bytes);
}
