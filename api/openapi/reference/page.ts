import { problems } from '../../problem/problems.ts';
import type { Document } from './document.ts';
import { type Html, html } from './html.ts';
import { headings, inline, markdown } from './markdown.ts';
import { renderOperation } from './operation.ts';
import { fieldsOf } from './schema.ts';

/** Renders the API's description as one HTML page without scripts. `style` is its CSS. */
export function renderPage({ info, tags, paths, components }: Document, style: Html): string {
  const operations = Object.entries(paths).flatMap(([path, byMethod]) =>
    Object.entries(byMethod).map(([method, operation]) => ({ method, path, operation })),
  );
  const groups = tags.map((tag) => ({ ...tag, of: operations.filter((each) => each.operation.tags[0] === tag.name) }));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${info.title}: API</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><p><strong>${info.title}</strong> ${info.version}</p><p><a href="/openapi.json">openapi.json</a></p></header>
<nav aria-label="Contents">
<ul>${headings(info.description).map(({ title, anchor }) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ul>
${groups.map(
  ({ name, of }) => html`<p><a href="#group-${name}">${name}</a></p>
<ul>${of.map(({ method, path, operation }) => html`<li><a href="#${operation.operationId}"><span class="method">${method.toUpperCase()}</span> ${path.replace('/v1', '')}</a></li>`)}</ul>`,
)}
<p><a href="#shapes">Shapes</a> · <a href="#problem-codes">Problem codes</a></p>
</nav>
<main id="content">
<h1>API</h1>
${markdown(info.description)}
<p>In the examples, <code>$API</code> is the address of this server and <code>$TOKEN</code> a token. The responses are real ones about an invented organization; long lists are cut.</p>
${groups.map(
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
  )}</dl>
</main>
</body>
</html>
`.text;
}
