import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '#api/openapi/reference/html.ts';
import { problems } from '#api/problem/problems.ts';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { awayTemporal } from '../support/away-temporal.ts';
import { serveApi } from '../support/serve-api.ts';
import { createValidator, type Description, type Operation, readDescription, type Schema } from './validator.ts';

// No server runs: the description needs the routes alone.
let warehouse: Warehouse;
let api: Awaited<ReturnType<typeof serveApi>>;
let description: Description;
let operations: { method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  const nowhere = { url: 'http://127.0.0.1:9', user: 'default', password: '', database: 'default' };
  warehouse = openWarehouse({ ...nowhere, application: 'test' });
  api = await serveApi(warehouse, awayTemporal(), 'one');
  ({ description, operations } = await readDescription(api.url));
});
afterAll(async () => {
  await Promise.all([api.close(), warehouse.close()]);
});

describe('openapi.json', () => {
  test('Parquet is binary, so that no client decodes it as text', () => {
    const { operation } = operations.find(({ operation }) => operation.operationId === 'exportRows') ?? {};
    const content = operation?.responses['200']?.content ?? {};
    expect(content['application/vnd.apache.parquet']).toMatchObject({ schema: { type: 'string', format: 'binary' } });
    expect(content['text/csv']).toMatchObject({ schema: { type: 'string' } });
  });

  test('names the shape of every answer, and of every object in it, for generated clients', () => {
    const unnamed: string[] = [];
    const look = (schema: Schema, at: string, isNamed = false): void => {
      if (schema.properties && !isNamed) unnamed.push(at);
      const { items, anyOf = [], oneOf = [], additionalProperties } = schema;
      const properties = (schema.properties ?? {}) as Record<string, Schema>;
      for (const [name, each] of Object.entries(properties)) look(each, `${at}.${name}`);
      for (const each of [items, additionalProperties, ...(anyOf as Schema[]), ...(oneOf as Schema[])]) {
        if (each && typeof each === 'object') look(each as Schema, `${at}[]`);
      }
    };
    for (const { operation } of operations) {
      for (const { content = {} } of [...Object.values(operation.responses), operation.requestBody ?? {}]) {
        for (const { schema } of Object.values(content)) look(schema, operation.operationId);
      }
    }
    for (const [name, schema] of Object.entries(description.components.schemas)) look(schema, name, true);
    expect(unnamed).toEqual([]);
  });

  test('gives every refusal a body: a client generated from it knows that data are there where there is no error', () => {
    for (const { operation } of operations) {
      for (const [status, { content }] of Object.entries(operation.responses)) {
        if (Number(status) >= 400) expect(content, `${operation.operationId} ${status}`).toBeDefined();
      }
    }
  });

  test('names every operation once, with a scope, in a group that is described', () => {
    expect(description.openapi).toMatch(/^3\.1\./);
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    const described = description.tags.filter((tag) => tag.description).map(({ name }) => name);
    for (const { operation } of operations) {
      expect(described, 'api/openapi/introduction.ts describes groups').toContain(operation.tags[0]);
      expect(operation.security[0]?.bearer).toHaveLength(1);
    }
  });

  test('names operations by seven verbs, and their files after them', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    for (const name of names) expect(name).toMatch(/^(get|list|create|update|delete|watch|export)[A-Z]/);
    const files = readdirSync(new URL('../../api/routes', import.meta.url), { recursive: true }).map((path) =>
      basename(String(path), '.ts'),
    );
    const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const operationFiles = files.filter((file) => /^(get|list|create|update|delete|watch|export)-/.test(file));
    expect(operationFiles.sort()).toEqual(names.map(kebab).sort());
  });

  test('describes every parameter', () => {
    const silent = operations.flatMap(({ operation }) =>
      (operation.parameters ?? [])
        .filter((parameter) => !parameter.description && !parameter.schema.description)
        .map(({ name }) => `${operation.operationId}: ${name}`),
    );
    expect(silent).toEqual([]);
  });

  test('has only references that resolve', () => {
    const references = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path);
    expect(references).not.toEqual([]);
    for (const path of new Set(references)) {
      const found = path.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], description);
      expect(found, path).toBeDefined();
    }
  });

  test('has no default that changes daily', () => {
    expect(JSON.stringify(description)).not.toMatch(/"default":"\d{4}-/);
  });
});

describe('examples', () => {
  test('exist for every operation: npm run generate', () => {
    const without = operations.filter(({ operation: { responses } }) =>
      Object.entries(responses).every(
        ([status, { content = {} }]) =>
          Number(status) >= 300 || Object.values(content).every(({ example }) => example === undefined),
      ),
    );
    expect(without.map(({ operation }) => operation.operationId)).toEqual([]);
  });

  test('fit their schemas', () => {
    const validate = createValidator(description);
    const wrong: Record<string, string[]> = {};
    const check = (where: string, schema: Record<string, unknown>, value: unknown) => {
      const errors = value === undefined ? [] : validate(schema, value);
      if (errors.length > 0) wrong[where] = errors;
    };
    for (const { operation } of operations) {
      const { operationId, parameters = [], requestBody, responses } = operation;
      for (const { name, schema, example } of parameters) check(`${operationId} ${name}`, schema, example);
      for (const { schema, example } of Object.values(requestBody?.content ?? {})) {
        check(`${operationId} body`, schema, example);
      }
      for (const [status, { content = {} }] of Object.entries(responses)) {
        for (const { schema, example, examples = {} } of Object.values(content)) {
          check(`${operationId} ${status}`, schema, example);
          for (const [name, { value }] of Object.entries(examples)) check(`${operationId} ${name}`, schema, value);
        }
      }
    }
    expect(wrong).toEqual({});
  });

  test('of problems have their code', () => {
    const shown = operations.flatMap(({ operation }) =>
      Object.values(operation.responses).flatMap(({ content = {} }) =>
        Object.values(content).flatMap(({ examples = {} }) => Object.entries(examples)),
      ),
    );
    expect(shown.length).toBeGreaterThan(operations.length);
    for (const [code, { value }] of shown) expect(value).toMatchObject({ code });
  });

  test('hold no key', () => {
    const keys = JSON.stringify(description).match(/sk-[\w-]*\d[\w-]{8,}/g);
    expect(keys).toBe(null);
  });
});

describe('/docs', () => {
  let response: Response;
  let page: string;
  beforeAll(async () => {
    response = await fetch(`${api.url}/docs`);
    page = await response.text();
  });

  test('shows every operation, parameter, shape and problem', () => {
    expect(response.status).toBe(200);
    for (const { path, operation } of operations) {
      expect(page).toContain(`id="${operation.operationId}"`);
      expect(page).toContain(`<code>${path}</code>`);
      for (const { name } of operation.parameters ?? []) expect(page).toContain(`<code class="name">${name}</code>`);
    }
    for (const code of Object.keys(problems)) expect(page).toContain(`id="problem-${code}"`);
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor);
    for (const anchor of new Set(links)) expect(page).toContain(`id="${anchor}"`);
  });

  test('loads nothing, runs nothing, and allows neither; its icon is empty, and its form searches it', () => {
    expect(page).not.toMatch(/<script|<img|<iframe|\bsrc=|\bon\w+=|\bstyle=|@import|url\(/);
    expect(page.match(/<(?:link|form)[^>]*>/g)).toEqual([
      '<link rel="icon" href="data:,">',
      '<form role="search" action="/docs">',
    ]);
    expect(page).not.toMatch(/href="(?!#|\/openapi\.json"|data:,")/);
    const policy = response.headers.get('content-security-policy');
    // Firefox asks for an icon, and says that the policy refuses it.
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; /);
    expect(policy).toContain("form-action 'self'");
    expect(policy).not.toContain('unsafe');
  });

  test('finds operations, fields and problems by words, and escapes what was searched for', async () => {
    const find = async (text: string) => (await fetch(`${api.url}/docs?${new URLSearchParams({ q: text })}`)).text();
    const linksIn = (found: string) =>
      [...(found.split('<main')[1] ?? '').matchAll(/href="\/docs#([^"]+)"/g)].map(([, anchor]) => anchor);
    expect(linksIn(await find('Granularity WEEK'))).toEqual(expect.arrayContaining(['getCosts', 'getUsage']));
    expect(linksIn(await find('delete budget'))[0]).toBe('deleteBudget');
    expect(linksIn(await find('differing_days'))).toContain('shape-Reconciliation');
    expect(linksIn(await find('mixed_currencies'))).toContain('problem-mixed_currencies');
    expect(linksIn(await find('if-none-match'))).toContain('etags');
    const nothing = await find('<b>"nothing"');
    expect(linksIn(nothing)).toEqual([]);
    expect(nothing).not.toContain('<b>');
  });

  test('shows each request in curl, Python and TypeScript, and all three are the same request', async () => {
    const examples = [
      ...page.matchAll(
        /<h4>Request<\/h4>\n<pre[^>]*><code>(.*?)<\/code>.*?Python<\/summary><pre[^>]*><code>(.*?)<\/code>.*?TypeScript<\/summary><pre[^>]*><code>(.*?)<\/code>/gs,
      ),
    ].map((found) =>
      found.slice(1).map((text) => text.replaceAll(/&#(\d+);/g, (_, code) => String.fromCharCode(code))),
    );
    expect(examples).toHaveLength(operations.length);
    for (const [curl = '', python = '', typescript = ''] of examples) {
      const sent: string[] = [];
      const fetched = async (url: string, { method = 'GET', body = '' }: { method?: string; body?: string }) => {
        sent.push(method, url, body);
        return Response.json({});
      };
      const run = Object.getPrototypeOf(async () => {}).constructor('fetch', 'API', 'TOKEN', 'console', typescript);
      await run(fetched, '$API', '', { log: () => {} });
      const [, method = 'GET'] = / -X (\w+)/.exec(curl) ?? [];
      expect(sent).toEqual([method, /"(\$API[^"]*)"/.exec(curl)?.[1], /-d '(.*)'/.exec(curl)?.[1] ?? '']);
      const [, query = ''] = sent[1]?.split('?') ?? [];
      expect(python).toContain(`"${method}",\n    f"{API}${sent[1]?.split('?')[0]?.slice(4)}",`);
      for (const [name, value] of new URLSearchParams(query)) expect(python).toContain(`["${name}", "${value}"]`);
    }
  });

  test('escapes what it shows', () => {
    expect(html`<p title="${'"\''}">${'<b>&'}${[html`<i>`, '>']}${false}${undefined}</p>`.text).toBe(
      '<p title="&#34;&#39;">&#60;b&#62;&#38;<i>&#62;</p>',
    );
  });
});
