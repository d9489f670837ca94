import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Guard } from '#dev/stack/supervisor/guard.ts';
import { type Part, startPart } from '#dev/stack/supervisor/part.ts';

const READY_MS = 120_000;
/** How long a process that ended by itself stays down: an orchestrator restarts it. */
const RESTART_MS = 300;

/** One process of the product, which is started again whenever it ends. */
export type Process = ReturnType<typeof runProcess>;

export function runProcess(part: Part, { logs, guard }: { logs: string; guard: Guard }) {
  let starts = 0;
  let downMs: number | undefined;
  let stopping = false;
  let running = start();
  const exits: string[] = [];

  function start() {
    starts += 1;
    const started = startPart(part, join(logs, `${part.name}-${starts}.log`), guard);
    const ended = new AbortController();
    const ready = part.ready(AbortSignal.any([ended.signal, AbortSignal.timeout(READY_MS)]));
    ready.catch(() => {});
    started.ended.then(async (how) => {
      ended.abort(new Error(`${part.title} ${how}: see ${started.log}`));
      if (stopping) return;
      if (downMs === undefined) exits.push(`${part.name}-${starts} ${how}`);
      await delay(downMs ?? RESTART_MS);
      downMs = undefined;
      if (!stopping) running = start();
    });
    return { ...started, ready };
  }

  return {
    name: part.name,
    /** How it ended without being killed. */
    exits,
    /** `kill -9`; it is down for so long. @returns false where it is down already */
    kill(ms: number): boolean {
      if (downMs !== undefined || running.pid === undefined) return false;
      downMs = ms;
      process.kill(running.pid, 'SIGKILL');
      return true;
    },
    /** Stops it for so long, as a machine without memory does; it knows nothing of it. @returns false where it is down */
    async pause(ms: number): Promise<boolean> {
      const { pid } = running;
      if (downMs !== undefined || pid === undefined) return false;
      process.kill(pid, 'SIGSTOP');
      await delay(ms);
      if (running.pid === pid && downMs === undefined) process.kill(pid, 'SIGCONT');
      return true;
    },
    /** Resolves once it runs and is ready. @throws Error where it does not get ready */
    async ready() {
      for (const deadline = Date.now() + READY_MS; ; await delay(50)) {
        const { ready } = running;
        const isReady = await ready.then(
          () => true,
          (error) => {
            if (Date.now() > deadline) throw error;
            return false;
          },
        );
        if (isReady && downMs === undefined && running.ready === ready) return;
      }
    },
    async stop() {
      stopping = true;
      await running.stop();
    },
  };
}
