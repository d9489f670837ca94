// Clients by two generators, from the description that the API serves: both compile with what uses them, and both run.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [, , installed = ''] = process.argv;
const description = `${process.env.API_URL}/openapi.json`;
// Node runs no TypeScript below a node_modules, where the packages are installed.
const folder = mkdtempSync(join(tmpdir(), 'pump-clients-'));
const run = (script: string, ...args: string[]) =>
  execFileSync(process.execPath, [join(folder, script), ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });

try {
  symlinkSync(join(installed, 'node_modules'), join(folder, 'node_modules'));
  copyFileSync(join(import.meta.dirname, 'package.json'), join(folder, 'package.json'));
  copyFileSync(join(import.meta.dirname, 'use.mts'), join(folder, 'use.ts'));
  const hey = { input: description, output: { path: 'hey', importFileExtension: '.ts' } };
  writeFileSync(join(folder, 'openapi-ts.config.mjs'), `export default ${JSON.stringify(hey)};`);
  run('node_modules/openapi-typescript/bin/cli.js', description, '-o', 'paths.ts');
  run('node_modules/@hey-api/openapi-ts/bin/run.js');
  const strict = ['--strict', '--noEmit', '--allowImportingTsExtensions', '--module', 'esnext', '--target', 'es2024'];
  run('node_modules/typescript/bin/tsc', ...strict, '--moduleResolution', 'bundler', '--types', 'node', 'use.ts');
  process.stdout.write(run('use.ts'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
