import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '#api/openapi/reference/html.ts';
import { problems } from '#api/problem/problems.ts';
import { openWarehouse, type Warehouse } from '#clickhouse/client/client.ts';
import { serveApi } from '../support/serve-api.ts';
import { createValidator, type Description, type Operation, readDescription } from './validator.ts';

// No server runs: the description needs the routes alone.
let warehouse: Warehouse;
let api: Awaited<ReturnType<typeof serveApi>>;
let description: Description;
let operations: { method: string; path: string; operation: Operation }[];
beforeAll(async () => {
  const nowhere = { url: 'http://127.0.0.1:9', user: 'default', password: '', database: 'default' };
  warehouse = openWarehouse({ ...nowhere, application: 'test' });
  api = await serveApi(warehouse, Connection.lazy({ address: '127.0.0.1:9' }), 'one');
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

  test('loads nothing, runs nothing, and allows neither', () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|<form|\bsrc=|\bon\w+=|\bstyle=|@import|url\(/);
    expect(page).not.toMatch(/href="(?!#|\/openapi\.json")/);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; /);
    expect(policy).not.toContain('unsafe');
  });

  test('escapes what it shows', () => {
    expect(html`<p title="${'"\''}">${'<b>&'}${[html`<i>`, '>']}${false}${undefined}</p>`.text).toBe(
      '<p title="&#34;&#39;">&#60;b&#62;&#38;<i>&#62;</p>',
    );
  });
});
