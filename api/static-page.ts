import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, type Response, Router } from 'express';
import { allowReads } from './http/allow-methods.ts';

const built = fileURLToPath(new URL('../web/dist', import.meta.url));
/** The paths of the page, which has a router of its own. */
const PATHS = ['/', '/connect', '/budgets', '/alerts', '/integrations', '/integrations/:integration_id'];
/** Everything comes from this origin, and nothing is inline. Styles that scripts set one by one are not affected. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The build has compressed each asset, as far as it goes. */
const sendCompressed: RequestHandler = (request, response, next) => {
  response.vary('accept-encoding');
  const isThere = existsSync(`${built}/assets${request.path}.br`);
  if (!isThere || !request.acceptsEncodings('br')) return next();
  response.set('content-encoding', 'br').type(extname(request.path));
  request.url = `${request.path}.br`;
  next();
};

/** Serves the built page and its assets, and nothing if it was not built. It needs no token, since it holds no data. */
export function staticPage(): Router {
  const router = Router();
  if (!existsSync(`${built}/index.html`)) return router;
  const index = readFileSync(`${built}/index.html`, 'utf8');
  const sendIndex = (response: Response) =>
    void response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' }).type('html').send(index);
  router.get(PATHS, (_request, response) => sendIndex(response));
  router.all([...PATHS, '/assets/*asset'], allowReads);
  // Their names hold a hash of their content.
  router.use(
    '/assets',
    sendCompressed,
    express.static(`${built}/assets`, { immutable: true, maxAge: '1y', index: false }),
  );
  // For a browser at an unknown path, the page itself says that it is not found.
  router.use((request, response, next) => {
    const isBrowser = ['GET', 'HEAD'].includes(request.method) && request.accepts(['json', 'html']) === 'html';
    if (!isBrowser) return next();
    sendIndex(response.status(404).vary('accept'));
  });
  return router;
}
