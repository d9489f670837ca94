import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseEnvironment } from '#environment/parse.ts';
import { openai, operations, tenant } from '#environment/settings.ts';

const parse = (variables: Record<string, string>) =>
  parseEnvironment(z.object({ ...openai, ...operations, ...tenant }), variables);

test.each(['OPENAI_BASE_URL', 'JWT_JWKS_URL'])('%s is not reached in the clear, but on this machine', (name) => {
  for (const url of ['https://api.test/v1', 'http://127.0.0.1:8090/v1', 'http://localhost:1', 'http://[::1]:1'])
    expect(parse({ [name]: url })).toMatchObject({ [name]: url });
  for (const url of ['http://api.test/v1', 'http://localhost:1@api.test', 'http://127.0.0.1.api.test', 'javascript:1'])
    expect(() => parse({ [name]: url }), url).toThrow(`${name}: must be https://`);
});

test('the page links to nothing but the web', () => {
  expect(() => parse({ TEMPORAL_UI_URL: 'javascript:alert(1)' })).toThrow('TEMPORAL_UI_URL: must be https://');
});
