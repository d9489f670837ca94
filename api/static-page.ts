import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type Response, Router } from 'express';
import { refuseChanges } from './http/allow-methods.ts';

const built = fileURLToPath(new URL('../web/dist', import.meta.url));
/** What the page shows at each of them, it decides itself. */
const PATHS = ['/', '/connect', '/integrations', '/integrations/:integration_id'];
/** Everything comes from here, and nothing stands inline. Styles that scripts set one by one are no markup. */
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

/** The page and its assets, as the build left them; without a build, nothing. Whoever asks gets it: it holds no data. */
export function page(): Router {
  const router = Router();
  if (!existsSync(`${built}/index.html`)) return router;
  const index = readFileSync(`${built}/index.html`, 'utf8');
  const sendIndex = (response: Response) =>
    void response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-cache' }).type('html').send(index);
  router.get(PATHS, (_request, response) => sendIndex(response));
  router.all([...PATHS, '/assets/*asset'], refuseChanges);
  // Their names have a hash of what they hold.
  router.use('/assets', express.static(`${built}/assets`, { immutable: true, maxAge: '1y', index: false }));
  // Who comes with a browser to no path of ours is told so by the page, in words.
  router.use((request, response, next) => {
    const isReader = ['GET', 'HEAD'].includes(request.method) && request.accepts(['json', 'html']) === 'html';
    if (!isReader) return next();
    sendIndex(response.status(404).vary('accept'));
  });
  return router;
}
