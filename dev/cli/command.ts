import { Problem } from './user-error.ts';

/** Thrown out of a command by Ctrl-C and its like, once everything has been stopped. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * Runs a command of the laptop to its end and leaves the process: with 0, with 130 when it was interrupted before it
 * had done its work, or with 1 and the reason on stderr. The signal is aborted by Ctrl-C, SIGTERM or a closed terminal;
 * a second Ctrl-C changes nothing, so that the orderly stop is never cut short.
 */
export async function runCommandLine(command: (interrupt: AbortSignal) => Promise<void>): Promise<never> {
  const interrupt = new AbortController();
  const stop = () => interrupt.abort(new Interrupted());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // The terminal, or the pipe that read us, is gone: nobody is there to press Ctrl-C.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', stop);
  process.exit(await exitCode(() => command(interrupt.signal)));
}

async function exitCode(command: () => Promise<void>): Promise<number> {
  try {
    await command();
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return 130;
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    return 1;
  }
}
