import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import type { ApiDescription } from './document.ts';
import type { Document } from './reference/document.ts';
import { Html } from './reference/html.ts';
import { renderPage, renderResults } from './reference/page.ts';
import { entriesOf, search } from './reference/search.ts';

/** What is searched for is a few words. */
const MAX_LENGTH = 200;

/** Serves the API's reference: one HTML page that runs no script and loads nothing. With `q`, what was found for it. */
export function referencePage(description: ApiDescription): RequestHandler {
  const style = readFileSync(new URL('./reference/style.css', import.meta.url), 'utf8');
  const document = description as unknown as Document;
  const page = renderPage(document, new Html(style));
  const entries = entriesOf(document);
  // A browser that gets no icon asks for one. The form searches this page.
  const policy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
  return (request, response) => {
    const text = String(request.query.q ?? '').slice(0, MAX_LENGTH);
    const html = text.trim() === '' ? page : renderResults(document, new Html(style), text, search(entries, text));
    response.set('content-security-policy', policy).type('html').send(html);
  };
}
