import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { expect, test } from 'vitest';
import { circlesOf, type Import, importsOf, readImports, sourceFiles } from './support/import-graph.ts';

const document = readFileSync(new URL('../docs/architecture.md', import.meta.url), 'utf8');
const files = sourceFiles();
const imports = readImports(files);

type Layer = { values: string[]; types: string[] };
const EVERYTHING = 'everything';
/** Folders that others may import by themselves: they stand in the table as `workflows/contract` does. */
const PARTS = ['workflows/contract'];

/** The table of docs/architecture.md: by folder, what it may import, and what it may import the types of. */
const layers = new Map(
  (document.split('layers -->')[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, 4)
        .map((cell) => cell.replaceAll('`', '').trim()),
    )
    .map(([folder = '', values = '', types = '']): [string, Layer] => [
      folder,
      { values: values.split(/, */).filter(Boolean), types: types.split(/, */).filter(Boolean) },
    ]),
);

const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '');
const contains = (folder: string, file: string) => file.startsWith(`${folder}/`);

/** What the table forbids of an import, in a sentence; undefined where it allows it. */
function violation({ from, to, isType }: Import): string | undefined {
  const [folder, target] = [folderOf(from), folderOf(to)];
  const layer = layers.get(folder);
  if (folder === target || folder === '' || !layer || to === 'package.json') return undefined;
  if (contains('environment', to)) {
    const isCommand = /\/(main|migrate|replay|reconcile|rotate-sealing-key)\.ts$/.test(from);
    const mayRead = ['dev', 'test', 'bench'].includes(folder) || isCommand;
    return mayRead ? undefined : `${from} imports ${to}: only main files read the environment`;
  }
  if (to === 'log.ts')
    return /^[^/]+\/(main|migrate)\.ts$/.test(from) ? undefined : `${from} imports ${to}: only main files log`;
  const mayImport = (allowed: readonly string[]) =>
    allowed.some((each) => each === EVERYTHING || contains(each, to) || each === to);
  if (mayImport(layer.values) || (isType && mayImport(layer.types))) return undefined;
  const types = layer.types.length > 0 ? `, and types of ${layer.types.join(', ')}` : '';
  return `${from} imports ${to}: ${folder} may import ${layer.values.join(', ')}${types}`;
}

test('the table of docs/architecture.md has a row for each folder with code', () => {
  const folders = new Set(files.map(folderOf).filter((folder) => folder !== ''));
  expect([...layers.keys()].sort()).toEqual([...folders].sort());
});

test('no import breaks the table of docs/architecture.md', () => {
  expect(imports.map(violation).filter((each) => each !== undefined)).toEqual([]);
});

test.each([
  ["import { costs } from '#providers/openai/client.ts';", 'api/app.ts', 'api may import domain'],
  ["import { sync } from '#clickhouse/client/client.ts';", 'web/src/app.tsx', 'web may import domain'],
  ["import { route } from '#api/http/route.ts';", 'web/src/app.tsx', 'and types of api'],
  ["export * from '../../clickhouse/client/client.ts';", 'domain/deep/day.ts', 'domain may import nothing'],
  ["const late = await import('#workflows/backfill.ts');", 'api/app.ts', 'workflows/contract'],
  ["import { backfill } from '../workflows/backfill.ts';", 'activities/index.ts', 'workflows/contract'],
])('the table forbids %s in %s', (source, file, reason) => {
  expect(importsOf(file, source).map(violation)).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ["import type { Costs } from '#api/routes/costs/get-costs.ts';", 'web/src/app.tsx'],
  ["import { type Costs, type Usage } from '#api/routes/costs/get-costs.ts';", 'web/src/app.tsx'],
  ["import { changeId } from '#workflows/contract/ids.ts';", 'api/app.ts'],
])('the table allows %s in %s', (source, file) => {
  expect(importsOf(file, source).map(violation)).toEqual([undefined]);
});

test('workflows import types of activities in activity-proxies.ts alone', () => {
  const others = imports.filter(({ from, to }) => contains('workflows', from) && contains('activities', to));
  expect([...new Set(others.map(({ from }) => from))]).toEqual(['workflows/activities/activity-proxies.ts']);
});

test('workflows/contract imports the domain alone', () => {
  const beyond = imports.filter(({ from, to }) =>
    PARTS.some((part) => contains(part, from) && !contains(part, to) && !contains('domain', to)),
  );
  expect(beyond).toEqual([]);
});

test('providers do not import each other', () => {
  const providerOf = (file: string) => /^providers\/(?!http\/|reports\/)([^/]+)\//.exec(file)?.[1];
  const shared = imports.filter(({ from }) => /^providers\/(http|reports)\//.test(from));
  const apart = imports.filter(({ from }) => providerOf(from) !== undefined);
  expect(shared.filter(({ to }) => providerOf(to) !== undefined)).toEqual([]);
  expect(apart.filter(({ from, to }) => (providerOf(to) ?? providerOf(from)) !== providerOf(from))).toEqual([]);
});

test('the domain uses no Node built-in and no package but zod', () => {
  const sources = files.filter((file) => contains('domain', file));
  const packages = sources.flatMap((file) => {
    const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
    return [...source.matchAll(/from '([^.#][^']*)'/g)].map(([, name]) => name);
  });
  expect(packages.filter((name) => name !== 'zod')).toEqual([]);
});

const code = imports.filter(({ from }) => folderOf(from) !== 'test');

test('no files import each other in a circle, types included', () => {
  expect(circlesOf(code)).toEqual([]);
});

test('no folders import each other in a circle', () => {
  const between = code
    .map(({ from, to }) => ({ from: posix.dirname(from), to: posix.dirname(to) }))
    .filter(({ from, to }) => from !== to && from !== '.' && to !== '.');
  expect(circlesOf(between)).toEqual([]);
});

test('a circle is found, and only what is in it', () => {
  const arrows = [
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'a'],
    ['c', 'd'],
    ['e', 'a'],
  ];
  expect(circlesOf(arrows.map(([from = '', to = '']) => ({ from, to })))).toEqual([['a', 'b', 'c']]);
});

test('a folder has few enough files to be read as a list', () => {
  const sizes = Map.groupBy(
    files.filter((file) => folderOf(file) !== 'test'),
    posix.dirname,
  );
  expect([...sizes].filter(([, those]) => those.length > 16).map(([folder]) => folder)).toEqual([]);
});
