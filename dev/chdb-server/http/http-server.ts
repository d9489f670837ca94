import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Engine } from '../engine/engine.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { createQuota } from '../users/quota.ts';
import type { Account } from './authentication.ts';
import { respond } from './respond.ts';
import { sendException } from './response.ts';
import { createSessions } from './sessions.ts';
import type { Spool } from './spool.ts';

type Options = { engine: Engine; spool: Spool; accounts: Account[]; log: (line: string) => void };

/** ClickHouse's HTTP interface to an engine, as far as ClickHouse's clients, curl and BI tools use it. */
export function createChdbServer({ engine, spool, accounts, log }: Options): Server {
  const sessions = createSessions(engine.end);
  const services = { engine, spool, sessions, quota: createQuota(), accounts };
  const server = createServer({
    requestTimeout: 0, // an upload or a query may take its time
    keepAliveTimeout: 60_000, // longer than clients keep an idle socket, so that the client closes it
    maxHeaderSize: 1024 * 1024, // SQL and parameters come in the URL
  });
  server.on('request', (request, response) => {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
    if (!url) return sendText(response, 400, 'The URL cannot be read.\n');
    const { method = '', headers } = request;
    const isRead = method === 'GET' || method === 'HEAD';
    if (url.pathname === '/ping' || (isRead && request.url === '/')) return sendText(response, 200, 'Ok.\n');
    if (!PATHS.includes(url.pathname)) return sendText(response, 404, `There is no handle ${url.pathname}\n`);
    if (method === 'OPTIONS') return void response.writeHead(204, PREFLIGHT).end();
    if (!isRead && method !== 'POST') return sendText(response, 405, 'Use GET or POST.\n');
    if (headers.origin && url.searchParams.get('add_http_cors_header') === '1') {
      response.setHeader('Access-Control-Allow-Origin', '*');
    }
    void handle(url, request, response);
  });

  async function handle(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const aborted = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) aborted.abort(new Error('The client has closed the connection'));
    });
    response.on('error', () => {}); // 'close' follows
    try {
      await respond({ url, request, response, signal: aborted.signal }, services);
    } catch (error) {
      request.unpipe();
      request.resume(); // reads the rest of an upload, so that the client then reads the response
      if (aborted.signal.aborted || request.errored) return;
      if (!(error instanceof ClickHouseException)) log(`A request failed: ${(error as Error).stack}`);
      sendException(response, asException(error), engine.version);
    }
  }
  const sweeping = setInterval(sessions.sweep, SWEEP_MS).unref();
  server.on('close', () => clearInterval(sweeping));
  return server;
}

const SWEEP_MS = 10_000;
const PATHS = ['/', '/query']; // the ODBC driver posts to /query
// As of a server by default. A page of another origin may send a statement, with a user's password, and reads the result
// if it asks for `add_http_cors_header=1`.
const PREFLIGHT = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers':
    'origin, x-requested-with, x-clickhouse-format, x-clickhouse-user, x-clickhouse-key, Authorization',
  'Access-Control-Allow-Methods': 'POST, GET, OPTIONS',
  'Access-Control-Max-Age': '86400',
};

function asException(error: unknown): ClickHouseException {
  if (error instanceof ClickHouseException) return error;
  return new ClickHouseException(1002, 'UNKNOWN_EXCEPTION', 'The embedded engine failed; its log says more');
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
