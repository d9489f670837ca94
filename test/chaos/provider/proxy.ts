import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Draw } from '../draw.ts';
import { FAULTS } from './faults.ts';
import type { Reply } from './reply.ts';

const FAULT_SHARE = 0.5;
const SLOWEST_MS = 500;
const STALL_MS = 10_000;

/** Stands between the product and the simulator: while a storm lasts, it is slow and spoils a share of the responses. */
export async function startProxy(target: string) {
  let storm: { draw: Draw; over: AbortController } | undefined;
  let faults: string[] = [];
  let keys: string[] = [];
  let held: Promise<void> | undefined;

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const { url = '/', headers } = request;
    keys.push(headers.authorization?.replace('Bearer ', '') ?? '');
    const now = storm;
    const fault = now?.draw.happens(FAULT_SHARE) ? now.draw.oneOf(now.draw.oneOf(FAULTS)) : undefined;
    await held;
    if (now) await delay(now.draw.whole(0, SLOWEST_MS));
    const right = await forward(target + url.replace(/^\/v1/, ''), headers.authorization ?? '');
    if (fault) faults.push(fault.name);
    await send(response, fault ? fault.spoil(right) : right, now?.over.signal);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    /** Responds to nothing until the function that it returns is called. */
    hold(): () => void {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
    /** Begins to spoil responses. */
    storm(draw: Draw) {
      storm = { draw, over: new AbortController() };
    },
    /** Ends that; connections that stall are reset. */
    calm() {
      storm?.over.abort();
      storm = undefined;
    },
    /** How many responses were spoilt since the last `take`. */
    faults: () => faults.length,
    /** How many requests came since the last `take`. */
    calls: () => keys.length,
    /** What was spoilt, and the key of each request, since the last call. */
    take() {
      const taken = { faults, keys };
      faults = [];
      keys = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function forward(url: string, authorization: string): Promise<Reply> {
  const response = await fetch(url, { headers: { authorization } });
  const headers = Object.fromEntries(response.headers);
  for (const name of ['content-length', 'connection', 'keep-alive', 'transfer-encoding']) delete headers[name];
  return { status: response.status, headers, body: await response.text(), end: 'whole' };
}

async function send(response: ServerResponse, { status, headers, body, end }: Reply, over: AbortSignal | undefined) {
  const stall = () => delay(STALL_MS, undefined, { ...(over && { signal: over }) });
  const reset = () => response.socket?.resetAndDestroy();
  if (end === 'reset before') return reset();
  if (end === 'stall before') await stall();
  response.sendDate = headers.date === undefined;
  response.writeHead(status, headers);
  if (end === 'whole' || end === 'stall before') return response.end(body);
  response.write(body.slice(0, body.length / 2));
  if (end === 'stall within') await stall();
  reset();
}
