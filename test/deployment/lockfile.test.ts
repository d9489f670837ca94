import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const entry = z.object({ optionalDependencies: z.record(z.string(), z.string()).default({}) });
const lockfile = z.object({ packages: z.record(z.string(), entry) });
const { packages } = lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

test('the lockfile lists the optional packages of every platform: npm ci refuses one that does not', () => {
  // npm install drops those that its registry does not serve; bring them back from git then.
  for (const [path, { optionalDependencies }] of Object.entries(packages)) {
    for (const name of Object.keys(optionalDependencies)) {
      expect(`node_modules/${name}` in packages || `${path}/node_modules/${name}` in packages, name).toBe(true);
    }
  }
});

test('the packages of Temporal share one copy of protobufjs', () => {
  // It is pinned for that: histories in JSON do not replay with two copies ("type must be a Type").
  const copies = Object.keys(packages).filter((path) => /@temporalio\/.*\/protobufjs$/.test(path));
  expect(copies).toEqual([]);
  expect(packages).toHaveProperty(['node_modules/protobufjs']);
});
