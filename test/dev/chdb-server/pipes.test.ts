import { writeFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openPipes } from '#dev/chdb-server/engine/pipes.ts';

test('a statement has settled only when its last bytes are written, however slow that is', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-pipes-'));
  const pipes = openPipes(join(directory, 'pipes'), 1);
  let written = 0;
  const write = async (chunk: Buffer) => {
    for (let turn = 0; turn < 1_000; turn += 1) await setImmediate();
    written += chunk.length;
  };
  await pipes.receive(
    (pipe) => writeFile(pipe, 'x'.repeat(10_000)),
    write,
    () => {},
  );
  expect(written).toBe(10_000);
  await rm(directory, { recursive: true });
});

test('a pipe that cannot be opened for a moment is used again', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-pipes-'));
  const pipes = openPipes(join(directory, 'pipes'), 1);
  await rename(join(directory, 'pipes'), join(directory, 'away'));
  const receive = async (write: (chunk: Buffer) => undefined) =>
    pipes.receive(
      (pipe) => writeFile(pipe, 'x'),
      write,
      () => {},
    );
  await expect(receive(() => undefined)).rejects.toThrow(/ENOENT/);
  await rename(join(directory, 'away'), join(directory, 'pipes'));
  let written = '';
  await receive((chunk) => {
    written += chunk;
    return undefined;
  });
  expect(written).toBe('x');
  await rm(directory, { recursive: true });
});

test('a statement gets nothing that another one left in its pipe', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-pipes-'));
  const pipes = openPipes(join(directory, 'pipes'), 1);
  let written = '';
  const receive = (run: (pipe: string) => Promise<void>) =>
    pipes.receive(
      run,
      (chunk) => {
        written += chunk;
        return undefined;
      },
      () => {},
    );
  // Written at once, all is still in the pipe when the statement settles.
  await receive(async (pipe) => writeFileSync(pipe, 'first'));
  expect(written).toBe('first');
  await receive(async () => {});
  const refused = receive(async (pipe) => {
    writeFileSync(pipe, 'refused');
    throw new Error('refused');
  });
  await expect(refused).rejects.toThrow('refused');
  written = '';
  await receive((pipe) => writeFile(pipe, 'last'));
  expect(written).toBe('last');
  await rm(directory, { recursive: true });
});

test('a failing writer stops its statement, and none after it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'pump-pipes-'));
  const pipes = openPipes(join(directory, 'pipes'), 1);
  const stopped = Promise.withResolvers<void>();
  const failing = pipes.receive(
    async (pipe) => {
      await writeFile(pipe, 'x'.repeat(1_000_000)); // more than a pipe holds: the rest is read, and dropped
      await stopped.promise;
    },
    async () => {
      throw new Error('The disk is full');
    },
    stopped.resolve,
  );
  await expect(failing).rejects.toThrow('The disk is full');
  let bytes = 0;
  const count = (chunk: Buffer) => {
    bytes += chunk.length;
    return undefined;
  };
  await pipes.receive(
    (pipe) => writeFile(pipe, 'x'.repeat(1_000_000)),
    count,
    () => {},
  );
  expect(bytes).toBe(1_000_000);
  await rm(directory, { recursive: true });
});
