import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openPipeReader, type PipeReader, type Write } from './pipe-reader.ts';

type Pipe = { path: string; reader: PipeReader | undefined };

/**
 * Named pipes, through which the engine returns results as it computes them. It writes a file without noticing that the
 * disk is full, and the result would be too short.
 */
export function openPipes(directory: string, count: number) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { mode: 0o700 });
  const free: Pipe[] = Array.from({ length: count }, (_, index) => ({
    path: join(directory, String(index)),
    reader: undefined,
  }));
  execFileSync('mkfifo', ['-m', '600', ...free.map(({ path }) => path)]);

  return {
    /**
     * Runs a statement with the path of a pipe, and passes what it writes to `write`.
     * @param onFailure called when `write` fails; its error is thrown when the statement has settled
     */
    async receive<T>(run: (pipe: string) => Promise<T>, write: Write, onFailure: () => void): Promise<T> {
      const pipe = free.pop() as Pipe; // as many as statements run at a time
      try {
        pipe.reader ??= openPipeReader(pipe.path);
        pipe.reader.begin({ write, onFailure });
        const result = await run(pipe.path);
        await pipe.reader.finish();
        return result;
      } catch (error) {
        const { reader } = pipe;
        pipe.reader = undefined;
        await reader?.close();
        throw error;
      } finally {
        free.push(pipe);
      }
    },
  };
}
