import { createServer, type Server } from 'node:http';

/**
 * Serves `/health`, 200 while this process responds, and `/ready`, 200 while it takes work. Both are of this process
 * alone: where Temporal is away, a restart brings nothing.
 */
export function serveHealth(address: string, isReady: () => boolean): Server {
  const separator = address.lastIndexOf(':');
  const [host, port] = [address.slice(0, separator).replace(/^\[|\]$/g, ''), Number(address.slice(separator + 1))];
  return createServer(({ url }, response) => {
    const checks: Record<string, () => boolean> = { '/health': () => true, '/ready': isReady };
    const check = checks[url ?? ''];
    const status = check ? (check() ? 200 : 503) : 404;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: status === 200 }));
  }).listen(port, host);
}
