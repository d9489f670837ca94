import { once } from 'node:events';
import { closeSync, constants, openSync, readSync } from 'node:fs';
import { Socket } from 'node:net';

/** Takes the next bytes of a result; a promise holds up the statement until it is settled. */
export type Write = (chunk: Buffer) => Promise<void> | undefined;

/** Where the bytes of a statement go. `onFailure` is called when `write` fails or the pipe cannot be read. */
export type Receiver = { write: Write; onFailure: () => void };

export type PipeReader = ReturnType<typeof openPipeReader>;

const READ_BYTES = 64 * 1024; // what a pipe holds

/**
 * Reads a named pipe for one statement after another. It stays open, because to open and watch a pipe takes longer than
 * to read a small result. So it has no end between two results: what is in it once a statement has settled is the last.
 */
export function openPipeReader(pipe: string) {
  const { fd, end } = openEnds(pipe);
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let receiver: Receiver | undefined;
  let writing: Promise<void> | undefined;
  let failure: unknown;

  const socket = new Socket({ fd, writable: false, onread: { buffer, callback: take } });
  socket.unref(); // a running statement keeps the process, an open pipe does not
  socket.on('error', fail);
  const closed = once(socket, 'close')
    .catch(() => {})
    .then(() => closeSync(end));

  function take(bytes: number): boolean {
    const written = failure ? undefined : receiver?.write(Buffer.from(buffer.subarray(0, bytes)));
    if (written) {
      socket.pause();
      writing = written.catch(fail).finally(() => {
        writing = undefined;
        socket.resume();
      });
    }
    return true;
  }

  function fail(error: unknown): void {
    failure ??= error;
    receiver?.onFailure();
  }

  /** The bytes that are in the pipe now. */
  function read(): number {
    try {
      return readSync(fd, buffer);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return 0;
      throw error;
    }
  }

  return {
    begin(next: Receiver): void {
      receiver = next;
    },
    /** Passes on what the statement, which has settled, left in the pipe. @throws what the receiver threw */
    async finish(): Promise<void> {
      await writing;
      for (let bytes = failure ? 0 : read(); bytes > 0; bytes = failure ? 0 : read()) {
        take(bytes);
        await writing;
      }
      receiver = undefined;
      if (failure) throw failure;
    },
    /** Closes the pipe after a statement that failed: the next one must not find what it left. @throws as finish() */
    async close(): Promise<void> {
      socket.destroy();
      await writing;
      await closed;
      if (failure) throw failure;
    },
  };
}

/**
 * Opens both ends: the engine may open the pipe never, or several times. Without O_NONBLOCK this would wait for the
 * engine.
 */
function openEnds(pipe: string): { fd: number; end: number } {
  const fd = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return { fd, end: openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
