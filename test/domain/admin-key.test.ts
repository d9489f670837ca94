import { expect, test } from 'vitest';
import { adminKeyProblem } from '#domain/admin-key.ts';

test.each([
  ['sk-admin-Abc_123-x', undefined],
  ['  sk-admin-abc\n', undefined],
  ['', 'empty'],
  [' \t', 'empty'],
  ['s', 'incomplete'],
  ['sk-admin', 'incomplete'],
  ['sk-admin-', 'incomplete'],
  ['sk-proj-abc', 'project_key'],
  ['sk-svcacct-abc', 'project_key'],
  ['sk-abc', 'other_key'],
  ['admin-abc', 'other_key'],
  ['SK-ADMIN-abc', 'other_key'],
  ['sk-admin-abc def', 'invalid_characters'],
  ['sk-admin-abc…', 'invalid_characters'],
  ['sk-admin-abc\nsk-admin-def', 'invalid_characters'],
])('the shape of %j: %s', (key, problem) => {
  expect(adminKeyProblem(key)).toBe(problem);
});
