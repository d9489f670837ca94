import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import type { ApiDescription } from './document.ts';
import type { Document } from './reference/document.ts';
import { Html } from './reference/html.ts';
import { renderPage } from './reference/page.ts';

/** Serves the API's reference: one HTML page that runs no script and loads nothing. */
export function referencePage(description: ApiDescription): RequestHandler {
  const style = readFileSync(new URL('./reference/style.css', import.meta.url), 'utf8');
  const page = renderPage(description as unknown as Document, new Html(style));
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return (_request, response) => {
    response.set('content-security-policy', policy).type('html').send(page);
  };
}
