import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/**
 * Runs a command that downloads into `directory`. Rejects when the files there have not grown for `stallMs`
 * milliseconds, when the command fails, or when the signal is aborted.
 */
export async function downloadWithProgress(
  command: string,
  args: string[],
  directory: string,
  stallMs: number,
  context: { env: NodeJS.ProcessEnv; signal: AbortSignal | undefined },
): Promise<void> {
  const stalled = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, stalled.signal]) : stalled.signal;
  let size = 0;
  let grewAt = Date.now();
  const watch = setInterval(
    () => {
      const now = bytesIn(directory);
      if (now !== size) grewAt = Date.now();
      size = now;
      if (Date.now() - grewAt > stallMs) {
        stalled.abort(new Error(`no progress for ${Math.round(stallMs / 1000)} seconds`));
      }
    },
    Math.min(250, stallMs / 2),
  );
  try {
    await runCommand(command, args, { env: context.env, signal });
  } finally {
    clearInterval(watch);
  }
}

function bytesIn(directory: string): number {
  const sizes = readdirSync(directory).map((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.size);
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}
