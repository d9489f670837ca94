import { hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { today } from '#domain/day.ts';
import packageJson from '#package.json' with { type: 'json' };
import { credentialOf, type Scope } from '../auth/authenticate.ts';
import { type FieldError, Problem } from '../problem/problem.ts';
import type { Dependencies } from '../routes/dependencies.ts';
import { refuseOthers } from './allow-methods.ts';
import { breakOff } from './reset-on-error.ts';
import { answersAtRevisions } from './response-at-revision.ts';
import type { Route } from './route.ts';

const nothing = z.strictObject({});
const noBody = z.undefined();
const readJson = express.json({ limit: '16kb' });

/** Puts routes on a router, behind what lets requests in; a method that a path does not have is refused. */
export function mount(
  router: Router,
  routes: readonly Route[],
  guards: readonly RequestHandler[],
  { warehouse }: Dependencies,
) {
  const answerAtRevision = answersAtRevisions(warehouse);
  const paths = [...Map.groupBy(routes, ({ path }) => path)].map(([path, those]) => {
    const methods = those.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    return [path, refuseOthers(methods)] as const;
  });
  // Browsers ask with OPTIONS whether a page may ask, without its token.
  for (const [path, tellMethods] of paths) router.options(path, tellMethods);
  router.use(...guards);
  for (const route of routes) {
    const body = route.body ? [requireJson, readJson] : refuseBody;
    router[route.method](route.path, requireScope(route.scope), body, handler(route, answerAtRevision));
  }
  for (const [path, refuse] of paths) router.all(path, refuse);
}

function handler(route: Route, answerAtRevision: ReturnType<typeof answersAtRevisions>): RequestHandler {
  const { params = nothing, query = nothing, body = noBody, cached = false, handle } = route;
  return async (request, response) => {
    const { tenantId, expiresAt } = credentialOf(response);
    const question = check([
      ['/path', params, request.params],
      ['/query', query, request.query],
      ['', body, request.body],
    ]);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    if (response.destroyed) gone.abort(); // while his token was looked at
    const answerOf = (revision: string) =>
      handle({
        tenantId,
        params: question['/path'],
        query: question['/query'],
        body: question[''],
        idempotencyKey: idempotencyKeyOf(request),
        revision,
        signal: gone.signal,
        expiresAt,
      });
    const answer = await (cached
      ? answerAtRevision({
          tenantId,
          gone: gone.signal,
          namesAnswer: request.headers['if-none-match'] !== undefined,
          isFresh: (revision) => isFresh(request, response, revision),
          answer: answerOf,
        })
      : answerOf(''));
    if (!answer) return void response.status(304).end();
    response.set(answer.headers ?? {});
    if ('stream' in answer) {
      // A HEAD has no body, and there are streams that do not end by themselves.
      return request.method === 'HEAD' ? void response.end() : pipeline(breakOff(answer.stream, response), response);
    }
    const [status = '', found] = Object.entries(answer).find(([key]) => key !== 'headers') ?? [];
    response.status(Number(status)).json(found);
  };
}

function requireScope(scope: Scope): RequestHandler {
  return (_request, response, next) => {
    if (credentialOf(response).scopes.has(scope)) return next();
    throw new Problem('insufficient_scope', { detail: `The token lacks the scope ${scope}.` });
  };
}

/** A body of another type, or none, would be passed over, and its fields called missing. */
const requireJson: RequestHandler = (request, _response, next) => {
  const type = request.is('application/json');
  if (type) return next();
  throw new Problem(type === null ? 'invalid_json' : 'unsupported_media_type');
};

const refuseBody: RequestHandler = (request, _response, next) => {
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
  if (length !== '0' || encoding) {
    throw new Problem('invalid_request', { errors: [{ pointer: '', message: 'takes no body' }] });
  }
  next();
};

/** Marks an answer with what it follows from: the data, the day, this version and the question. @returns whether the asker has it already */
function isFresh(request: Request, response: Response, revision: string): boolean {
  const { tenantId } = credentialOf(response);
  const about = JSON.stringify([tenantId, revision, today(), packageJson.version, request.originalUrl]);
  const tag = `"${hash('sha256', about, 'base64url').slice(0, 22)}"`;
  response.set({ etag: `W/${tag}`, 'cache-control': 'private, no-cache' }).vary('authorization');
  // Not Express's request.fresh: every fetch() that names an ETag also says cache-control: no-cache, which asks for
  // what is done here, to look whether it is still so.
  const known = (request.get('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes(tag);
}

function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key') ?? '';
  if (key.length <= 255) return key;
  throw new Problem('invalid_request', {
    errors: [{ pointer: '/header/idempotency-key', message: 'must have at most 255 characters' }],
  });
}

/** @throws Problem that points at each field and says what it should be; never what it was */
function check(parts: [pointer: string, schema: z.ZodType, value: unknown][]) {
  const results = parts.map(([pointer, schema, value]) => [pointer, schema.safeParse(value)] as const);
  const errors = results.flatMap(
    ([pointer, { error }]) => error?.issues.flatMap((issue) => toErrors(pointer, issue)) ?? [],
  );
  if (errors.length > 0) throw new Problem('invalid_request', { errors });
  return Object.fromEntries(results.map(([pointer, { data }]) => [pointer, data]));
}

const toErrors = (pointer: string, issue: z.core.$ZodIssue): FieldError[] =>
  issue.code === 'unrecognized_keys'
    ? issue.keys.map((key) => ({ pointer: `${pointer}/${key}`, message: 'is not known here' }))
    : [{ pointer: [pointer, ...issue.path].join('/'), message: issue.message }];
