import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'pump-full-disk-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a script whose stdout is a file, of which it may write `blocks` of 512 bytes: as on a disk that is full. */
async function run(script: string, blocks: number) {
  const file = join(directory, 'stdout');
  const shell = `ulimit -f ${blocks}; exec "$0" --input-type=module -e "$1" > "$2"`;
  const child = spawn('sh', ['-c', shell, process.execPath, script, file], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { stderr, code, stdout: readFileSync(file, 'utf8') };
}

const LOG = `
  import { createLog } from './log.ts';
  const log = createLog({ name: 'test' });
  for (let line = 0; line < 5000; line++) log.info({ line, text: 'x'.repeat(1000) }, 'written');
  setImmediate(() => process.stderr.write('still there'));`;

test('a logger that cannot write ends no process', async () => {
  const { stderr, code, stdout } = await run(LOG, 8);
  expect([stderr, code]).toEqual(['still there', 0]);
  expect(stdout).toContain('"line":0');
  expect(stdout.length).toBeLessThanOrEqual(8 * 1024);
});

const COMMAND = `
  import { setTimeout } from 'node:timers/promises';
  import { runCommandLine } from './dev/cli/command.ts';
  await runCommandLine(async (interrupt) => {
    for (let line = 0; line < 100; line++) console.log('x'.repeat(100));
    await setTimeout(0);
    interrupt.throwIfAborted();
    process.stderr.write('still there');
  });`;

test('a command that cannot print goes on', async () => {
  const { stderr, code } = await run(COMMAND, 0);
  expect([stderr, code]).toEqual(['still there', 0]);
});
