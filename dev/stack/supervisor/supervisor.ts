import { join } from 'node:path';
import { UserError } from '../../cli/user-error.ts';
import { startGuard } from './guard.ts';
import { writeProcesses } from './leftover-processes.ts';
import { logTail } from './log-tail.ts';
import { type Part, type RunningPart, startPart } from './part.ts';

const READY_TIMEOUT_MS = 60_000;

export type Supervisor = {
  /** Starts parts together and waits until all are ready. @throws UserError when one dies or does not get ready */
  start: (parts: Part[]) => Promise<void>;
  /** Aborted when a part ends without being stopped; the reason is a UserError that names it and its log. */
  died: AbortSignal;
  /** Stops all parts in reverse order. Calls after the first wait for the same stop. */
  stop: () => Promise<void>;
};

export function createSupervisor(options: {
  logs: string;
  processes: string;
  print: (line: string) => void;
  interrupt: AbortSignal;
}): Supervisor {
  const { logs, processes, print, interrupt } = options;
  const guard = startGuard();
  const died = new AbortController();
  const started: RunningPart[][] = [];
  let stopped: Promise<void> | undefined;

  async function start(parts: Part[]): Promise<void> {
    const running = parts.map((part) => startPart(part, join(logs, `${part.name}.log`), guard));
    started.push(running);
    writeProcesses(
      processes,
      started.flat().flatMap(({ name, pid }) => (pid === undefined ? [] : [{ name, pid }])),
    );
    for (const part of running) {
      part.ended.then((how) => {
        if (!stopped) died.abort(new UserError(`${part.title} ${how}.${describeLog(part)}`));
      });
    }
    await Promise.all(parts.map((part, index) => waitUntilReady(part, running[index] as RunningPart)));
  }

  async function waitUntilReady(part: Part, running: RunningPart): Promise<void> {
    const timeout = AbortSignal.timeout(READY_TIMEOUT_MS);
    try {
      await part.ready(AbortSignal.any([interrupt, died.signal, timeout]));
    } catch (error) {
      interrupt.throwIfAborted();
      died.signal.throwIfAborted();
      if (!timeout.aborted) throw error;
      throw new UserError(
        `${part.title} was not ready after ${READY_TIMEOUT_MS / 1000} seconds.${describeLog(running)}`,
      );
    }
    print(`${part.title} is ready.`);
  }

  async function stop(): Promise<void> {
    for (const parts of started.toReversed()) await Promise.all(parts.map((part) => part.stop()));
    guard.release();
    writeProcesses(processes, []);
  }

  return {
    start,
    died: died.signal,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}

function describeLog({ log }: RunningPart): string {
  const tail = logTail(log);
  return tail ? ` The end of ${log}:\n${tail}` : ` It has written nothing to ${log}.`;
}
