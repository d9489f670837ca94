// Runs a script of this repository with the Node that it pins, after installing what is missing.
// Plain JavaScript without dependencies: it is the one file that a machine's own, older Node must understand.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules/node/bin/node');
const installed = join(root, 'node_modules/.package-lock.json'); // npm writes it last: an interrupted install has none

function upToDate() {
  if (!existsSync(installed) || !existsSync(node)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

if (!upToDate()) {
  console.error('Installing dependencies (npm ci, about a minute the first time) …');
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // npm prints to stderr here, so that the last line on stdout stays the script's own.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) {
    console.error(
      'Dependencies could not be installed: npm ci failed. Its message is above; mend that and run this again.',
    );
    process.exit(1);
  }
}

const [script, ...args] = process.argv.slice(2);
const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the whole group, so the script has it already: we only stay until it has stopped.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
