import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../web/src');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const components = globSync('**/*.tsx', { cwd: root });

/** `<module> <class>` for every class of an imported CSS module that components use. */
const used = components.flatMap((file) => {
  const text = read(file);
  return [...text.matchAll(/^import (\w+) from '(\.[^']+\.module\.css)';$/gm)].flatMap(([, name = '', path = '']) =>
    [...text.matchAll(new RegExp(`(?<![\\w/])${name}\\.(\\w+)`, 'g'))].map(
      ([, cls]) => `${join(file, '..', path)} ${cls}`,
    ),
  );
});

/** The same for every class that a CSS module defines. */
const defined = globSync('**/*.module.css', { cwd: root }).flatMap((file) => {
  const selectors = read(file)
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/\{[^{}]*\}/g, '{}');
  return [...selectors.matchAll(/\.([a-z]\w*)/gi)].map(([, cls]) => `${file} ${cls}`);
});

test('each class of a CSS module is used, and each class that is used is defined', () => {
  expect([...new Set(used)].sort()).toEqual([...new Set(defined)].sort());
});

test('no class name is global', () => {
  expect(components.filter((file) => /className="/.test(read(file)))).toEqual([]);
  expect(read('theme.css')).not.toMatch(/^\s*\.[a-z]/im);
});
