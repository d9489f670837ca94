import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '#package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const scripts = Object.entries<string>(packageJson.scripts);

test.each(scripts)('npm run %s runs a file or tool that exists', (_, script) => {
  for (const command of script.split(' && ')) {
    const [, npmScript] = /^npm run --silent (\S+)$/.exec(command) ?? [];
    const [, target = command] = /^node dev\/run\.mjs (?:--page )?(\S+)/.exec(command) ?? [];
    const exists = npmScript
      ? npmScript in packageJson.scripts
      : existsSync(join(root, target)) || existsSync(join(root, 'node_modules/.bin', target));
    expect(exists, command).toBe(true);
  }
});

test('unit tests do not build the page', () => {
  expect(packageJson.scripts['test:unit']).not.toContain('--page');
});

test('what the tools of the laptop and CI tell people to run is a script', () => {
  const files = ['.ci/run', ...globSync('{dev,bench}/**/*.{ts,mjs}', { cwd: root })];
  const names = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(/\bnpm run (?:--silent )?([a-z:]+)/g),
  ]);
  expect(names.length).toBeGreaterThan(5);
  expect(Object.keys(packageJson.scripts)).toEqual(expect.arrayContaining(names.map(([, name]) => name)));
});
