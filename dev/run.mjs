// `node dev/run.mjs [--page] SCRIPT …`: runs a script of this repository, or a tool of node_modules/.bin, with the Node
// that package.json pins. Installs what is missing first and, with --page, builds the page if it is out of date.
// Plain JavaScript without dependencies: a machine's own, older Node must understand this one file.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const node = join(root, 'node_modules/node/bin/node');
const installed = join(root, 'node_modules/.package-lock.json'); // npm writes it last: an interrupted install has none
const page = join(root, 'web/dist/index.html');
const PAGE_SOURCES = ['web/src', 'web/index.html', 'web/vite.config.ts', 'domain'];

const needsPage = process.argv[2] === '--page';
const [script = '', ...args] = process.argv.slice(needsPage ? 3 : 2);
if (!isInstalled()) install();
if (needsPage && !isPageUpToDate()) buildPage();
run();

function isInstalled() {
  if (!existsSync(installed) || !existsSync(node)) return false;
  return statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function install() {
  console.error('Installing dependencies (npm ci, about a minute the first time) …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    // npm prints to stderr here, so that the last line on stdout stays the script's own.
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(
    'npm ci failed, for the reason above. Check that the npm registry can be reached (npm ping), then run the command again.',
  );
  process.exit(1);
}

function isPageUpToDate() {
  const changed = PAGE_SOURCES.map((path) => changedAt(join(root, path)));
  return existsSync(page) && statSync(page).mtimeMs >= Math.max(statSync(installed).mtimeMs, ...changed);
}

/** When a file, or anything below a directory, last changed. */
function changedAt(path) {
  const below = statSync(path).isDirectory() ? readdirSync(path).map((name) => changedAt(join(path, name))) : [];
  return Math.max(statSync(path).mtimeMs, ...below);
}

function buildPage() {
  console.error('Building the page …');
  // Built aside and moved into place: a build that broke off is never served.
  const aside = join(root, `web/dist-${process.pid}`);
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const { status } = spawnSync(node, [vite, 'build', 'web', '--outDir', aside, '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    rmSync(aside, { recursive: true, force: true });
    console.error(
      'The page was not built, for the reason above. Correct that file in web/ or domain/, then run again.',
    );
    process.exit(1);
  }
  rmSync(dirname(page), { recursive: true, force: true });
  renameSync(aside, dirname(page));
}

function run() {
  const tool = join(root, 'node_modules/.bin', script);
  const file = existsSync(tool) ? tool : join(root, script);
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', file, ...args], { cwd: root, stdio: 'inherit' });
  // A terminal sends Ctrl-C to the whole group, so the script has it already: this process only waits until it stops.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGHUP'));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
}
