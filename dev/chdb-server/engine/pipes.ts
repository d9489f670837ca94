import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';

/**
 * Opens both ends of a pipe: the engine may open it never, or several times, and it is at its end when we have closed
 * ours. Without O_NONBLOCK this would wait for the engine.
 */
function openEnds(pipe: string, onFailure: () => void): { fd: number; end: number } {
  const opened: number[] = [];
  try {
    for (const end of [constants.O_RDONLY, constants.O_WRONLY]) opened.push(openSync(pipe, end | constants.O_NONBLOCK));
    const [fd, end] = opened as [number, number];
    return { fd, end };
  } catch (error) {
    for (const fd of opened) closeSync(fd);
    onFailure();
    throw error;
  }
}

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
      const { fd, end } = openEnds(pipe, () => free.push(pipe));
      const reader = new Socket({ fd, writable: false });
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
