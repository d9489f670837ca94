import { join } from 'node:path';
import { Problem } from '../../cli/user-error.ts';
import { startGuard } from './guard.ts';
import { writeProcesses } from './leftover-processes.ts';
import { logTail } from './log-tail.ts';
import { type Part, type RunningPart, startPart } from './part.ts';

const PATIENCE_MS = 60_000;

export type Supervisor = {
  /** Starts parts together and waits until all are ready. @throws Problem when one dies or does not get ready */
  start: (parts: Part[]) => Promise<void>;
  /** Aborted, with a Problem that says which and why, once a part has ended that nobody told to. */
  died: AbortSignal;
  /** Stops everything, in the reverse of the order it was started in. May be called again while it does. */
  stop: () => Promise<void>;
};

export function createSupervisor(options: {
  logs: string;
  processes: string;
  say: (line: string) => void;
  interrupt: AbortSignal;
}): Supervisor {
  const { logs, processes, say, interrupt } = options;
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
        if (!stopped) died.abort(new Problem(`${part.title} ${how}.${logOf(part)}`));
      });
    }
    await Promise.all(parts.map((part, index) => waitFor(part, running[index] as RunningPart)));
  }

  async function waitFor(part: Part, running: RunningPart): Promise<void> {
    const tooLate = AbortSignal.timeout(PATIENCE_MS);
    try {
      await part.ready(AbortSignal.any([interrupt, died.signal, tooLate]));
    } catch (error) {
      interrupt.throwIfAborted();
      died.signal.throwIfAborted();
      if (!tooLate.aborted) throw error;
      throw new Problem(`${part.title} did not get ready within ${PATIENCE_MS / 1000} seconds.${logOf(running)}`);
    }
    say(`${part.title} is ready.`);
  }

  async function stop(): Promise<void> {
    for (const together of started.toReversed()) await Promise.all(together.map((part) => part.stop()));
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

function logOf({ log }: RunningPart): string {
  const tail = logTail(log);
  return tail ? ` The end of ${log}:\n${tail}` : ` It has written nothing to ${log}.`;
}
