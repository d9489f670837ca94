import { UserError } from './user-error.ts';

const FULL_DISK = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** The reason of the abort after Ctrl-C, SIGTERM or a closed terminal. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Runs a command and exits: with 0, with 130 if it was interrupted, or with 1 and the reason on stderr. Ctrl-C, SIGTERM
 * and a closed terminal abort the signal. A second Ctrl-C changes nothing, so that an orderly stop is never cut short.
 */
export async function runCommandLine(command: (interrupt: AbortSignal) => Promise<void>): Promise<never> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort(new Interrupted());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The terminal or the pipe that read the output is closed. A full disk stops nothing.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code }: NodeJS.ErrnoException) => FULL_DISK.includes(code ?? '') || stop());
  }
  process.exit(await exitCode(() => command(interrupt.signal)));
}

async function exitCode(command: () => Promise<void>): Promise<number> {
  try {
    await command();
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    console.error(error instanceof UserError ? `\n${error.message}` : error);
    return 1;
  }
}
