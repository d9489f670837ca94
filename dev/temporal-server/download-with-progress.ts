import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

/**
 * Runs a command that downloads into `directory`, for as long as the files in there keep growing. Rejects when they
 * have not for `silence` milliseconds, when the command fails, or when the signal aborts.
 */
export async function downloadWithProgress(
  command: string,
  args: string[],
  directory: string,
  silence: number,
  context: { env: NodeJS.ProcessEnv; signal: AbortSignal | undefined },
): Promise<void> {
  const stalled = new AbortController();
  const signal = context.signal ? AbortSignal.any([context.signal, stalled.signal]) : stalled.signal;
  let size = 0;
  let movedAt = Date.now();
  const watch = setInterval(
    () => {
      const now = bytesIn(directory);
      if (now !== size) movedAt = Date.now();
      size = now;
      if (Date.now() - movedAt > silence) {
        stalled.abort(new Error(`no answer for ${Math.round(silence / 1000)} seconds`));
      }
    },
    Math.min(250, silence / 2),
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
