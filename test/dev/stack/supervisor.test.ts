import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endLeftoverProcesses, readProcesses, writeProcesses } from '#dev/stack/supervisor/leftover-processes.ts';
import type { Part } from '#dev/stack/supervisor/part.ts';
import { createSupervisor } from '#dev/stack/supervisor/supervisor.ts';
import { processStart } from '#dev/stack/system/process-start.ts';
import { retry } from '#dev/stack/system/retry.ts';
import { supervise } from './supervise-until-ready.ts';

let directory: string;
let printed: string[];
let interrupt: AbortController;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'pump-supervisor-'));
  printed = [];
  interrupt = new AbortController();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const print = (line: string) => void printed.push(line);
const steps = () => readFileSync(join(directory, 'steps'), 'utf8').trim().split('\n');

/** A part that writes down when it starts and when it stops, and is ready once it has started. */
function part(name: string, script = runs(name)): Part {
  const ready = (signal: AbortSignal) => retry(async () => expect(steps()).toContain(`${name} starts`), signal);
  const shell = { command: '/bin/sh', args: ['-c', script], env: { PATH: '/usr/bin:/bin' } };
  return { ...shell, name, title: `The ${name}`, ready };
}
const never = () => Promise.reject(new Error('not yet'));
const runs = (name: string) => {
  const note = (what: string) => `echo "${name} ${what}" >> ${directory}/steps`;
  return `trap '${note('stops')}; exit 0' TERM; ${note('starts')}; while :; do sleep 0.02; done`;
};

function create() {
  mkdirSync(join(directory, 'logs'), { recursive: true });
  const processes = join(directory, 'processes.json');
  return createSupervisor({ logs: join(directory, 'logs'), processes, print, interrupt: interrupt.signal });
}

describe('a supervisor', () => {
  it('starts parts in order, each once the one before is ready, and stops them in reverse', async () => {
    const supervisor = create();
    await supervisor.start([part('engine')]);
    await supervisor.start([part('worker')]);
    await supervisor.start([part('api')]);
    await Promise.all([supervisor.stop(), supervisor.stop()]); // as a second Ctrl-C does
    expect(steps()).toEqual([
      'engine starts',
      'worker starts',
      'api starts',
      'api stops',
      'worker stops',
      'engine stops',
    ]);
    expect(printed).toEqual(['The engine is ready.', 'The worker is ready.', 'The api is ready.']);
    expect(supervisor.died.aborted).toBe(false);
  });

  it('lets the other parts go before one in the background', async () => {
    const supervisor = create();
    await supervisor.start([part('engine')]);
    await supervisor.start([{ ...part('worker'), isInBackground: true }]);
    const pids = readProcesses(join(directory, 'processes.json'))?.parts.map(({ pid }) => pid) ?? [];
    const [engine = 0, worker = 0] = pids.map((pid) => getPriority(pid));
    expect(worker - engine).toBe(4);
    const sessions = pids.map((pid) => `/proc/${pid}/autogroup`);
    const weighed = sessions.filter((path) => existsSync(path)).map((path) => readFileSync(path, 'utf8').trim());
    expect(weighed.map((line) => line.slice(-6))).toEqual(weighed.length > 0 ? ['nice 0', 'nice 4'] : []);
    await supervisor.stop();
  });

  it('says which part died, how, and the last lines of its log', async () => {
    const supervisor = create();
    await supervisor.start([part('engine')]);
    const lines = 'for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo "line $i"; done; echo "disk full" >&2';
    await supervisor.start([{ ...part('worker', `${lines}; exit 3`), ready: async () => {} }]);
    if (!supervisor.died.aborted) await once(supervisor.died, 'abort');
    expect(supervisor.died.reason.message).toMatch(
      /^The worker exited with code 3\. The end of .*\/worker\.log:\n {2}line 6\n(.*\n)+ {2}disk full$/,
    );
    await supervisor.stop();
    expect(steps().at(-1)).toBe('engine stops');
  });

  it('does not wait for a part to get ready that has died, or that cannot be started', async () => {
    const supervisor = create();
    await expect(supervisor.start([part('worker', 'kill -9 $$')])).rejects.toThrow(
      /^The worker was ended by SIGKILL\. It has written nothing to /,
    );
    await supervisor.stop();
    const another = create();
    await expect(another.start([{ ...part('engine'), command: '/nowhere/engine' }])).rejects.toThrow(
      /^The engine could not be started \(spawn \/nowhere\/engine ENOENT\)/,
    );
    await another.stop();
  });

  it('gives up waiting when it is interrupted', async () => {
    const supervisor = create();
    const starting = supervisor.start([{ ...part('engine'), ready: (signal) => retry(never, signal) }]);
    interrupt.abort(new Error('Ctrl-C'));
    await expect(starting).rejects.toThrow('Ctrl-C');
    await supervisor.stop();
  });

  it('takes its parts with it when it is killed', async () => {
    const { child, pids } = await supervise(directory, ['exec sleep 60', runs('worker')]);
    expect(pids.map(processStart)).toEqual([expect.any(String), expect.any(String)]);
    child.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.map(processStart)).toEqual([undefined, undefined]), 60_000);
  });
});

describe('what an earlier run left behind', () => {
  it('is ended, and nothing else', async () => {
    const left = spawn('sleep', ['60'], { detached: true });
    const innocent = spawn('sleep', ['60']);
    const file = join(directory, 'processes.json');
    writeProcesses(file, [{ name: 'temporal', pid: left.pid ?? 0 }]);
    const record = JSON.parse(readFileSync(file, 'utf8'));
    // A pid that was given again: the same number, started at another time.
    record.parts.push({ name: 'worker', pid: innocent.pid, started: 'long ago' });
    writeFileSync(file, JSON.stringify(record));

    await endLeftoverProcesses(file, print);
    expect(processStart(left.pid ?? 0)).toBeUndefined();
    expect(processStart(innocent.pid ?? 0)).toBeDefined();
    expect(printed).toEqual([`Ending temporal (pid ${left.pid}), left behind by an earlier run …`]);
    innocent.kill();
  });
});
