// Runs a script of this repository with the Node that it pins, after installing what is missing.
// Plain JavaScript without dependencies: it is the one file that a machine's own, older Node must understand.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
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

/** When anything below a directory was last changed; what is made from it aside. */
function changedAt(directory) {
  const times = readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('dist'))
    .map((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? changedAt(path) : statSync(path).mtimeMs;
    });
  return Math.max(statSync(directory).mtimeMs, ...times);
}

// What serves the page, or looks at it, has it built first when it is missing or older than what it is made from.
const web = join(root, 'web');
const page = join(web, 'dist/index.html');
const showsPage = [
  'dev/demo/main.ts',
  'dev/start.ts',
  'dev/generate/page-picture/main.ts',
  'node_modules/vitest/vitest.mjs',
].includes(script);
const sources = () => Math.max(changedAt(join(web, 'src')), statSync(installed).mtimeMs);
if (showsPage && (!existsSync(page) || statSync(page).mtimeMs < sources())) {
  console.error('Building the page …');
  // Built aside and moved into place: one that broke off is never served.
  const aside = join(web, `dist-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const build = spawnSync(node, [vite, 'build', 'web', '--outDir', aside, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (build.status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    console.error('The page could not be built. The message above says why; mend that and run this again.');
    process.exit(1);
  }
  rmSync(join(web, 'dist'), { recursive: true, force: true });
  renameSync(aside, join(web, 'dist'));
}

const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, script), ...args], {
  cwd: root,
  stdio: 'inherit',
});
// A terminal sends Ctrl-C to the whole group, so the script has it already: we only stay until it has stopped.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => child.kill('SIGTERM'));
process.on('SIGHUP', () => child.kill('SIGHUP'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
