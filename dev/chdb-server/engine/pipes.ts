import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

/** Takes the next bytes of a result; a promise holds up the statement until it is settled. */
export type Write = (chunk: Buffer) => Promise<void> | undefined;

/**
 * Named pipes, through which the engine returns results as it computes them. It writes a file without noticing that the
 * disk is full, and the result would be too short.
 */
export function openPipes(directory: string, count: number) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  const free = Array.from({ length: count }, (_, index) => join(directory, String(index)));
  execFileSync('mkfifo', ['-m', '600', ...free]);

  return {
    /**
     * Runs a statement with the path of a pipe, and passes what it writes to `write`.
     * @param onFailure called when `write` fails; its error is thrown when the statement has settled
     */
    async receive<T>(run: (pipe: string) => Promise<T>, write: Write, onFailure: () => void): Promise<T> {
      const pipe = free.pop() as string; // as many as statements run at a time
      // Without O_NONBLOCK this would wait for the engine to open its end.
      const reader = new Socket({ fd: openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK), writable: false });
      // The engine may open the pipe never, or several times. It is at its end when we have closed ours.
      const end = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
      const closed = once(reader, 'close').catch(() => {});
      let failure: unknown;
      let writing = Promise.resolve(); // the pipe may be closed before its last bytes are written
      reader.on('data', (chunk) => {
        const written = failure ? undefined : write(chunk);
        if (!written) return;
        reader.pause();
        writing = written
          .catch((error: unknown) => {
            failure = error;
            onFailure();
          })
          .finally(() => reader.resume());
      });
      try {
        const result = await run(pipe).finally(() => closeSync(end));
        await closed;
        await writing;
        if (failure ?? reader.errored) throw failure ?? reader.errored;
        return result;
      } catch (error) {
        throw failure ?? error;
      } finally {
        reader.destroy();
        await closed;
        await writing;
        free.push(pipe);
      }
    },
  };
}
