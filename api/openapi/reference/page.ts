import { problems } from '../../problem/problems.ts';
import type { Document } from './document.ts';
import { type Html, html } from './html.ts';
import { headings, inline, markdown } from './markdown.ts';
import { renderOperation } from './operation.ts';
import { fieldsOf } from './schema.ts';
import type { Entry } from './search.ts';

/** Renders the API's description as one HTML page without scripts. `style` is its CSS. */
export function renderPage(document: Document, style: Html): string {
  return frame(document, style, { main: contentOf(document) });
}

/** Renders what was found for a text, each with a link to its place in the whole page. */
export function renderResults(document: Document, style: Html, text: string, found: readonly Entry[]): string {
  const results = found.map(({ anchor, title }) => html`<li><a href="/docs#${anchor}">${title}</a></li>`);
  const main = html`<h1>${found.length === 0 ? 'Nothing found' : `${found.length} found`}: ${text}</h1>
<ul class="problems">${results}</ul>
<p><a href="/docs">The whole reference</a></p>`;
  return frame(document, style, { main, text, path: '/docs' });
}

/** `path`: of the page that has the anchors, where it is another one. */
function frame(
  { info, tags, paths }: Document,
  style: Html,
  { main, text = '', path: page = '' }: { main: Html; text?: string; path?: string },
): string {
  const groups = groupsOf({ tags, paths });
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>${info.title}: API</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><p><strong>${info.title}</strong> ${info.version}</p>
<form role="search" action="/docs"><input type="search" name="q" value="${text}" aria-label="Search the reference" placeholder="budget, ETag, group_by …"> <button>Search</button></form>
<p><a href="/openapi.json">openapi.json</a></p></header>
<nav aria-label="Contents">
<ul>${headings(info.description).map(({ title, anchor }) => html`<li><a href="${page}#${anchor}">${title}</a></li>`)}</ul>
${groups.map(
  ({ name, of }) => html`<p><a href="${page}#group-${name}">${name}</a></p>
<ul>${of.map(({ method, path, operation }) => html`<li><a href="${page}#${operation.operationId}"><span class="method">${method.toUpperCase()}</span> ${path.replace('/v1', '')}</a></li>`)}</ul>`,
)}
<p><a href="${page}#shapes">Shapes</a> · <a href="${page}#problem-codes">Problem codes</a></p>
</nav>
<main id="content">
${main}
</main>
</body>
</html>
`.text;
}

function groupsOf({ tags, paths }: Pick<Document, 'tags' | 'paths'>) {
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ method, path, operation })),
  );
  return tags.map((tag) => ({ ...tag, of: operations.filter((each) => each.operation.tags[0] === tag.name) }));
}

function contentOf({ info, tags, paths, components }: Document): Html {
  return html`<h1>API</h1>
${markdown(info.description)}
<p>In the examples, <code>$API</code> is the address of this server and <code>$TOKEN</code> a token; Python uses the package requests. The responses are real ones about an invented organization; long lists are cut.</p>
${groupsOf({ tags, paths }).map(
  ({ name, description, of }) => html`<h2 id="group-${name}">${name}</h2>
${description && html`<p>${description}</p>`}
${of.map(renderOperation)}`,
)}
<h2 id="shapes">Shapes</h2>
${Object.entries(components.schemas).map(([name, schema]) => html`<section><h3 id="shape-${name}">${name}</h3>${schema.description && html`<p>${schema.description}</p>`}${fieldsOf(schema)}</section>`)}
<h2 id="problem-codes">Problem codes</h2>
<dl>${Object.entries(problems).map(
    ([code, { status, title, remedy }]) =>
      html`<dt id="problem-${code}"><code>${code}</code> <span class="type">${status}</span></dt><dd>${title}. ${inline(remedy)}</dd>`,
  )}</dl>`;
}
