import type { Content, Operation } from './document.ts';
import { type Html, html } from './html.ts';
import { inline, markdown } from './markdown.ts';
import { curl, exampleRequest, python, typescript } from './samples.ts';
import { fieldHead, fieldsOf, typeOf } from './schema.ts';

type Located = { method: string; path: string; operation: Operation };

/** Renders one operation: its parameters, body and responses, with the recorded example. */
export function renderOperation({ method, path, operation }: Located): Html {
  const { operationId, summary, description, security, parameters = [], requestBody, responses } = operation;
  const all = Object.entries(responses);
  const request = exampleRequest(method, path, operation);
  return html`<section class="operation" aria-labelledby="${operationId}">
<h3 id="${operationId}">${inline(summary)}</h3>
<p class="request"><span class="method">${method.toUpperCase()}</span> <code>${path}</code></p>
${description && markdown(description)}
<p class="scope">Scope <code>${security[0]?.bearer[0]}</code> · operation <code>${operationId}</code></p>
${
  parameters.length > 0 &&
  html`<h4>Parameters</h4><ul class="fields">${parameters.map(
    ({ in: where, name, schema, required, description: what }) =>
      html`<li>${fieldHead({ name, schema, optional: !required, description: what, where })}</li>`,
  )}</ul>`
}
${requestBody && html`<h4>Body</h4>${Object.values(requestBody.content).map(({ schema }) => fieldsOf(schema))}`}
<h4>Request</h4>
${pre(curl(request))}
<details><summary>Python</summary>${pre(python(request))}</details>
<details><summary>TypeScript</summary>${pre(typescript(request))}</details>
${all
  .filter(([status]) => Number(status) < 400)
  .map(
    ([status, response]) => html`<h4>${status}</h4>
<p>${inline(response.description)}</p>${headers(response.headers)}${renderContent(response.content ?? {})}`,
  )}
<h4>Problems</h4>
<ul class="problems">${all.filter(([status]) => Number(status) >= 400).map(([status, response]) => html`<li>${status} ${codesOf(response.description)}</li>`)}</ul>
</section>`;
}

function renderContent(content: Content): Html {
  return html`${Object.entries(content).map(([type, { schema, example }]) => {
    const fields = fieldsOf(schema);
    return html`<p><code>${type}</code>: ${typeOf(schema)}</p>
${fields.text && html`<details><summary>Fields</summary>${fields}</details>`}
${example !== undefined && html`<details><summary>Example</summary>${pre(typeof example === 'string' ? example : JSON.stringify(example, null, 2))}</details>`}`;
  })}`;
}

function headers(described: Record<string, unknown> = {}): Html {
  const names = Object.keys(described).filter((name) => !/^ratelimit|^x-request-id/.test(name));
  return html`${names.length > 0 && html`<p>With ${names.map((name, index) => html`${index > 0 && ', '}<code>${name}</code>`)}</p>`}`;
}

/** Links to the codes at the start of each line in a description of problems. */
const codesOf = (description: string) =>
  [...description.matchAll(/^`(\w+)`/gm)].map(([, code]) => html` <a href="#problem-${code}"><code>${code}</code></a>`);

/** Preformatted text that the keyboard can scroll. */
const pre = (text: string) => html`<pre tabindex="0"><code>${text}</code></pre>`;
