import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Engine } from '../engine/engine.ts';
import { ClickHouseException } from '../sql/exception.ts';
import { createQuota } from '../users/quota.ts';
import { restrict } from '../users/restrict.ts';
import { type Account, authenticate } from './authentication.ts';
import { execute } from './execute.ts';
import { readParameters } from './request.ts';
import { isForm, openBody, readForm } from './request-body.ts';
import { sendException, sendResult } from './response.ts';
import { createSessions } from './sessions.ts';
import type { Spool } from './spool.ts';
import { readSubmission } from './submission.ts';

type Options = { engine: Engine; spool: Spool; accounts: Account[]; log: (line: string) => void };

/** ClickHouse's HTTP interface to an engine, as far as `@clickhouse/client`, curl and BI tools use it. */
export function createChdbServer({ engine, spool, accounts, log }: Options): Server {
  const sessions = createSessions(engine.end);
  const quota = createQuota();
  const server = createServer({
    requestTimeout: 0, // an upload or a query may take its time
    keepAliveTimeout: 60_000, // longer than clients keep an idle socket, so that the client closes it
    maxHeaderSize: 1024 * 1024, // SQL and parameters come in the URL
  });
  server.on('request', (request, response) => {
    const url = URL.parse(request.url ?? '', 'http://127.0.0.1');
    if (!url) return sendText(response, 400, 'The URL cannot be read.\n');
    if (url.pathname === '/ping') return sendText(response, 200, 'Ok.\n');
    if (url.pathname !== '/') return sendText(response, 404, `There is no handle ${url.pathname}\n`);
    if (!['GET', 'HEAD', 'POST'].includes(request.method ?? '')) return sendText(response, 405, 'Use GET or POST.\n');
    void respond(url, request, response);
  });

  async function respond(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const aborted = new AbortController();
    response.on('close', () => {
      if (!response.writableFinished) aborted.abort(new Error('The client has closed the connection'));
    });
    response.on('error', () => {}); // 'close' follows
    const finish: ((elapsedSeconds: number) => void)[] = [];
    const begun = performance.now();
    try {
      const account = authenticate(url, request, accounts);
      const fromUrl = readParameters(url, request);
      const body = openBody(request, fromUrl.decompress);
      const form = isForm(request);
      const parameters = form ? await readForm(request, body, fromUrl) : fromUrl;
      response.setHeader('X-ClickHouse-Query-Id', headerText(parameters.queryId) ?? randomUUID());
      response.setHeader('X-ClickHouse-Timezone', 'UTC');
      const submission = await readSubmission(parameters.query, form ? Readable.from([]) : body);
      const settings = account.analyst ? restrict(submission, parameters, account.analyst) : parameters.settings;
      if (account.analyst) finish.push(await quota.enter(account.user, aborted.signal));
      const session = parameters.session && sessions.acquire(account.user, parameters.session);
      if (session) finish.push(session.release);
      const context = {
        role: account.role,
        database: parameters.database,
        settings,
        parameters: parameters.parameters,
        format: parameters.format ?? 'TabSeparated',
        signal: aborted.signal,
      };
      const { revision } = parameters;
      await execute(submission, { engine, spool, context, session: session?.session, revision }, (result) =>
        sendResult(request, response, result, parameters),
      );
    } catch (error) {
      request.unpipe();
      request.resume(); // reads the rest of an upload, so that the client then reads the response
      if (aborted.signal.aborted || request.errored) return;
      if (!(error instanceof ClickHouseException)) log(`A request failed: ${(error as Error).stack}`);
      sendException(response, asException(error), engine.version);
    } finally {
      for (const done of finish) done((performance.now() - begun) / 1000);
    }
  }
  const sweeping = setInterval(sessions.sweep, SWEEP_MS).unref();
  server.on('close', () => clearInterval(sweeping));
  return server;
}

const SWEEP_MS = 10_000;

function asException(error: unknown): ClickHouseException {
  if (error instanceof ClickHouseException) return error;
  return new ClickHouseException(1002, 'UNKNOWN_EXCEPTION', 'The embedded engine failed; its log says more');
}

function headerText(text: string | undefined): string | undefined {
  return text && /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
