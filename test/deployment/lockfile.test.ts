import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

const platforms = z.string().array().optional();
const entry = z.object({
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  integrity: z.string().optional(),
  inBundle: z.boolean().default(false),
  dev: z.boolean().default(false),
  os: platforms,
  cpu: platforms,
  libc: platforms,
});
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

test('every package of the image has a hash, on both of its platforms', () => {
  const installed = Object.entries(packages).filter(([path, { dev, inBundle, os, cpu, libc }]) => {
    const isOurs = [os, cpu, libc].every((its, index) => {
      const ours = [['linux'], ['x64', 'arm64'], ['glibc']][index] ?? [];
      return !its || its.some((each) => ours.includes(each));
    });
    return path !== '' && !dev && !inBundle && isOurs;
  });
  expect(installed.length).toBeGreaterThan(200);
  expect(installed.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
});

test('the packages of Temporal share one copy of protobufjs', () => {
  // It is pinned for that: histories in JSON do not replay with two copies ("type must be a Type").
  const copies = Object.keys(packages).filter((path) => /@temporalio\/.*\/protobufjs$/.test(path));
  expect(copies).toEqual([]);
  expect(packages).toHaveProperty(['node_modules/protobufjs']);
});
