import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Catalog } from '../engine/catalog.ts';
import type { Engine } from '../engine/engine.ts';
import { newSession } from '../engine/session.ts';
import { NO_EXPRESSIONS } from '../users/analyst-settings.ts';
import type { Analyst } from '../users/analysts.ts';
import type { Quota } from '../users/quota.ts';
import { restrict } from '../users/restrict.ts';
import { type Account, authenticate } from './authentication.ts';
import { execute } from './execute.ts';
import { createExternalTable } from './external-tables.ts';
import { isForm, readForm } from './form.ts';
import { header, type Parameters, readParameters } from './request.ts';
import { openBody } from './request-body.ts';
import { sendResult } from './response.ts';
import type { Sessions } from './sessions.ts';
import type { Spool } from './spool.ts';
import { readSubmission, type Submission } from './submission.ts';

export type Services = { engine: Engine; spool: Spool; sessions: Sessions; quota: Quota; accounts: Account[] };

/** How the worker's client calls itself: worker/warehouse-options.ts. */
const WORKER = 'pump-worker ';
/** A core is left to what people wait for. */
const ONE_THREAD = { max_threads: '1' };

/** Runs the statement of one request and sends its result. @throws ClickHouseException before anything was sent */
export async function respond(
  {
    url,
    request,
    response,
    signal,
  }: { url: URL; request: IncomingMessage; response: ServerResponse; signal: AbortSignal },
  { engine, spool, sessions, quota, accounts }: Services,
): Promise<void> {
  const { analyst, role, user } = authenticate(url, request, accounts);
  const fromUrl = readParameters(url, request);
  const body = openBody(request, fromUrl.decompress);
  const form = isForm(request);
  const parameters = form ? await readForm(request, body, fromUrl) : fromUrl;
  response.setHeader('X-ClickHouse-Query-Id', headerText(parameters.queryId) ?? randomUUID());
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  const submission = await readSubmission(parameters.query, form ? Readable.from([]) : body);
  const isBackground = header(request, 'user-agent')?.startsWith(WORKER) ?? false;
  const settings = analyst
    ? restrictSubmission(submission, parameters, analyst, await engine.catalog())
    : { ...(isBackground && ONE_THREAD), ...parameters.settings };

  // What the statement occupies. The client may send the next one as soon as it has the result: that is freed before.
  await using turn = new AsyncDisposableStack();
  if (analyst) turn.defer(await quota.enter(user, signal));
  let session =
    parameters.session && turn.adopt(sessions.acquire(user, parameters.session), (held) => held.release()).session;
  if (!session && parameters.external.length > 0) session = turn.adopt(newSession(), engine.end);

  const format = parameters.format ?? 'TabSeparated';
  const { database } = parameters;
  const context = { role, database, settings, parameters: parameters.parameters, format, isBackground, signal };
  const options = { engine, spool, context, session };
  for (const table of parameters.external) turn.defer(await createExternalTable(table, { ...options, analyst }));
  await execute(submission, options, async (result) => {
    await turn.disposeAsync();
    await sendResult(request, response, result, parameters);
  });
}

function restrictSubmission(submission: Submission, parameters: Parameters, analyst: Analyst, catalog: Catalog) {
  if (submission.kind !== 'insert') return restrict(submission.sql, parameters, analyst, catalog);
  const { target, settings, values } = submission;
  const restricted = restrict(`${target} ${settings} ${values ?? ''}`, parameters, analyst, catalog);
  return values === undefined ? { ...restricted, ...NO_EXPRESSIONS } : restricted;
}

function headerText(text: string | undefined): string | undefined {
  return text && /^[\x20-\x7e]+$/.test(text) ? text : undefined;
}
