import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';

/** What any body of this API fits in. */
export const MAX_BODY_BYTES = 16 * 1024;
/** How long a caller has to read the response before its connection is reset. */
const LINGER_MS = 1_000;

/**
 * Ends the connection of a request that was responded to before its body had come: Node would read on for as long as
 * the caller sends. A small body is let in, so that the connection can be used again.
 */
export const stopReading: RequestHandler = (request, response, next) => {
  const { headers } = request;
  const mayBeLarge = 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
  if (!mayBeLarge) return next();
  // The caller has to know that the connection ends, or it sends its next request on it.
  response.setHeader('connection', 'close');
  // Node would destroy it at once: a caller that still sends would be reset before it has read the response.
  const { socket } = request;
  const { destroySoon } = socket;
  socket.destroySoon = () => {
    if (request.complete) return destroySoon.call(socket);
    socket.pause();
    socket.end();
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  };
  // A body that was read to its end leaves the connection as it was, for the next request.
  request.once('end', () => {
    socket.destroySoon = destroySoon;
    if (!response.headersSent) response.removeHeader('connection');
  });
  next();
};

/** Refuses a body once it is too large. The parser's own limit reads the rest of it before it responds. */
export function limitBody(parse: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const tooLarge = new Problem('body_too_large');
    if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge;
    let left = MAX_BODY_BYTES;
    let hasEnded = false;
    // The parser fails, too, and later. Express would reset the connection for a second call, and the next request with it.
    const end = (error?: unknown) => {
      if (hasEnded) return;
      hasEnded = true;
      request.off('data', count);
      next(error);
    };
    const count = ({ length }: Buffer) => {
      left -= length;
      if (left < 0) end(tooLarge);
    };
    request.on('data', count);
    parse(request, response, end);
  };
}
